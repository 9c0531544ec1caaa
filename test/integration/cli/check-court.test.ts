import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, expect, test, vi } from 'vitest';

import { personKeyMark } from '../../../common/person-id.ts';
import { emitted } from '../../support/emitted.ts';
import { check } from './checking.ts';

const directory = mkdtempSync(join(tmpdir(), 'nonet-check-court-'));
afterAll(() => rmSync(directory, { recursive: true }));
afterEach(() => {
  vi.restoreAllMocks();
  vi.unstubAllEnvs();
});

const secret = Buffer.alloc(32, 7);
const mark = personKeyMark({ version: 1, secret });
const otherMark = personKeyMark({ version: 1, secret: Buffer.alloc(32, 8) });
const sound = { court: '苏0312', contractVersion: '1.0', personKeyMark: mark };
const sdl = emitted('court');

let answer = '';
let url = '';
const server = createServer((_, response) => {
  response.setHeader('content-type', 'application/json');
  response.end(answer);
});
beforeAll(async () => {
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/graphql`;
});
afterAll(async () => {
  server.closeAllConnections();
  await new Promise((resolve) => server.close(resolve));
});

/** Checks a running court that says this of itself. */
function checkOf(member: object | null, ...args: readonly string[]) {
  answer = JSON.stringify({ data: { _service: { sdl }, _member: member } });
  return check('--court', url, ...args);
}

test('a running court that is what it shall be joins whole, and is told with its key', async () => {
  const { code, out, err } = await checkOf(sound, '--code', '苏0312', '--person-key-mark', mark);
  expect([code, err]).toEqual([0, '']);
  expect(out).toBe(
    `It says: court 苏0312, contract 1.0, person key ${mark}.\n${url} joins whole: it serves the whole contract.`,
  );
});

test('a key that was not compared is told', async () => {
  const { code, out } = await checkOf({ ...sound, personKeyMark: otherMark });
  expect(code).toBe(0);
  expect(out).toContain('its key was not compared, since no mark was given');
});

test.each([
  ['another key', { personKeyMark: otherMark }, '_Member.personKeyMark', 'made with another key'],
  [
    'another contract',
    { contractVersion: '2.0' },
    '_Member.contractVersion',
    'serves the contract 2.0, and the registry says 1.0',
  ],
  ['no court', { court: null }, '_Member.court', 'does not say whose rows it has'],
])('a running court with %s would be quarantined, as a hub would do', async (_, spoilt, coordinate, reason) => {
  const { code, out, err } = await checkOf({ ...sound, ...spoilt }, '--person-key-mark', mark);
  expect(code).toBe(1);
  expect(err).toContain(`${url} would be quarantined`);
  expect(err).toContain(coordinate);
  expect(err).toContain(reason);
  expect(out).not.toContain('joins');
});

test('another court than the one that it shall be would be quarantined', async () => {
  const { code, err } = await checkOf(sound, '--code', '苏0305');
  expect(code).toBe(1);
  expect(err).toContain('_Member.court: At this address answers the program of court 苏0312.');
});

test('the mark and the registry are read as a hub reads them', async () => {
  const file = join(directory, 'person.key');
  writeFileSync(file, secret.toString('base64url'), { mode: 0o600 });
  expect((await checkOf({ ...sound, personKeyMark: otherMark }, '--person-key', file)).code).toBe(1);
  vi.stubEnv('NONET_PERSON_KEY_MARK', otherMark);
  expect((await checkOf(sound)).code).toBe(1);
  vi.stubEnv('NONET_REGISTRY', join(directory, 'nowhere.json'));
  expect(await checkOf(sound)).toMatchObject({ code: 78 });
});

test('a court that the registry does not have yet is held against the contract and the key alone', async () => {
  const { code, out } = await checkOf({ ...sound, court: '苏0399' }, '--person-key-mark', mark);
  expect(code).toBe(0);
  expect(out).toContain('the registry has no court 苏0399 yet');
});

test('a program that says nothing of itself joins only where no key is compared', async () => {
  const { code, out } = await checkOf(null);
  expect([code, out]).toEqual([0, expect.stringContaining('does not say which court it is')]);
  const compared = await checkOf(null, '--person-key-mark', mark);
  expect([compared.code, compared.err]).toEqual([1, expect.stringContaining('Query._member')]);
});

test('what a stranger writes into its claims is not repeated', async () => {
  const { out, err } = await checkOf({ ...sound, court: '\u001b[31m 320311197501010011' });
  expect(out + err).not.toContain('3203111975');
});

test('what answers, and is no subgraph, would be quarantined; what does not answer is told so', async () => {
  answer = JSON.stringify({ errors: [{ message: 'no', extensions: { code: 'GRAPHQL_VALIDATION_FAILED' } }] });
  const stranger = await check('--court', url);
  expect([stranger.code, stranger.err]).toEqual([1, expect.stringContaining('Query._service')]);
  for (const nonsense of ['{"data":{"_service":null}}', '{"errors":[{"message":"no"}]}', '<html>']) {
    answer = nonsense;
    const { code, err } = await check('--court', url);
    expect(code).toBe(69);
    expect(err).toMatch(/^nonet check: http:\/\/127\.0\.0\.1:\d+\/graphql does not answer/);
  }
  expect((await check('--court', 'http://127.0.0.1:9/graphql')).code).toBe(69);
});

test.each([
  [['--code', '苏9999'], 78, /--code is "苏9999"; the registry has no such court\. It has: 苏03, /],
  [['--person-key-mark', 'k1.short'], 78, /as a court tells it at its start/],
])('%j is refused', async (args, code, said) => {
  const refused = await checkOf(sound, ...args);
  expect(refused).toMatchObject({ code });
  expect(refused.err).toMatch(said);
});
