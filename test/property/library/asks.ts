/** Programs that answer questions: each branch, the office, the bindery, and the oracle over all rows. */

import { buildSubgraphSchema } from '@apollo/subgraph';
import {
  execute,
  extendSchema,
  parse,
  validate,
  type DocumentNode,
  type GraphQLFieldResolver,
  type GraphQLSchema,
} from 'graphql';

import type { Answer, Ask } from '../../../common/wire.ts';
import { readContract } from '../../../schema/horizontal/contract.ts';
import { librarySdl } from './contract.ts';
import { binderySdl, officeSdl } from './neighbours.ts';
import { toProgram, type Program, type Reference } from './program.ts';
import { conditionOf, nicknameOf } from './rules.ts';
import type { Branch, Club, Library } from './rows.ts';
import { openSitting } from './sitting.ts';

export const libraryContract = readContract(librarySdl, 'library');

const served: GraphQLSchema = extendSchema(
  libraryContract.schema,
  parse(`
    scalar _Any
    union _Entity = Reader | Club | Loan | Note
    extend type Query { _entities(representations: [_Any!]!): [_Entity]! }
  `),
);

/** The cursor of a branch: its position, as it is. */
const ownCursors = {
  format: (position: Buffer) => position.toString('base64url'),
  parse: (cursor: string) => Buffer.from(cursor, 'base64url'),
};

/** The program of one branch; it refuses questions that are not valid, as any GraphQL server does. */
export function toBranchAsk(branch: Branch, fieldResolver?: GraphQLFieldResolver<unknown, unknown>): Ask {
  const program = toProgram({ branches: [branch], clubs: [], ...ownCursors });
  return (question) => answer(served, rootOf(program), question, fieldResolver);
}

function rootOf({ root, entityOf }: Program): object {
  return {
    ...root,
    _entities: ({ representations }: { representations: readonly Reference[] }) => representations.map(entityOf),
  };
}

const office = buildSubgraphSchema({
  typeDefs: parse(officeSdl),
  resolvers: {
    Club: { __resolveReference: ({ id }: Club, clubs: unknown) => clubOf(clubs, id) },
    Branch: { __resolveReference: ({ code }: Branch) => ({ code, name: `Branch ${code}` }) },
    Query: {
      club: (_: unknown, { id }: Club, clubs: unknown) => clubOf(clubs, id),
      clubs: (_: unknown, __: unknown, clubs: unknown) => (clubs as readonly Club[]).map(({ id }) => clubOf(clubs, id)),
    },
  },
});

function clubOf(clubs: unknown, id: string) {
  const club = (clubs as readonly Club[]).find((own) => own.id === id);
  return club ? { id, title: club.title, terms: { kind: club.kind, branches: club.branches } } : null;
}

/** The office keeps these clubs. */
export function toOfficeAsk({ clubs }: Library): Ask {
  return async ({ query, variables }) => {
    const document = understand(office, query);
    return toWire(await execute({ schema: office, document, contextValue: clubs, variableValues: variables ?? {} }));
  };
}

const bindery = buildSubgraphSchema({
  typeDefs: parse(binderySdl),
  resolvers: {
    Loan: {
      __resolveReference: (own: object) => own,
      condition: (own: Parameters<typeof conditionOf>[0]) => conditionOf(own),
    },
    Reader: { __resolveReference: ({ id }: { id: string }) => ({ id, nickname: nicknameOf(id) }) },
  },
});

/** The bindery knows what it is told. */
export const askBindery: Ask = async ({ query, variables }) => {
  const document = understand(bindery, query);
  return toWire(await execute({ schema: bindery, document, variableValues: variables ?? {} }));
};

async function answer(
  schema: GraphQLSchema,
  rootValue: object,
  { query, variables }: Parameters<Ask>[0],
  fieldResolver?: GraphQLFieldResolver<unknown, unknown>,
): Promise<Answer> {
  const sitting = openSitting();
  const result = toWire(
    await execute({
      schema,
      document: understand(schema, query),
      rootValue,
      contextValue: sitting,
      variableValues: variables ?? {},
      ...(fieldResolver && { fieldResolver }),
    }),
  );
  const truncated = sitting.truncated.map((path) => ({
    message: 'There are more.',
    path,
    extensions: { code: 'LIST_TRUNCATED' },
  }));
  return truncated.length === 0 ? result : { ...result, errors: [...(result.errors ?? []), ...truncated] };
}

function toWire(result: object): Answer {
  return JSON.parse(JSON.stringify(result)) as Answer;
}

const understood = new Map<GraphQLSchema, Map<string, DocumentNode>>();

/** Parses and validates once; what is not valid is a fault of whoever asks. */
function understand(schema: GraphQLSchema, query: string): DocumentNode {
  const own = understood.get(schema) ?? new Map<string, DocumentNode>();
  understood.set(schema, own);
  const known = own.get(query);
  if (known) return known;
  const document = parse(query, { noLocation: true });
  const faults = validate(schema, document);
  if (faults.length > 0) throw new Error(`A branch was asked wrongly: ${faults.join(' ')}\n${query}`);
  if (own.size > 500) own.clear();
  own.set(query, document);
  return document;
}
