import { gunzipSync } from 'node:zlib';

import type { ApolloServerPlugin } from '@apollo/server';
import { request } from 'undici';
import { afterAll, beforeAll, beforeEach, expect, it } from 'vitest';

import { createApollo } from '../../../gateway/apollo.ts';
import { createGateway } from '../../../gateway/execution/gateway.ts';
import { openRecord } from '../../../gateway/operating/record.ts';
import { keepWriter, takeBytes, takesBytes, textOrBytes } from '../../../gateway/operating/written-answer.ts';
import { compileWriter } from '../../../gateway/json/writer.ts';
import type { RequestContext } from '../../../gateway/request-context.ts';
import { composeSmall, sourcesOf, type Small } from '../../support/small-federation.ts';
import { openBareWay, type Way } from './protocol/two-ways.ts';

const odd = ['名', '"', '\\', '\n', '\u2028', '😀', 'a\u0000b', ''];
const subgraphs: readonly Small[] = [
  {
    name: 'shelf',
    sdl: `
      type Query { books(count: Int! = 8): [Book] item: Item must: Must many: [Item!] length: Int }
      interface Item { id: ID! }
      type Book implements Item @key(fields: "id") { id: ID! name: String pages: Int weight: Float isOld: Boolean length: [Int] next: Book }
      type Map implements Item { id: ID! scale: Int }
      type Must { name: String! }
    `,
    resolvers: {
      Query: {
        books: (_: unknown, { count }: { count: number }) => Array.from({ length: count }, (_one, at) => book(at)),
        item: () => ({ __typename: 'Map', id: 'm', scale: 5 }),
        many: () => [book(1), { __typename: 'Map', id: 'm' }],
        must: () => ({ name: null }),
        length: () => -0,
      },
    },
  },
];

function book(at: number): object {
  const own = { __typename: 'Book', id: at, name: odd[at % odd.length], pages: at % 3 ? at : null, weight: at / 3 };
  return { ...own, isOld: at % 2 === 0, length: [at, null], next: at % 4 ? null : { id: 'n', name: '下' } };
}

let way: Way;
beforeAll(async () => {
  way = await openBareWay(createGateway(composeSmall(subgraphs), sourcesOf(subgraphs)));
});
afterAll(() => way[Symbol.asyncDispose]());

/** How many answers were made a text. */
let texts = 0;
const own = JSON.stringify;
beforeEach(() => {
  texts = 0;
  JSON.stringify = ((value: unknown, ...rest: never[]) => {
    if (typeof value === 'object' && value !== null && 'data' in value && 'extensions' in value) texts += 1;
    return own(value, ...rest);
  }) as typeof JSON.stringify;
  return () => {
    JSON.stringify = own;
  };
});

async function ask(query: string, variables: object, headers: Record<string, string> = {}): Promise<Buffer> {
  const answer = await request(`${way.door.url}/graphql`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', ...headers },
    body: own({ query, variables }),
  });
  expect(answer.statusCode).toBe(200);
  return Buffer.from(await answer.body.arrayBuffer());
}

it.each<[string, string, object?]>([
  ['rows', '{ books { id name pages weight isOld length next { name } } }'],
  [
    'aliases',
    '{ b: books { name: id id: name __proto__: pages constructor: isOld toJSON: weight length: name } length }',
  ],
  ['fragments, and a field asked twice', '{ books { ...F id ...F } } fragment F on Book { id name ... { name } }'],
  ['abstract types', '{ item { __typename id ... on Map { scale } } many { __typename id ... on Book { name } } }'],
  [
    'what is left out',
    'query ($on: Boolean!) { books { id @include(if: $on) name @skip(if: $on) pages } }',
    { on: true },
  ],
  ['nulls that go up, and errors', '{ must { name } books(count: 2) { name } }'],
  ['the schema', '{ __typename __type(name: "Book") { name fields { name } } books(count: 1) { name } }'],
])('answers of %s are the same as bytes and as a text', async (_, query, variables = {}) => {
  const answers: string[] = [];
  for (let times = 0; times < 6; times += 1) answers.push((await ask(query, variables)).toString());
  expect(new Set(answers).size).toBe(1);
  expect(answers[0]).toBe(`${own(JSON.parse(answers[0]!))}\n`);
  // The first three of them.
  expect(texts).toBe(3);
});

it('an answer that is larger than the room for bytes goes out as a text, again and again', async () => {
  const query = 'query Large($count: Int!) { books(count: $count) { name pages } }';
  const sizes = [1, 1, 1, 1, 60_000, 60_000, 60_000, 60_000, 60_000, 1];
  for (const count of sizes) {
    const { data } = JSON.parse((await ask(query, { count })).toString()) as { data: { books: object[] } };
    expect(data.books).toHaveLength(count);
  }
  expect(texts).toBe(3 + 5);
});

it('bytes go out compressed where that is wanted', async () => {
  const query = '{ books(count: 100) { id name } }';
  const plain = await ask(query, {});
  for (let times = 0; times < 4; times += 1) {
    const zipped = await ask(query, {}, { 'accept-encoding': 'gzip' });
    expect(gunzipSync(zipped)).toEqual(plain);
  }
  expect(texts).toBe(3);
});

it('a request whose answer nobody takes as bytes has a text; one that is taken is nowhere any more', () => {
  const write = compileWriter({ kind: 'object', fields: [{ key: 'a', value: { kind: 'value' } }] });
  const [others, record] = [openRecord(), openRecord()];
  const data = { a: '法' };
  keepWriter(others, data, write);
  expect(textOrBytes({ data })).toBe('{"data":{"a":"法"}}\n');
  const taken = takeBytes(record);
  keepWriter(record, data, write);
  expect(textOrBytes({ data, extensions: { b: 1 } })).toBe('');
  expect(taken()?.toString()).toBe('{"data":{"a":"法"},"extensions":{"b":1}}\n');
  expect(taken()).toBeNull();
});

it('where plugins that are not the hub’s want to see values, requests are answered with texts', async () => {
  const seen: boolean[] = [];
  const plugin: ApolloServerPlugin<RequestContext> = {
    requestDidStart: ({ contextValue }) => Promise.resolve(void seen.push(takesBytes(contextValue.record))),
  };
  const takes: boolean[] = [];
  for (const plugins of [[], [plugin]]) {
    const apollo = createApollo(createGateway(composeSmall(subgraphs), sourcesOf(subgraphs)), plugins);
    await apollo.start();
    const contextValue = way.context();
    takeBytes(contextValue.record);
    await apollo.executeOperation({ query: '{ books { id } }' }, { contextValue });
    takes.push(takesBytes(contextValue.record));
    await apollo.stop();
  }
  expect(takes).toEqual([true, false]);
  expect(seen).toEqual([false]);
});
