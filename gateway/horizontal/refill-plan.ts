/** The question by which members are asked for more rows of a page: its edges alone, from the hub's own place on. */

import { isObjectType, TypeInfo, visit, visitWithTypeInfo, type DocumentNode } from 'graphql';

import type { Contract } from '../../schema/horizontal/contract.ts';
import { compileAnswerCheck, type CheckAnswer } from './answer-check.ts';
import { hiddenKey, hiddenPrefix } from './hidden.ts';
import { compileQuestions, type AskedMember, type MemberQuestion } from './member-question.ts';
import { definitionOf, isRootPage, withArguments, withVariables } from './question.ts';
import type { Refill } from './refill.ts';
import { keyOf, type Variables } from './selection.ts';
import { wholeKey } from './whole-rows.ts';

export interface RefillPlan {
  /** The question for more rows of these root fields. */
  questionFor(refills: ReadonlyMap<string, Refill>, variables: Variables, asked: AskedMember): MemberQuestion;
  /** Takes out of an answer what does not conform. */
  readonly check: CheckAnswer;
}

/**
 * Compiles it from a prepared question. Totals and all other fields beside the rows are asked once only. `asked` is the
 * question as members get it, where that has whole rows beside those of the page.
 */
export function compileRefill(contract: Contract, question: DocumentNode, asked = question): RefillPlan {
  const { document, keys } = rowsOnly(contract, asked);
  const write = compileQuestions(contract.schema, document);
  return {
    questionFor(refills, variables, { capability }) {
      const hidden: Record<string, unknown> = {};
      for (const [key, { first, after }] of refills) {
        hidden[firstOf(keys.indexOf(key))] = first;
        hidden[afterOf(keys.indexOf(key))] = after;
      }
      return write([...refills.keys()], variables, [], capability, () => hidden);
    },
    check: compileAnswerCheck(
      contract.schema,
      asked === question ? document : rowsOnly(contract, question).document,
      [],
    ),
  };
}

function rowsOnly(contract: Contract, question: DocumentNode): { document: DocumentNode; keys: readonly string[] } {
  const keys: string[] = [];
  const types = new TypeInfo(contract.schema);
  const kept = new Set(['pageInfo', 'coverage'].map(hiddenKey));
  const rows: DocumentNode = visit(
    question,
    visitWithTypeInfo(types, {
      Field(node) {
        if (keyOf(node) === wholeKey) return false;
        const parent = types.getParentType();
        if (!isObjectType(parent)) return undefined;
        if (isRootPage(contract, parent, node)) {
          const key = keyOf(node);
          if (!keys.includes(key)) keys.push(key);
          return withArguments(node, { first: firstOf(keys.indexOf(key)), after: afterOf(keys.indexOf(key)) });
        }
        const fields = parent.getFields();
        const isPage = 'pageInfo' in fields && 'edges' in fields;
        return isPage && node.name.value !== 'edges' && !kept.has(keyOf(node)) ? null : undefined;
      },
    }),
  );
  const document = withVariables(
    rows,
    keys.flatMap((_, index) => [definitionOf(firstOf(index), 'Int'), definitionOf(afterOf(index), 'String')]),
  );
  return { document, keys };
}

function firstOf(index: number): string {
  return `${hiddenPrefix}more${index}`;
}

function afterOf(index: number): string {
  return `${hiddenPrefix}last${index}`;
}
