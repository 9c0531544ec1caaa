import { buildSubgraphSchema } from '@apollo/subgraph';
import { parse } from 'graphql';
import { afterAll, beforeAll, expect, test } from 'vitest';

import { withAddresses } from '../../../schema/addresses.ts';
import { emitted } from '../../support/emitted.ts';
import { startServedCity, type ServedTestCity } from './served-city.ts';

let served: ServedTestCity;
let hanging: string | null = null;
/** The headers of each question to a court. */
let headers: Record<string, string>[] = [];

beforeAll(async () => {
  served = await startServedCity((code, ask) => (question, signal, sent = {}) => {
    headers.push(sent);
    return code === hanging ? new Promise(() => undefined) : ask(question, signal, sent);
  });
}, 180_000);
afterAll(() => served[Symbol.asyncDispose]());

test.each(['court', 'city', 'reach', 'registry'])(
  '%s says by _service what it is, without federation’s own definitions',
  async (name) => {
    const { answer } = await served.ask(name, '{ _service { sdl } }');
    const { sdl } = answer.data!['_service'] as { sdl: string };
    expect(() => buildSubgraphSchema({ typeDefs: parse(sdl) })).not.toThrow();
    expect(sdl).not.toMatch(/_entities|scalar link__|directive @key/);
    expect((await served.ask(name, '{ __schema { queryType { name } } }')).answer.data).toEqual({
      __schema: { queryType: { name: 'Query' } },
    });
  },
);

test('the supergraph names the address of every subgraph, and differs from the emitted one in nothing else', async () => {
  const text = await (await fetch(`${served.url}/supergraph.graphql`)).text();
  expect(text).toBe(served.supergraphSdl);
  const urls = [...text.matchAll(/@join__graph\(name: "(\w+)", url: "([^"]*)"\)/g)].map(([, name, url]) => [name, url]);
  expect(Object.fromEntries(urls) as unknown).toEqual({
    ...Object.fromEntries(['court', 'city', 'reach', 'registry'].map((name) => [name, `${served.url}/${name}`])),
    ...Object.fromEntries(
      ['bank', 'vehicle', 'property', 'command'].map((name) => [name, `http://127.0.0.1:9/${name}`]),
    ),
  });
  const none = new Map(urls.map(([name]) => [name!, '']));
  expect(withAddresses(text, none)).toBe(withAddresses(emitted('supergraph'), none));
  expect(() => withAddresses(text, new Map())).toThrow(/subgraph "bank" without an address/);
});

test('registry knows the court of a number without asking anybody', async () => {
  headers = [];
  const { answer } = await served.ask(
    'registry',
    'query ($r: [_Any!]!) { _entities(representations: $r) { ... on Case { court { code } } } agencies { code } }',
    { r: [{ __typename: 'Case', number: '（2018）苏0312执1号' }] },
  );
  expect(answer.data).toEqual({
    _entities: [{ court: { code: '苏0312' } }],
    agencies: ['bank', 'vehicle', 'property'].map((code) => ({ code })),
  });
  expect(headers).toEqual([]);
});

test('an engine that names a deadline is answered by then, with what there is', async () => {
  hanging = '苏0311';
  const { answer } = await served.ask(
    'city',
    '{ cases(first: 1) { totalCount coverage { courts(only: GAPS) { court { code } status } } } }',
    {},
    { 'nonet-deadline-ms': '700' },
  );
  hanging = null;
  expect(answer.data).toMatchObject({
    cases: { coverage: { courts: [{ court: { code: '苏0311' }, status: 'TIMEOUT' }] } },
  });
});

test('the name of a request goes on to the courts and back to the engine', async () => {
  headers = [];
  const response = await served.ask(
    'city',
    '{ cases(first: 1) { totalCount } }',
    {},
    { 'x-request-id': 'engine-request' },
  );
  expect(response.headers.get('x-request-id')).toBe('engine-request');
  expect(headers).toHaveLength(9);
  for (const sent of headers) expect(sent).toMatchObject({ 'x-request-id': 'engine-request' });
});

test.each([
  ['{ cases(first: 1) {', 'GRAPHQL_PARSE_FAILED'],
  ['{ nothing }', 'GRAPHQL_VALIDATION_FAILED'],
  ['{ _nonet_a: cases { totalCount } }', 'GRAPHQL_VALIDATION_FAILED'],
  ['query A { __typename } query B { __typename }', 'OPERATION_RESOLUTION_FAILURE'],
  ['query ($first: Int!) { cases(first: $first) { totalCount } }', 'BAD_USER_INPUT'],
])('a wrong question (%s) is refused with %s', async (query, code) => {
  const { answer } = await served.ask('city', query, { first: 'many' });
  expect(answer.data).toBeUndefined();
  expect(answer.errors).toMatchObject([{ extensions: { code } }]);
});

test('numbers that a question holds by mistake are not repeated', async () => {
  const number = '320312198001011232';
  for (const query of [`{ cases(first: "${number}") { totalCount } }`, `{ cases(filter: ${number}) { totalCount } }`]) {
    const { answer } = await served.ask('city', query);
    expect(answer.errors).not.toBeUndefined();
    expect(JSON.stringify(answer)).not.toContain(number);
  }
});

test.each([
  ['/court', { method: 'GET' }, 405],
  ['/bank', { method: 'POST' }, 404],
  ['/court', { method: 'POST', body: '{"query": 1}' }, 400],
  ['/court', { method: 'POST', body: '{"query": "{ __typename }", "variables": []}' }, 400],
  ['/court', { method: 'POST', body: '[]' }, 400],
  ['/court', { method: 'POST', body: '{"query": "{ __typename }"}', headers: { 'nonet-deadline-ms': 'soon' } }, 400],
  ['/court', { method: 'POST', body: ' '.repeat(8 * 1024 * 1024 + 1) }, 413],
  ['/health', { method: 'GET' }, 200],
  ['/metrics', { method: 'GET' }, 200],
])('%s with %o is answered with status %i', async (path, init, status) => {
  const response = await fetch(`${served.url}${path}`, {
    ...init,
    headers: { 'content-type': 'application/json', ...('headers' in init ? init.headers : {}) },
  });
  await response.arrayBuffer();
  expect(response.status).toBe(status);
});
