import { chownSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { afterEach, beforeEach, expect, it } from 'vitest';

import { runNonet } from '../../../cli/run.ts';
import { agencyEntries } from '../../../cli/start/agencies.ts';
import { hubKeyOption, keepHubKeys, readHubKey, readHubKeySet, readProving } from '../../../cli/start/hub-key.ts';
import { toAgencyPart } from '../../../cli/start/parts/agency.ts';
import { stacked } from '../../../cli/start/stack.ts';
import { openSettings } from '../../../cli/settings.ts';
import { createRemote } from '../../../gateway/asking/remote.ts';

let data: string;
let said: string[];
beforeEach(() => {
  data = mkdtempSync(join(tmpdir(), 'nonet-hub-key-'));
  said = [];
});
afterEach(() => rmSync(data, { recursive: true }));

const hubKey = (step: string) =>
  runNonet(['hub-key', step, '--data', data], { out: () => undefined, err: (line) => said.push(line) });
const kidInUse = () => readHubKey(join(data, 'hub.key')).kid;
const kidsAnswered = () => readHubKeySet(join(data, 'hub-keys.json')).map(({ kid }) => kid);

it('one key follows another, and at every step what the hub signs is answered', async () => {
  expect(await hubKey('show')).toBe(0);
  const first = kidInUse();
  expect(kidsAnswered()).toEqual([first]);
  expect(await hubKey('add')).toBe(0);
  expect(kidInUse()).toBe(first);
  const [, next] = kidsAnswered();
  expect(kidsAnswered()).toEqual([first, next]);
  expect(await hubKey('use')).toBe(0);
  expect([kidInUse(), kidsAnswered()]).toEqual([next, [first, next]]);
  expect(await hubKey('drop')).toBe(0);
  expect([kidInUse(), kidsAnswered()]).toEqual([next, [next]]);
});

it('one key follows another in the files of a hub and a part under load, and no question fails', async () => {
  const entry = agencyEntries[0]!;
  const part = await toAgencyPart(entry).start(['--port', '0', '--data', data], { LOG_LEVEL: 'warn' });
  const openProving = readProving(openSettings([], {}, hubKeyOption), data);
  const hub = await stacked((stack) => {
    const proof = { audience: entry.name, prove: openProving(stack) };
    return Promise.resolve({ remote: stack.keep(createRemote(new URL('/graphql', part.url).href, { proof })) });
  });
  const { signal } = new AbortController();
  const first = kidInUse();
  let isOver = false;
  const kinds = new Set<string>();
  let answers = 0;
  const askers = Array.from({ length: 6 }, async () => {
    while (!isOver) {
      const { data: told } = await hub.remote.ask({ query: '{ __typename }' }, signal);
      kinds.add(JSON.stringify(told));
      answers += 1;
      await pause(2);
    }
  });
  try {
    for (const step of ['add', 'use', 'drop']) {
      expect(await hubKey(step)).toBe(0);
      // As long as operators are told that it takes.
      await Promise.race([pause(2_500), ...askers]);
    }
  } finally {
    isOver = true;
    await Promise.all(askers).finally(() => Promise.all([hub.stop(), part.stop()]));
  }
  expect([...kinds]).toEqual(['{"__typename":"Query"}']);
  expect(answers).toBeGreaterThan(100);
  expect(kidsAnswered()).toEqual([kidInUse()]);
  expect(kidInUse()).not.toBe(first);
});

it('only its owner reads the key of the hub, and it stands in no other file', async () => {
  await hubKey('add');
  for (const name of ['hub.key', 'hub.key.next']) expect(statSync(join(data, name)).mode & 0o777).toBe(0o600);
  expect(readFileSync(join(data, 'hub-keys.json'), 'utf8')).not.toContain('"d"');
});

it.runIf(process.geteuid?.() === 0)('a key that root makes for another user is that user’s', async () => {
  await hubKey('show');
  chownSync(join(data, 'hub.key'), 1000, 1000);
  for (const step of ['add', 'use', 'drop']) expect(await hubKey(step)).toBe(0);
  const { uid, gid, mode } = statSync(join(data, 'hub.key'));
  expect([uid, gid, mode & 0o777]).toEqual([1000, 1000, 0o600]);
});

it('a key that is there is never made anew', () => {
  keepHubKeys(data);
  const first = kidInUse();
  rmSync(join(data, 'hub-keys.json'));
  keepHubKeys(data);
  expect([kidInUse(), kidsAnswered()]).toEqual([first, [first]]);
});

it.each([
  ['use', 'there is no next key'],
  ['sing', 'say one of show, add, use, drop'],
])('%s is refused where it makes no sense', async (step, message) => {
  expect(await hubKey(step)).not.toBe(0);
  expect(said.join('\n')).toContain(message);
});

it('drop waits until the next key is in use', async () => {
  await hubKey('add');
  expect(await hubKey('drop')).toBe(1);
  expect(said.join('\n')).toContain('not in use yet');
  expect(kidsAnswered()).toHaveLength(2);
});

it('a file that holds something else is told by its name, without what stands in it', async () => {
  keepHubKeys(data);
  writeFileSync(join(data, 'hub.key'), 'a secret of another kind');
  expect(await hubKey('show')).toBe(1);
  expect(said.join('\n')).toContain('does not hold an Ed25519 private key in PEM');
  expect(said.join('\n')).not.toContain('secret');
});

it('a part that is told none answers whoever is on this machine; one that is told nothing does not', async () => {
  const ask = async (...args: string[]): Promise<number> => {
    const part = await toAgencyPart(agencyEntries[0]!).start(['--port', '0', '--data', data, ...args], {});
    const response = await fetch(new URL('/graphql', part.url), {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: '{"query":"{ _service { sdl } }"}',
    });
    await part.stop();
    return response.status;
  };
  expect(await ask('--hub-keys', 'none')).toBe(200);
  expect(await ask()).toBe(401);
  await expect(ask('--hub-keys', join(data, 'missing.json'))).rejects.toThrow('cannot be read');
});
