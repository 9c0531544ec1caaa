/** Questions by their text: parsed, validated and taken apart once, the ones asked last remembered. */

import {
  getOperationAST,
  GraphQLError,
  parse,
  specifiedRules,
  validate,
  type DocumentNode,
  type GraphQLSchema,
  type OperationDefinitionNode,
  type ValidationRule,
} from 'graphql';

import { operationFault } from '../execution/operation.ts';
import { reservedNames } from '../execution/reserved-names.ts';

/** What is made of a text, or why nothing can be. */
export type Known<Made> = { readonly made: Made } | { readonly errors: readonly GraphQLError[] };

/** A memory of what `make` makes of valid documents. The same text gives the same object while it is remembered. */
export function createDocuments<Made>(
  schema: GraphQLSchema,
  make: (document: DocumentNode, operation: OperationDefinitionNode) => Made,
  rules: readonly ValidationRule[] = [...specifiedRules, reservedNames],
): { of(text: string, operationName: string | undefined): Known<Made> } {
  const known = new Map<string, Known<Made>>();
  const read = (text: string, operationName: string | undefined): Known<Made> => {
    let code = 'GRAPHQL_PARSE_FAILED';
    try {
      const document = parse(text, { maxTokens });
      code = 'GRAPHQL_VALIDATION_FAILED';
      const errors = validate(schema, document, rules);
      if (errors.length > 0) return { errors: errors.map((error) => coded(error, code)) };
      const operation = getOperationAST(document, operationName);
      const fault = operationFault(schema, operation ?? undefined);
      return fault ? { errors: [fault] } : { made: make(document, operation!) };
    } catch (error) {
      if (error instanceof GraphQLError) return { errors: [coded(error, code)] };
      throw error;
    }
  };
  return {
    of(text, operationName) {
      const name = `${operationName ?? ''} ${text}`;
      const found = known.get(name) ?? read(text, operationName);
      if ('errors' in found || name.length > maxKept) return found;
      // Taken out and put back, a text becomes the youngest of the map.
      known.delete(name);
      known.set(name, found);
      if (known.size > capacity) known.delete(known.keys().next().value!);
      return found;
    },
  };
}

const capacity = 500;
/** Characters. A longer text is read each time, so that the memory of texts stays below some tens of megabytes. */
const maxKept = 50_000;
/** An engine that joins the questions of a large operation into one has some thousands. */
const maxTokens = 50_000;

function coded(error: GraphQLError, code: string): GraphQLError {
  return new GraphQLError(error.message, { ...(error.nodes && { nodes: error.nodes }), extensions: { code } });
}
