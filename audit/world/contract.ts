/** An older or another contract, spoken in front of a program that knows the whole one. */

import { buildSubgraphSchema } from '@apollo/subgraph';
import {
  getOperationAST,
  getVariableValues,
  parse,
  parseType,
  print,
  validate,
  visit,
  type FieldDefinitionNode,
  type InputValueDefinitionNode,
  type NameNode,
} from 'graphql';

import type { Answer, Question } from '../../common/wire.ts';

/** What a program with another SDL would say by itself. */
export interface Contract {
  readonly sdl: string;
  /** Its own answer where it differs from the whole program's: its SDL, or that it knows no such field. Null otherwise. */
  answer(question: Question): Answer | null;
}

/** One definition of a type: what is inside it is dropped (null) or has another type. */
export interface Change {
  /** `Case.team`, or `CaseFilter.closingModes`. */
  readonly coordinate: string;
  /** Null when the contract has no such field. */
  readonly type: string | null;
}

/** The contract that `sdl` becomes by these changes; throws RangeError for a coordinate that is not there. */
export function changedContract(sdl: string, changes: readonly Change[]): Contract {
  const left = new Map(changes.map(({ coordinate, type }) => [coordinate, type]));
  const changed = visit(parse(sdl), {
    ObjectTypeDefinition: (node) => withFields(node),
    InputObjectTypeDefinition: (node) => withFields(node),
  });
  if (left.size > 0) throw new RangeError(`The contract has no ${[...left.keys()].join(', ')}.`);
  const schema = buildSubgraphSchema({ typeDefs: changed });
  const own = print(changed);
  return {
    sdl: own,
    answer({ query, variables = {}, operationName }) {
      const document = parse(query);
      const faults = validate(schema, document);
      if (faults.length > 0) return refusal('GRAPHQL_VALIDATION_FAILED', faults);
      const operation = getOperationAST(document, operationName);
      const { errors = [] } = getVariableValues(schema, operation?.variableDefinitions ?? [], variables);
      if (errors.length > 0) return refusal('BAD_USER_INPUT', errors);
      // A program that asks for nothing but its SDL gets it as it stands.
      return /\b_service\b/.test(query) ? { data: { _service: { sdl: own } } } : null;
    },
  };

  function withFields<
    Node extends {
      readonly name: NameNode;
      readonly fields?: readonly (FieldDefinitionNode | InputValueDefinitionNode)[];
    },
  >(node: Node): Node {
    const fields = (node.fields ?? []).flatMap((field) => {
      const coordinate = `${node.name.value}.${field.name.value}`;
      if (!left.has(coordinate)) return [field];
      const type = left.get(coordinate) ?? null;
      left.delete(coordinate);
      return type === null ? [] : [{ ...field, type: parseType(type) }];
    });
    return { ...node, fields };
  }
}

function refusal(code: string, faults: readonly { readonly message: string }[]): Answer {
  return { errors: faults.map(({ message }) => ({ message, extensions: { code } })) };
}
