import { parse } from 'graphql';
import { afterAll, beforeAll, expect, it } from 'vitest';

import { createGateway } from '../../../../gateway/execution/gateway.ts';
import type { Source } from '../../../../gateway/explain/foresight.ts';
import { takeBytes, textOrBytes } from '../../../../gateway/operating/written-answer.ts';
import { fetchOf } from '../../../../gateway/sources/fetch.ts';
import { toExecutorRequest } from '../../../support/executor-request.ts';
import {
  composeSmall,
  sourcesOf,
  startSmall,
  toContext,
  type Small,
  type SmallFederation,
} from '../../../support/small-federation.ts';
import { openWire } from '../../../support/verbatim-wire.ts';

const types = `
  type Print @shareable { year: Int! copies: Int }
  type Box @shareable { prints: [Print!] }
`;
const subgraphs: readonly Small[] = [
  {
    name: 'shelf',
    sdl: 'type Query { books: [Book!] } type Book @key(fields: "code") { code: ID! }',
    resolvers: { Query: { books: () => [{ code: '1' }, { code: '2' }] } },
  },
  {
    name: 'press',
    sdl: `type Book @key(fields: "code") { code: ID! prints: [Print!] grid: [[Print!]!] box: Box } ${types}`,
    resolvers: {
      Book: {
        __resolveReference: ({ code }: { code: string }) => {
          const prints = [
            { year: 1990 + Number(code), copies: 5 },
            { year: 2000, copies: null },
          ];
          return { code, prints, grid: [prints, []], box: { prints } };
        },
      },
    },
  },
  {
    name: 'market',
    sdl: `
      type Book @key(fields: "code") {
        code: ID!
        prints: [Print!] @external
        grid: [[Print!]!] @external
        box: Box @external
        worth: Int @requires(fields: "prints { year copies }")
        size: Int @requires(fields: "grid { year }")
        depth: Int @requires(fields: "box { prints { copies } }")
      }
      type Print @shareable { year: Int! @external copies: Int @external }
      type Box @shareable { prints: [Print!] @external }`,
    resolvers: {
      Book: {
        __resolveReference: (own: object) => own,
        worth: ({ prints }: { prints: unknown }) => sum(prints),
        size: ({ grid }: { grid: unknown }) => sum(grid),
        depth: ({ box }: { box: unknown }) => sum(box),
      },
    },
  },
];

function sum(value: unknown): number {
  if (typeof value === 'object' && value !== null)
    return Object.values(value).reduce((all: number, one) => all + sum(one), 0);
  return Number(value ?? 0);
}

const wire = openWire();
const sources = new Map(
  [...sourcesOf(subgraphs)].map(([name, source]): [string, Source] => [
    name,
    {
      ...source,
      async process(options) {
        const told = await source.process(options);
        const { verbatim } = fetchOf(options);
        return wire.read(told, options.request.query!, verbatim) as typeof told;
      },
    },
  ]),
);
let small: SmallFederation;
let execute: NonNullable<Awaited<ReturnType<ReturnType<typeof createGateway>['load']>>['executor']>;
beforeAll(async () => {
  const supergraphSdl = composeSmall(subgraphs);
  small = await startSmall(subgraphs, supergraphSdl);
  execute = (await createGateway(supergraphSdl, sources).load({ apollo: {} })).executor!;
});
afterAll(() => small.stop());

it.each([
  ['{ books { prints { year copies } } }', 2],
  ['{ books { prints { year copies } worth } }', 0],
  ['{ books { grid { year } } }', 2],
  ['{ books { grid { year } size } }', 0],
  ['{ books { grid { year } prints { copies } size } }', 2],
  ['{ books { box { prints { copies } } } }', 2],
  ['{ books { box { prints { copies } } depth } }', 0],
  ['{ books { box { prints { copies } } worth } }', 2],
  ['{ books { box { prints { copies year } } depth prints { year } } }', 2],
])('of %s so many lists may stay as they come: %i', async (query, stayed) => {
  const document = parse(query);
  const truth = JSON.stringify((await small.hub(query)).data);
  const stock = (await small.stock(query)).data as { books: { size?: number }[] };
  // It tells nothing of what is in lists of lists.
  for (const [at, book] of stock.books.entries()) if (query.includes('size')) book.size = 1991 + at + 2000;
  expect(JSON.parse(truth)).toEqual(stock);
  for (let times = 1; times <= 5; times += 1) {
    wire.stayed();
    const context = toContext();
    const taken = takeBytes(context.record);
    const { data, errors } = await execute(toExecutorRequest({ document, schema: small.schema, query, context }));
    expect(errors).toBeUndefined();
    expect(JSON.stringify(data)).toBe(truth);
    textOrBytes({ data: data as Record<string, unknown> });
    // From the fourth time there is a writer of the answer.
    expect(taken()?.toString() ?? null).toBe(times < 4 ? null : `{"data":${truth}}\n`);
    expect(wire.stayed()).toBe(times < 4 ? 0 : stayed);
  }
});
