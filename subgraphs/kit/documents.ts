import { type DocumentNode, GraphQLError, type GraphQLSchema, parse, validate } from 'graphql';

/** A question's text, parsed and valid; or why it is not, with the code that says which of the two. */
export type Document =
  | { readonly parsed: DocumentNode }
  | { readonly errors: readonly GraphQLError[]; readonly code: 'GRAPHQL_PARSE_FAILED' | 'GRAPHQL_VALIDATION_FAILED' };

/** Parses and validates each text once, and remembers the valid ones asked last. */
export function createDocuments(schema: GraphQLSchema): { of(text: string): Document } {
  const known = new Map<string, Document>();
  return {
    of(text) {
      const document = known.get(text) ?? toDocument(schema, text);
      if ('errors' in document || text.length > maxKept) return document;
      // Taken out and put back, a text becomes the youngest of the map.
      known.delete(text);
      known.set(text, document);
      if (known.size > capacity) known.delete(known.keys().next().value!);
      return document;
    },
  };
}

const capacity = 500;
/** Characters. A longer text is parsed each time, so that the memory of texts stays below some tens of megabytes. */
const maxKept = 50_000;
/** A question of a hub over everything in a contract has some hundreds. */
const maxTokens = 20_000;

function toDocument(schema: GraphQLSchema, text: string): Document {
  try {
    const parsed = parse(text, { maxTokens });
    const errors = validate(schema, parsed);
    return errors.length === 0 ? { parsed } : { errors, code: 'GRAPHQL_VALIDATION_FAILED' };
  } catch (error) {
    if (error instanceof GraphQLError) return { errors: [error], code: 'GRAPHQL_PARSE_FAILED' };
    throw error;
  }
}
