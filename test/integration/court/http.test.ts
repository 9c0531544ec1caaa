import { once } from 'node:events';
import { request } from 'node:http';
import { connect } from 'node:net';
import { buildSchema } from 'graphql';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import type { Answer } from '../../../common/wire.ts';
import { createProgram, type Program } from '../../../subgraphs/kit/program.ts';
import { type ServedProgram, serveProgram } from '../../../subgraphs/kit/http.ts';
import type { Answered } from '../../../subgraphs/kit/http-answered.ts';

let program: Program;
let served: ServedProgram;
let faults: Error[];
let answered: Answered[];
let release: () => void;

beforeEach(async () => {
  faults = [];
  answered = [];
  const gate = new Promise<void>((resolve) => (release = resolve));
  const sdl =
    'type Query { hello(name: String, times: Int! = 1): String slow: String broken: String truncated: [Int] }';
  const schema = buildSchema(sdl);
  const fields = schema.getQueryType()!.getFields();
  fields.hello!.resolve = (_, { name }: { name?: string }) => `hello ${name ?? 'nobody'}`;
  fields.slow!.resolve = async () => {
    await gate;
    return 'done';
  };
  fields.broken!.resolve = () => {
    throw new Error('secret of the house, at /srv/nonet');
  };
  fields.truncated!.resolve = (_, __, { notices }: { notices: object[] }) => {
    notices.push({
      message: 'only the first 1',
      path: ['truncated'],
      extensions: { code: 'LIST_TRUNCATED', limit: 1 },
    });
    return [1];
  };
  program = createProgram({ schema, sdl, context: () => ({ notices: [] }), onFault: (error) => faults.push(error) });
  served = await serveProgram(program, {
    port: 0,
    host: '127.0.0.1',
    routes: new Map([['/health', () => ({ status: 200, type: 'application/json', body: '{"status":"ok"}' })]]),
    onAnswered: (one) => answered.push(one),
  });
});

afterEach(async () => {
  release();
  await served.stop();
  await program.stop();
});

async function post(body: string, headers: Record<string, string> = {}): Promise<{ status: number; answer: Answer }> {
  const response = await fetch(served.url, {
    method: 'POST',
    body,
    headers: { 'content-type': 'application/json', ...headers },
  });
  return { status: response.status, answer: (await response.json()) as Answer };
}

const question = (query: string, variables?: object): string => JSON.stringify({ query, variables });

test('answers a question that comes by POST', async () => {
  const { status, answer } = await post(question('query($name: String) { hello(name: $name) }', { name: '铜山' }));
  expect([status, answer]).toEqual([200, { data: { hello: 'hello 铜山' } }]);
});

test('notices stand beside the data', async () => {
  const { answer } = await post(question('{ truncated }'));
  expect(answer).toEqual({
    data: { truncated: [1] },
    errors: [{ message: 'only the first 1', path: ['truncated'], extensions: { code: 'LIST_TRUNCATED', limit: 1 } }],
  });
});

test('a failure of ours costs its field, says nothing of what happened, and is told to us', async () => {
  const { status, answer } = await post(question('{ broken hello }'));
  expect(status).toBe(200);
  expect(answer).toEqual({
    data: { broken: null, hello: 'hello nobody' },
    errors: [
      {
        message: 'Internal error',
        locations: [{ line: 1, column: 3 }],
        path: ['broken'],
        extensions: { code: 'INTERNAL' },
      },
    ],
  });
  expect(faults.map(({ message }) => message)).toEqual(['secret of the house, at /srv/nonet']);
});

test.each([
  ['does not parse', '{ hello', 'GRAPHQL_PARSE_FAILED'],
  ['asks for what there is not', '{ nothing }', 'GRAPHQL_VALIDATION_FAILED'],
  ['has more tokens than any question', `{ ${'hello '.repeat(20_001)}}`, 'GRAPHQL_PARSE_FAILED'],
])('a question that %s is one error with a code', async (_, query, code) => {
  const { status, answer } = await post(question(query));
  expect([status, answer.data, answer.errors?.[0]?.extensions?.code]).toEqual([200, undefined, code]);
});

test('an argument that turns out wrong in its field is the fault of the asker', async () => {
  const { answer } = await post(question('query($times: Int = 1) { hello(times: $times) }', { times: null }));
  expect([answer.data, answer.errors?.[0]?.extensions?.code]).toEqual([{ hello: null }, 'BAD_USER_INPUT']);
  expect(faults).toEqual([]);
});

test('a value of the wrong type is not repeated when it may be an identity number', async () => {
  const { answer } = await post('{"query":"query($n: String) { hello(name: $n) }","variables":{"n":110105491231002}}');
  expect(answer.errors?.[0]?.extensions?.code).toBe('BAD_USER_INPUT');
  const inline = await post(question('{ hello(name: 110105491231002) }'));
  expect(JSON.stringify([answer, inline.answer])).not.toContain('110105491231002');
});

test('a deadline that passes is 504, and the program answers on', async () => {
  const { status, answer } = await post(question('{ slow }'), { 'nonet-deadline-ms': '30' });
  expect([status, answer.errors?.[0]?.extensions?.code]).toEqual([504, 'DEADLINE']);
  expect((await post(question('{ hello }'))).status).toBe(200);
});

test.each(['0', '-1', '1.5', 'soon', '10000000'])('a deadline of %s is refused', async (deadline) => {
  const { status, answer } = await post(question('{ hello }'), { 'nonet-deadline-ms': deadline });
  expect([status, answer.errors?.[0]?.extensions?.code]).toEqual([400, 'BAD_REQUEST']);
});

test.each([
  ['no JSON', '{', 'the body is not JSON'],
  ['a list', '[]', 'the body is not a JSON object'],
  ['no query', '{}', '`query` is not text'],
  ['variables that are no object', '{"query":"{ hello }","variables":[]}', '`variables` is not an object'],
  ['an operation name that is no text', '{"query":"{ hello }","operationName":1}', '`operationName` is not text'],
])('a body with %s is refused, saying so', async (_, body, message) => {
  const { status, answer } = await post(body);
  expect([status, answer]).toEqual([400, { errors: [{ message, extensions: { code: 'BAD_REQUEST' } }] }]);
});

test('questions come by POST, as plain JSON, to /graphql', async () => {
  const get = await fetch(`${served.url}?query={hello}`);
  expect([get.status, get.headers.get('allow')]).toEqual([405, 'POST']);
  expect((await fetch(new URL('/else', served.url), { method: 'POST' })).status).toBe(404);
  expect((await post(question('{ hello }'), { 'content-type': 'text/plain' })).status).toBe(415);
  expect((await post(question('{ hello }'), { 'content-encoding': 'gzip' })).status).toBe(415);
});

test('what else is read by GET stands at paths of its own', async () => {
  const health = new URL('/health', served.url);
  const response = await fetch(health);
  expect([response.status, response.headers.get('content-type'), await response.text()]).toEqual([
    200,
    'application/json',
    '{"status":"ok"}',
  ]);
  const post = await fetch(health, { method: 'POST' });
  expect([post.status, post.headers.get('allow')]).toEqual([405, 'GET']);
});

test('a page of a stranger whose name was made to point here is refused', async () => {
  const status = await new Promise<number | undefined>((resolve, reject) => {
    const headers = { host: 'evil.example', 'content-type': 'application/json' };
    const sent = request(served.url, { method: 'POST', headers }, (response) => {
      response.resume();
      resolve(response.statusCode);
    });
    sent.on('error', reject).end(question('{ hello }'));
  });
  expect(status).toBe(421);
});

test('whoever follows the program is told of every answer, and never what it was about', async () => {
  await post(question('{ hello }'), { 'x-request-id': 'r-1' });
  await post(question('query($r: [_Any!]!) { _entities(representations: $r) { id } }'), { 'x-request-id': 'no id' });
  await post(question('mutation { hello }'));
  await post('{');
  await (await fetch(new URL('/health', served.url))).text();
  await post(question('{ slow }'), { 'nonet-deadline-ms': '20' });
  const leaving = new AbortController();
  const left = fetch(served.url, {
    method: 'POST',
    body: question('{ slow }'),
    headers: { 'content-type': 'application/json' },
    signal: leaving.signal,
  });
  await post(question('{ _service { sdl } }'));
  leaving.abort();
  await expect(left).rejects.toThrow();
  await vi.waitFor(() => expect(answered).toHaveLength(8));
  expect(answered.map(({ kind, status, requestId }) => [kind, status, requestId])).toEqual([
    ['QUERY', 200, 'r-1'],
    ['ENTITIES', 200, undefined],
    ['MUTATION', 200, undefined],
    ['REFUSED', 400, undefined],
    ['ROUTE', 200, undefined],
    ['QUERY', 504, undefined],
    ['SDL', 200, undefined],
    ['QUERY', 499, undefined],
  ]);
  for (const { elapsedMs } of answered) expect(elapsedMs).toBeGreaterThan(0);
});

test('a body of more than 4 MiB is refused before it is read', async () => {
  expect((await post(question('{ hello }', { padding: 'x'.repeat(4 * 1024 * 1024) }))).status).toBe(413);
  const chunked = await new Promise<number | undefined>((resolve, reject) => {
    const sending = request(
      served.url,
      { method: 'POST', headers: { 'content-type': 'application/json' } },
      (response) => {
        response.resume();
        resolve(response.statusCode);
      },
    );
    sending.on('error', reject);
    for (let chunk = 0; chunk < 5; chunk += 1) sending.write('x'.repeat(1024 * 1024));
  });
  expect(chunked).toBe(413);
});

test('stopping waits for what is being answered', async () => {
  const pending = post(question('{ slow }'));
  await post(question('{ hello }'));
  const stopped = served.stop();
  release();
  expect((await pending).answer).toEqual({ data: { slow: 'done' } });
  await stopped;
  await expect(post(question('{ hello }'))).rejects.toThrow();
  served = await serveProgram(program, { port: 0, host: '127.0.0.1' });
});

test('stopping does not wait for a connection on which nothing was asked', async () => {
  const { port, hostname } = new URL(served.url);
  const socket = connect(Number(port), hostname);
  await once(socket, 'connect');
  const ended = new Promise((resolve) => socket.on('error', resolve).on('close', resolve).resume());
  await served.stop();
  await ended;
  served = await serveProgram(program, { port: 0, host: '127.0.0.1' });
});

test('a stopped program takes no question', async () => {
  await program.stop();
  await expect(program.ask({ query: '{ hello }' }, AbortSignal.timeout(1_000))).rejects.toThrow(
    'this program was stopped',
  );
});
