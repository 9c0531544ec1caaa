import { createPublicKey, type KeyObject } from 'node:crypto';
import { buildSchema } from 'graphql';
import { afterEach, beforeEach, expect, it } from 'vitest';

import { newHubKey } from '../../../cli/start/hub-key.ts';
import { proofHeader, sha256, toSigningKey, type SigningKey } from '../../../common/proof.ts';
import { viewerHeader } from '../../../common/wire.ts';
import { createProving } from '../../../gateway/asking/proving.ts';
import { createRemote, type Remote } from '../../../gateway/asking/remote.ts';
import { serveProgram, type ServedProgram } from '../../../subgraphs/kit/http.ts';
import { createProofCheck } from '../../../subgraphs/kit/http-proof.ts';
import { createProgram, type Program } from '../../../subgraphs/kit/program.ts';
import { proofWindowMs } from '../../../subgraphs/kit/used-proofs.ts';

const question = { query: '{ asker }' };
const body = JSON.stringify(question);
const signal = new AbortController().signal;

let nowMs: number;
let keys: Map<string, KeyObject>;
let hubKey: SigningKey;
let program: Program;
let served: ServedProgram;
let remotes: Remote[];

/** A program that says on whose behalf it is asked. */
beforeEach(async () => {
  nowMs = Date.now();
  hubKey = toSigningKey(newHubKey());
  keys = new Map([publicOf(hubKey)]);
  remotes = [];
  const sdl = 'type Query { asker: String }';
  const schema = buildSchema(sdl);
  schema.getQueryType()!.getFields()['asker']!.resolve = (_, __, { asker }: { asker?: string }) => asker ?? null;
  program = createProgram({ schema, sdl, context: ({ [viewerHeader]: asker }) => ({ asker }) });
  const checkProof = createProofCheck({ audience: 'bank', keys: () => keys, nowMs: () => nowMs });
  const routes = new Map([['/health', () => ({ status: 200, type: 'text/plain', body: 'ok' })]]);
  served = await serveProgram(program, { port: 0, host: '127.0.0.1', checkProof, routes });
});

afterEach(async () => {
  await Promise.all(remotes.map((remote) => remote.stop()));
  await served.stop();
  await program.stop();
});

function publicOf({ kid, privateKey }: SigningKey): [string, KeyObject] {
  return [kid, createPublicKey(privateKey)];
}

function hub(audience = 'bank', keyNow = () => hubKey): Remote {
  const remote = createRemote(served.url, { proof: { audience, prove: createProving(keyNow) } });
  remotes.push(remote);
  return remote;
}

function proofFor(text: string, { audience = 'bank', path = '/graphql', key = hubKey } = {}) {
  return createProving(() => key)({ audience, method: 'POST', path, digest: sha256(text), viewer: null });
}

async function post(text: string, headers: Readonly<Record<string, string>>) {
  const response = await fetch(served.url, {
    method: 'POST',
    body: text,
    headers: { 'content-type': 'application/json', ...headers },
  });
  const { data, errors } = (await response.json()) as {
    data?: unknown;
    errors?: { message: string; extensions: { code: string } }[];
  };
  return { status: response.status, data, code: errors?.[0]?.extensions.code, message: errors?.[0]?.message };
}

it('the hub is answered, and the program knows on whose behalf it asks', async () => {
  const viewer = JSON.stringify({ subject: 'judge-1', court: '苏0312' });
  expect(await hub().ask(question, signal, { [viewerHeader]: viewer })).toEqual({ data: { asker: viewer } });
  expect(await hub().ask(question, signal)).toEqual({ data: { asker: null } });
});

it('whether it lives is told to everybody', async () => {
  expect((await fetch(new URL('/health', served.url))).status).toBe(200);
});

it.each<[string, () => Readonly<Record<string, string>> | Promise<Readonly<Record<string, string>>>, RegExp]>([
  ['without a proof', () => ({}), /no proof/],
  ['with a viewer of its own', () => ({ [viewerHeader]: '{"role":"JUDGE"}' }), /no proof/],
  ['signed by a stranger', () => proofFor(body, { key: toSigningKey(newHubKey()) }), /not signed by a hub/],
  ['meant for another program', () => proofFor(body, { audience: 'vehicle' }), /another program/],
  ['proved for another body', () => proofFor('{"query":"{ other }"}'), /another question/],
  ['proved for another path', () => proofFor(body, { path: '/graphql?x=1' }), /another question/],
  ['with a broken proof', () => ({ [proofHeader]: 'a.b.c' }), /not signed by a hub/],
])('a question %s is refused', async (_, headers, message) => {
  const refused = await post(body, await headers());
  expect(refused).toMatchObject({ status: 401, code: 'NOT_FROM_HUB' });
  expect(refused.message).toMatch(message);
  expect(refused.data).toBeUndefined();
});

it('beside a proof nothing else says who asks', async () => {
  expect(await post(body, { ...(await proofFor(body)), [viewerHeader]: '{"role":"JUDGE"}' })).toMatchObject({
    status: 200,
    data: { asker: null },
  });
});

it('a proof is used once, also when its time has nearly passed', async () => {
  const headers = await proofFor(body);
  expect((await post(body, headers)).status).toBe(200);
  for (const laterMs of [0, proofWindowMs - 1_000]) {
    nowMs += laterMs;
    expect((await post(body, headers)).message).toBe('the proof was used before.');
  }
});

it('a proof from a clock that is ahead is used once as well', async () => {
  nowMs -= proofWindowMs - 2_000;
  const headers = await proofFor(body);
  expect((await post(body, headers)).status).toBe(200);
  nowMs += 2 * proofWindowMs - 4_000;
  expect((await post(body, headers)).message).toBe('the proof was used before.');
});

it.each([proofWindowMs + 1_000, -proofWindowMs - 1_000])('a proof that is %i ms off is stale', async (byMs) => {
  const headers = await proofFor(body);
  nowMs += byMs;
  expect(await post(body, headers)).toMatchObject({ status: 401, code: 'NOT_FROM_HUB' });
});

it('one key follows another under load, and no request fails', async () => {
  const next = toSigningKey(newHubKey());
  const before = hubKey;
  let signing = before;
  const asking = hub('bank', () => signing);
  let isOver = false;
  let answers = 0;
  const askers = Array.from({ length: 8 }, async () => {
    const { signal: own } = new AbortController();
    while (!isOver) {
      expect(await asking.ask(question, own)).toEqual({ data: { asker: null } });
      answers += 1;
    }
  });
  const someMore = async () => {
    const enough = answers + 200;
    while (answers < enough) await Promise.race([...askers, new Promise((resolve) => setImmediate(resolve))]);
  };
  await someMore();
  keys = new Map([publicOf(before), publicOf(next)]);
  await someMore();
  signing = next;
  await someMore();
  keys = new Map([publicOf(next)]);
  await someMore();
  isOver = true;
  await Promise.all(askers);
  expect((await post(body, await proofFor(body, { key: before }))).status).toBe(401);
});
