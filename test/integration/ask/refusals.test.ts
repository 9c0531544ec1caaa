import { createServer, type RequestListener } from 'node:http';
import type { AddressInfo } from 'node:net';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { UsageFault } from '../../../cli/command.ts';
import { runAsked, startAskedCity, type AskedCity } from './asked-city.ts';

let asked: AskedCity;
const directory = mkdtempSync(join(tmpdir(), 'nonet-ask-'));
beforeAll(async () => {
  asked = await startAskedCity();
});
afterAll(async () => {
  await asked[Symbol.asyncDispose]();
  rmSync(directory, { recursive: true });
});

function file(text: string): string {
  const path = join(directory, 'question.graphql');
  writeFileSync(path, text);
  return path;
}

/** A server that is no hub, while `use` asks it. */
async function withServer<T>(listener: RequestListener, use: (url: string) => Promise<T>): Promise<T> {
  const server = createServer(listener);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  try {
    return await use(`http://127.0.0.1:${(server.address() as AddressInfo).port}`);
  } finally {
    server.closeAllConnections();
    await new Promise((resolve) => server.close(resolve));
  }
}

test('a question that does not fit the schema is refused in the hub’s words, with its place, and exits 65', async () => {
  const { code, out, err } = await asked.ask(file('{\n  cases { totalCountz }\n}'));
  expect({ code, out }).toEqual({ code: 65, out: '' });
  expect(err).toContain('Did you mean "totalCount"? (GRAPHQL_VALIDATION_FAILED; line 2, column 11 of the question)');
});

test('an argument that cannot be used is a refusal, too', async () => {
  const { code, err } = await asked.ask(file('{ cases(first: 500) { totalCount } }'));
  expect(code).toBe(65);
  expect(err).toContain('first is 500; it has to be a whole number from 1 to 100. (BAD_USER_INPUT; at cases)');
});

test('what is no GraphQL is refused with its place, and nobody is asked', async () => {
  const { code, err } = await runAsked([file('{ cases { totalCount }'), '--url', 'http://127.0.0.1:1']);
  expect(code).toBe(65);
  expect(err).toMatch(/question\.graphql:1:23 is no GraphQL: Syntax Error/);
});

test('a demand for complete rows that cannot be met is an answer with gaps, and exits 1', async () => {
  asked.down.add('苏0312');
  const { code, out } = await asked.ask(file('{ cases(completeness: COMPLETE) { edges { node { number } } } }'));
  asked.down.clear();
  expect(code).toBe(1);
  expect(out).toContain('(INCOMPLETE; at cases)');
  expect(out).toContain('cases: nothing.');
});

test('a hub that is not there exits 69 with one line that says how to start or find it', async () => {
  const url = await withServer(
    () => undefined,
    (address) => Promise.resolve(address),
  );
  const { code, err } = await runAsked(['statistics'], { NONET_URL: url });
  expect(code).toBe(69);
  expect(err).toBe(
    `nonet ask: the hub at ${url}/graphql cannot be reached (ECONNREFUSED). Start it with nonet start, or say where it is: --url URL.\n`,
  );
});

test('a hub that stays silent is waited for as long as --timeout says', async () => {
  const { code, err } = await withServer(
    () => undefined,
    (url) => runAsked(['statistics', '--url', url, '--timeout', '0.2']),
  );
  expect(code).toBe(69);
  expect(err).toContain('did not answer within 0.2 s. Wait longer with --timeout.');
});

test.each([
  ['a page of HTML', '<html>502 Bad Gateway</html>'],
  ['JSON of something else', '{"status":"ok"}'],
])('%s is no answer of a hub', async (_, body) => {
  const { code, err } = await withServer(
    (_request, response) => response.end(body),
    (url) => runAsked(['statistics', '--url', url]),
  );
  expect(code).toBe(69);
  expect(err).toMatch(/^nonet ask: what answers at \S+ \(HTTP 200\) is no GraphQL server\. Is the address right\?\n$/);
});

test('a later page that fails keeps the rows that were read, tells which page, and exits 1', async () => {
  let pages = 0;
  const { code, out, err } = await withServer(
    (_request, response) => {
      pages += 1;
      if (pages === 2) return response.writeHead(502).end('broken');
      const data = { cases: { edges: [{ node: { number: '1' } }], pageInfo: { hasNextPage: true, endCursor: 'c' } } };
      return response.end(JSON.stringify({ data }));
    },
    (url) => runAsked(['city-wide', '--all', '--csv', '--url', url, '--token', 'x.y.z']),
  );
  expect(code).toBe(1);
  expect(err).toContain('Page 2 failed, and rows are missing');
  expect(out).toMatch(/\r\n1,/);
});

test('a hub that gives the same cursor again does not keep the walk going', async () => {
  const data = { cases: { edges: [], pageInfo: { hasNextPage: true, endCursor: 'c' } } };
  const { code, err } = await withServer(
    (_request, response) => response.end(JSON.stringify({ data })),
    (url) => runAsked(['city-wide', '--all', '--csv', '--url', url]),
  );
  expect(code).toBe(1);
  expect(err).toContain('rows follow, and not after which');
});

test.each([
  [['statistics', '--all'], '--all needs exactly one connection'],
  [
    ['city-wide', '--csv', '--rows', 'owners'],
    '--rows is "owners", which is no list of the answer. There are debtors,',
  ],
])('%j is wrong use', async (args, message) => {
  const rejection: unknown = await asked.ask(...args).catch((error: unknown) => error);
  expect(rejection).toBeInstanceOf(UsageFault);
  expect((rejection as Error).message).toContain(message);
});
