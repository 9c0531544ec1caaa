import { request } from 'node:http';
import { gunzipSync, brotliCompressSync, deflateSync, gzipSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { dial, openSmallDoor, post, rawPost, toAnswer } from './small-door.ts';
import type { WireAnswer } from './small-door.ts';
import type { Door } from '../../../gateway/http/door.ts';

const greeting = JSON.stringify({ query: '{ greeting }' });

describe('POST /graphql', () => {
  it('answers an operation, as JSON that nobody sniffs, frames, stores or reads from another site', async () => {
    await using small = await openSmallDoor();
    const response = await post(small.door, greeting, { origin: 'https://elsewhere.example' });
    expect(response.status).toBe(200);
    expect(await response.json()).toEqual({ data: { greeting: 'hello' } });
    expect(response.headers.get('content-type')).toMatch(/^application\/json/);
    expect(response.headers.get('x-content-type-options')).toBe('nosniff');
    expect(response.headers.get('content-security-policy')).toContain("frame-ancestors 'none'");
    expect(response.headers.get('cache-control')).toContain('no-store');
    expect([...response.headers.keys()].filter((name) => name.startsWith('access-control-'))).toEqual([]);
  });

  it('lets Apollo Server choose the media type after Accept', async () => {
    await using small = await openSmallDoor();
    const accept = 'application/graphql-response+json';
    expect((await post(small.door, greeting, { accept })).headers.get('content-type')).toContain(accept);
    expect((await post(small.door, greeting, { accept: 'image/png' })).status).toBe(406);
  });

  it.each([
    ['gzip', gzipSync],
    ['deflate', deflateSync],
    ['br', brotliCompressSync],
  ])('reads a body compressed with %s', async (encoding, compress) => {
    await using small = await openSmallDoor();
    const body = compress(JSON.stringify({ query: '{ echo(text: "压缩") }' }));
    const response = await post(small.door, new Uint8Array(body), { 'content-encoding': encoding });
    expect(await response.json()).toEqual({ data: { echo: '压缩' } });
  });

  it('compresses an answer over 1 KiB when the client accepts gzip, and only then', async () => {
    await using small = await openSmallDoor();
    const long = JSON.stringify({ query: '{ long(length: 2000) }' });
    const zipped = await rawAnswer(small.door, long, { 'accept-encoding': 'br, gzip;q=0.5' });
    expect(zipped.headers['content-encoding']).toBe('gzip');
    expect(zipped.body.length).toBeLessThan(1024);
    const expected = { data: { long: '长'.repeat(2000) } };
    expect(JSON.parse(gunzipSync(zipped.body).toString())).toEqual(expected);
    for (const accepted of ['identity', 'gzip;q=0', 'br']) {
      const plain = await rawAnswer(small.door, long, { 'accept-encoding': accepted });
      expect(plain.headers['content-encoding']).toBeUndefined();
      expect(JSON.parse(plain.body.toString())).toEqual(expected);
    }
    const short = await rawAnswer(small.door, greeting, { 'accept-encoding': 'gzip' });
    expect(short.headers['content-encoding']).toBeUndefined();
  });
});

it.each<[string, unknown]>([
  ['extensions that are no object', { query: '{ greeting }', extensions: [] }],
  ['variables that are no object', { query: '{ greeting }', variables: [] }],
  ['no question', { operationName: 'Greeting' }],
])('Apollo Server refuses %s as no request', async (_, body) => {
  await using small = await openSmallDoor();
  const response = await post(small.door, JSON.stringify(body));
  const { errors } = (await response.json()) as WireAnswer;
  expect([response.status, errors?.map(({ extensions }) => extensions.code)]).toEqual([400, ['BAD_REQUEST']]);
});

describe('what the door refuses before GraphQL', () => {
  it.each<[string, number, string, RegExp, string, Record<string, string>]>([
    ['no JSON', 400, 'BODY_NOT_JSON', /not valid JSON/, '{"query": 320311198001012345', {}],
    ['an empty body', 400, 'BODY_NOT_JSON', /empty/, '', {}],
    ['a JSON value that is no object', 400, 'BODY_NOT_AN_OBJECT', /no object/, '"320311198001012345"', {}],
    ['a batch', 400, 'BATCHING_REFUSED', /one JSON object/, `[${greeting}, ${greeting}]`, {}],
    ['text', 415, 'UNSUPPORTED_MEDIA_TYPE', /application\/json/, greeting, { 'content-type': 'text/plain' }],
    [
      'another charset',
      415,
      'UNSUPPORTED_MEDIA_TYPE',
      /UTF-8/,
      greeting,
      { 'content-type': 'application/json; charset=gbk' },
    ],
    [
      'an unknown encoding',
      415,
      'UNSUPPORTED_ENCODING',
      /gzip, deflate or br/,
      greeting,
      { 'content-encoding': 'zstd' },
    ],
    [
      'an encoding named like a method',
      415,
      'UNSUPPORTED_ENCODING',
      /gzip/,
      greeting,
      { 'content-encoding': 'toString' },
    ],
    ['gzip that is none', 400, 'BODY_NOT_DECODABLE', /decompressed/, greeting, { 'content-encoding': 'gzip' }],
  ])('refuses %s with %i %s', async (_, status, code, message, body, headers) => {
    await using small = await openSmallDoor();
    const response = await post(small.door, body, headers);
    const text = await response.text();
    expect(response.status).toBe(status);
    expect((JSON.parse(text) as WireAnswer).errors).toEqual([
      { message: expect.stringMatching(message), extensions: { code } },
    ]);
    expect(text).not.toContain('320311198001012345');
    expect(text).not.toContain('node:');
    expect(small.executed()).toBe(0);
  });

  it('refuses bytes that are not UTF-8', async () => {
    await using small = await openSmallDoor();
    const response = await post(small.door, new Uint8Array([0x7b, 0x22, 0xd6, 0xd0, 0x22, 0x7d]));
    expect(response.status).toBe(400);
    expect((await toAnswer(response)).errors?.[0]?.message).toMatch(/UTF-8/);
  });

  it('takes neither a query nor a mutation by GET, and says what is right', async () => {
    await using small = await openSmallDoor();
    for (const query of ['{greeting}', 'mutation{change}']) {
      const response = await fetch(`${small.door.url}/graphql?query=${encodeURIComponent(query)}`, {
        headers: { 'content-type': 'application/json' },
      });
      expect(response.status).toBe(405);
      expect(response.headers.get('allow')).toBe('POST');
      const { errors } = await toAnswer(response);
      expect(errors?.[0]?.extensions.code).toBe('METHOD_NOT_ALLOWED');
      expect(errors?.[0]?.message).toMatch(/Send POST with Content-Type: application\/json/);
    }
    expect(small.executed()).toBe(0);
  });

  it('grants no preflight of another site', async () => {
    await using small = await openSmallDoor();
    const response = await fetch(`${small.door.url}/graphql`, {
      method: 'OPTIONS',
      headers: { origin: 'https://elsewhere.example', 'access-control-request-method': 'POST' },
    });
    expect(response.status).toBe(405);
    expect([...response.headers.keys()].filter((name) => name.startsWith('access-control-'))).toEqual([]);
  });

  it('answers an unknown path with 404 and the paths there are', async () => {
    await using small = await openSmallDoor();
    const response = await fetch(`${small.door.url}/graphiql/..%2f..%2fetc`);
    expect(response.status).toBe(404);
    expect((await toAnswer(response)).errors?.[0]?.message).toContain('/graphql, /health, /ready');
  });

  it('answers as a loopback name only, whatever the port', async () => {
    await using small = await openSmallDoor();
    for (const host of ['localhost', 'LOCALHOST:8080', '127.0.0.1:1', '127.9.9.9', '[::1]:4000']) {
      expect((await rawAnswer(small.door, greeting, { host })).status, host).toBe(200);
    }
    for (const host of [
      'rebound.example',
      'localhost.rebound.example:4000',
      '192.168.1.2',
      '127.0.0.1.example',
      '0.0.0.0',
    ]) {
      const { status, body } = await rawAnswer(small.door, greeting, { host });
      expect(status, host).toBe(421);
      expect(body.toString()).toContain('FOREIGN_HOST');
    }
    const nameless = await dial(small.door);
    nameless.socket.write(rawPost(greeting, { host: '' }));
    expect(await nameless.until((received) => received.includes('FOREIGN_HOST'))).toMatch(/^HTTP\/1\.1 421 /);
  });
});

it('tells a fault of its own as "Internal error" and nothing more, and reports it', async () => {
  const reported: Error[] = [];
  await using small = await openSmallDoor({
    status: () => {
      throw new Error('secret of the house');
    },
    report: (fault) => reported.push(fault),
  });
  const response = await fetch(`${small.door.url}/ready`);
  expect(response.status).toBe(500);
  expect(await response.json()).toEqual({ errors: [{ message: 'Internal error', extensions: { code: 'INTERNAL' } }] });
  expect(reported.map(({ message }) => message)).toEqual(['secret of the house']);
});

// `fetch` decides about Host and Accept-Encoding itself; here both are the test's.
function rawAnswer(door: Door, body: string, headers: Record<string, string>) {
  return new Promise<{ status: number; headers: NodeJS.Dict<string | string[]>; body: Buffer }>((resolve, reject) => {
    const outgoing = request(`${door.url}/graphql`, {
      method: 'POST',
      agent: false,
      headers: { 'content-type': 'application/json', ...headers },
    });
    outgoing.on('error', reject).on('response', (incoming) => {
      const chunks: Buffer[] = [];
      incoming
        .on('data', (chunk: Buffer) => chunks.push(chunk))
        .on('end', () =>
          resolve({ status: incoming.statusCode ?? 0, headers: incoming.headers, body: Buffer.concat(chunks) }),
        );
    });
    outgoing.end(body);
  });
}
