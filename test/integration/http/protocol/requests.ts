/** Requests good and bad, as bytes on the wire: every document with every kind of frame, and what is no request at all. */

export interface WireRequest {
  readonly title: string;
  readonly method: string;
  readonly path: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string | null;
}

const documents: Readonly<Record<string, object>> = {
  plain: { query: '{ greeting }' },
  'with variables': {
    query: 'query Echo($text: String!, $times: Int) { echo(text: $text, times: $times) }',
    variables: { text: '长', times: 3 },
    operationName: 'Echo',
  },
  'with an extension': { query: '{ greeting }', extensions: { other: true } },
  'of many rows': { query: '{ rows(count: 3000) { id name } }' },
  introspection: { query: '{ __schema { queryType { name } types { name fields { name } } } __typename }' },
  'one of several': { query: 'query One { greeting } query Two { echo(text: "2") }', operationName: 'Two' },
  'several without a name': { query: 'query One { greeting } query Two { greeting }' },
  'an unknown name': { query: 'query One { greeting }', operationName: 'Three' },
  'a mutation': { query: 'mutation M { change(to: { name: "x" }) }' },
  'a subscription': { query: 'subscription { greeting }' },
  'no syntax': { query: '{ greeting' },
  'no query': { variables: {} },
  'an empty query': { query: '' },
  'an unknown field': { query: '{ greting wrong(a: 1) }' },
  'a reserved name': { query: '{ _nonet_x: greeting }' },
  'a missing variable': { query: 'query($text: String!) { echo(text: $text) }' },
  'a wrong variable': { query: 'mutation($to: Change!) { change(to: $to) }', variables: { to: { name: 1, more: 2 } } },
  'variables in text': { query: '{ greeting }', variables: '{}' },
  'variables in a list': { query: '{ greeting }', variables: [] },
  'variables of null': { query: '{ greeting }', variables: null },
  'extensions in text': { query: '{ greeting }', extensions: '{}' },
  'a name that is a number': { query: '{ greeting }', operationName: 7 },
  'a query that is an object': { query: { kind: 'Document' } },
  'null where none may be': { query: '{ greeting missing }' },
  'an error of a known code': { query: '{ coded(code: "UPSTREAM_TIMEOUT") greeting }' },
  'an error of no known code': { query: '{ coded(code: "SECRET") greeting }' },
  'an error with a status': { query: '{ coded(code: "BAD_REQUEST", status: 409) }' },
  'an executor that throws': { query: 'query Crash { greeting }', operationName: 'Crash' },
  'an executor that sets a status': { query: 'query Status { greeting }', operationName: 'Status' },
  'a plugin that marks': { query: 'query Marked { greeting }', operationName: 'Marked' },
  'a plugin that replaces': { query: 'query Replaced { greeting }', operationName: 'Replaced' },
  'a plugin that refuses': { query: 'query Refused { greeting }', operationName: 'Refused' },
  'a plugin that breaks': { query: 'query Broken { greeting }', operationName: 'Broken' },
  'a persisted query by its hash': { extensions: { persistedQuery: { version: 1, sha256Hash: 'ab'.repeat(32) } } },
  'a persisted query of another version': {
    extensions: { persistedQuery: { version: 2, sha256Hash: 'ab'.repeat(32) } },
  },
  'a persisted query with a wrong hash': {
    query: '{ greeting }',
    extensions: { persistedQuery: { version: 1, sha256Hash: 'cd'.repeat(32) } },
  },
  'a huge literal': { query: `{ echo(text: "${'x'.repeat(200_000)}") }` },
};

const json = { 'content-type': 'application/json' };

const frames: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  'any answer': json,
  'the newer media type': { ...json, accept: 'application/graphql-response+json' },
  'an image only': { ...json, accept: 'image/png' },
};

const greeting = JSON.stringify(documents['plain']);

const strange: readonly Omit<WireRequest, 'path'>[] = [
  { title: 'a GET', method: 'GET', headers: {}, body: null },
  { title: 'a PUT', method: 'PUT', headers: json, body: greeting },
  {
    title: 'a form',
    method: 'POST',
    headers: { 'content-type': 'application/x-www-form-urlencoded' },
    body: 'query=x',
  },
  { title: 'text', method: 'POST', headers: { 'content-type': 'text/plain' }, body: greeting },
  { title: 'no media type', method: 'POST', headers: {}, body: greeting },
  {
    title: 'another charset',
    method: 'POST',
    headers: { 'content-type': 'application/json; charset=gbk' },
    body: greeting,
  },
  { title: 'a batch', method: 'POST', headers: json, body: `[${greeting},${greeting}]` },
  { title: 'an empty batch', method: 'POST', headers: json, body: '[]' },
  { title: 'an empty object', method: 'POST', headers: json, body: '{}' },
  { title: 'half an object', method: 'POST', headers: json, body: '{"query":' },
  { title: 'nothing', method: 'POST', headers: json, body: '' },
  { title: 'too much', method: 'POST', headers: json, body: JSON.stringify({ query: 'x'.repeat(1_100_000) }) },
  { title: 'wildcards', method: 'POST', headers: { ...json, accept: '*/*;q=0.1, text/html' }, body: greeting },
  { title: 'deferred parts', method: 'POST', headers: { ...json, accept: 'multipart/mixed' }, body: greeting },
];

/** Over a hundred. */
export const wireRequests: readonly WireRequest[] = [
  ...Object.entries(frames).flatMap(([frame, headers]) =>
    Object.entries(documents).map(([name, document]) => {
      const body = JSON.stringify(document);
      return { title: `${name}, for ${frame}`, method: 'POST', path: '/graphql', headers, body };
    }),
  ),
  ...strange.map((one) => ({ ...one, path: '/graphql' })),
  { title: 'another path', method: 'POST', path: '/other', headers: json, body: greeting },
];
