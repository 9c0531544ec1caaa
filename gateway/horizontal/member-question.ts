/** What one member is asked of a prepared question: some of its root fields, as far as its program has them. */

import { getOperationAST, type DocumentNode, type GraphQLSchema } from 'graphql';

import { wholeCapability, type Capability } from '../../schema/horizontal/drift/capability.ts';
import { keysOf, type AskedKeys } from './asked-keys.ts';
import { compileCapable } from './capable.ts';
import { narrow, type NarrowedQuestion } from './narrow.ts';
import type { Variables } from './selection.ts';
import type { Unasked } from './unasked.ts';

/** Whom a question is for: what its program has, and whom it speaks for when it is a hub. */
export interface AskedMember {
  readonly capability: Capability;
  readonly behind: readonly string[] | null;
}

/** A member whose program has everything, and that speaks for itself. */
export const wholeMember: AskedMember = { capability: wholeCapability, behind: null };

/** What one member is asked. */
export interface MemberQuestion {
  readonly query: string;
  readonly variables: Record<string, unknown>;
  /** Empty when it is asked nothing. */
  readonly rootKeys: readonly string[];
  /** Response keys that entities were not asked for. */
  readonly without: readonly string[];
  /** What its program does not have. */
  readonly unasked: readonly Unasked[];
  /** The response keys of the whole question. */
  readonly asked: AskedKeys;
}

/** Writes questions to members. `hidden` gives the hub's own variables, of those that are used. */
export type WriteQuestion = (
  keys: readonly string[],
  variables: Variables,
  without: readonly string[],
  capability: Capability,
  hidden: (isUsed: (variable: string) => boolean) => Readonly<Record<string, unknown>>,
) => MemberQuestion;

/** Compiles the questions of a document; what is narrowed once is kept. */
export function compileQuestions(schema: GraphQLSchema, document: DocumentNode): WriteQuestion {
  const operation = getOperationAST(document)!;
  const fit = compileCapable(schema, document);
  const asked = keysOf(document);
  const questions = new Map<string, NarrowedQuestion>();
  const questionOf = (keys: readonly string[], without: readonly string[]): NarrowedQuestion => {
    const name = `${keys.join(' ')}-${without.join(' ')}`;
    const known =
      questions.get(name) ?? narrow(operation, document, { roots: new Set(keys), without: new Set(without) });
    questions.set(name, known);
    return known;
  };
  return (keys, variables, without, capability, hidden) => {
    if (capability.isWhole) {
      const { text, used } = questionOf(keys, without);
      const told = { ...variables, ...hidden((variable) => used.has(variable)) };
      return { query: text, variables: usedOf(told, used), rootKeys: keys, without, unasked: [], asked };
    }
    const told = { ...variables, ...hidden(() => true) };
    const fitted = fit(capability, { roots: new Set(keys), without: new Set(without) }, told);
    const { text, used, roots, unasked } = fitted;
    return { query: text, variables: usedOf(fitted.variables, used), rootKeys: roots, without, unasked, asked };
  };
}

function usedOf(variables: Variables, used: ReadonlySet<string>): Record<string, unknown> {
  return Object.fromEntries(Object.entries(variables).filter(([name]) => used.has(name)));
}
