import { readFileSync } from 'node:fs';

import { buildSchema, type GraphQLSchema } from 'graphql';

const file = new URL('../../schema/emitted/api.graphql', import.meta.url);

/** The public schema as this checkout knows it. A hub may know more: what is not in here is taken as it comes. */
export function readPublicSchema(): GraphQLSchema {
  return buildSchema(readFileSync(file, 'utf8'));
}
