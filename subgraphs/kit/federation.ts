import { buildSubgraphSchema } from '@apollo/subgraph';
import { printSchemaWithDirectives } from '@graphql-tools/utils';
import { type DocumentNode, type GraphQLSchema, parse } from 'graphql';
import { createResolversMap } from 'type-graphql';

/** One `@link` of a subgraph's SDL: a specification and the names taken from it. */
export interface Link {
  readonly url: string;
  readonly import: readonly string[];
}

/** `Type.__resolveReference` of each entity: async, so that a bad key fails that entity alone. */
export type References<Context> = Readonly<
  Record<string, (reference: Readonly<Record<string, unknown>>, context: Context) => Promise<object | null>>
>;

export const federationUrl = 'https://specs.apollo.dev/federation/v2.9';

/** The federation SDL of a type-graphql schema: its links first, then types with descriptions and directives. */
export function printFederationSdl(schema: GraphQLSchema, links: readonly Link[]): string {
  const written = links.map(({ url, import: names }) => `  @link(url: "${url}", import: ${JSON.stringify(names)})`);
  return `extend schema\n${written.join('\n')}\n\n${printSchemaWithDirectives(schema)}\n`;
}

/** What a program serves beside its SDL: an extension of `Query`, and how its fields are answered. */
export interface Machinery<Context> {
  readonly sdl: string;
  readonly query: Readonly<Record<string, (root: unknown, args: unknown, context: Context) => unknown>>;
}

/** The executable subgraph of a type-graphql schema. `_service { sdl }` is `sdl` itself, without the machinery. */
export function createSubgraphSchema<Context>(
  schema: GraphQLSchema,
  sdl: string,
  references: References<Context>,
  machinery: Machinery<Context> = { sdl: '', query: {} },
): GraphQLSchema {
  const resolvers: Record<string, unknown> = createResolversMap(schema);
  resolvers['Query'] = { ...(resolvers['Query'] as object | undefined), ...machinery.query };
  for (const [type, resolveReference] of Object.entries(references)) {
    resolvers[type] = { ...(resolvers[type] as object | undefined), __resolveReference: resolveReference };
  }
  const subgraph = buildSubgraphSchema({
    typeDefs: parse(`${sdl}\n${machinery.sdl}`),
    resolvers: resolvers as ResolverMap,
  });
  const service = subgraph.getQueryType()?.getFields()._service;
  if (service === undefined) throw new Error('Query._service is missing from the subgraph that was just built');
  service.resolve = () => ({ sdl });
  return subgraph;
}

type ResolverMap = NonNullable<
  Extract<Parameters<typeof buildSubgraphSchema>[0], { typeDefs: DocumentNode | DocumentNode[] }>['resolvers']
>;
