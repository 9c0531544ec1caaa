import { createPublicKey } from 'node:crypto';
import { createServer } from 'node:http';
import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import { afterEach, beforeEach, expect, it } from 'vitest';

import { newHubKey } from '../../../cli/start/hub-key.ts';
import { proofHeader, sha256, toSigningKey } from '../../../common/proof.ts';
import { askWithin } from '../../../gateway/asking/ask.ts';
import { createProving } from '../../../gateway/asking/proving.ts';
import { createRemote } from '../../../gateway/asking/remote.ts';
import { defaultAsking } from '../../../gateway/asking/settings.ts';
import { createUpstream } from '../../../gateway/asking/upstream.ts';
import { openRecord } from '../../../gateway/operating/record.ts';
import { createProofCheck, type CheckProof } from '../../../subgraphs/kit/http-proof.ts';

const hubKey = toSigningKey(newHubKey());
const keys = new Map([[hubKey.kid, createPublicKey(hubKey.privateKey)]]);
const prove = createProving(() => hubKey);
const courts = Array.from({ length: 9 }, (_, index) => `court-${index}`);

const stops: (() => unknown)[] = [];
afterEach(async () => {
  for (const stop of stops.splice(0).reverse()) await stop();
});

let checks: ReadonlyMap<string, CheckProof>;
beforeEach(() => {
  checks = new Map(courts.map((audience) => [audience, createProofCheck({ audience, keys: () => keys })]));
});

const bodyTo = (audience: string) => Buffer.from(`{"query":"{ ${audience} }"}`);
/** Proves one question to each court, all in one turn. */
const proveAll = () =>
  Promise.all(
    courts.map(async (audience) => {
      const request = { audience, method: 'POST', path: '/graphql', digest: sha256(bodyTo(audience)), viewer: null };
      return { audience, proof: (await prove(request))[proofHeader] };
    }),
  );
const saidOf = (audience: string, proof: string, body = bodyTo(audience)) =>
  checks.get(audience)!({ method: 'POST', path: '/graphql', body, proof }).then(
    () => 'answered',
    (error: unknown) => (error as Error).message,
  );

/** A program that keeps the proofs that it is sent; its address. */
async function listen(proofs: string[]): Promise<string> {
  const server = createServer((request, response) => {
    proofs.push(String(request.headers[proofHeader]));
    request.resume();
    response.end('{"data":{"a":1}}');
  });
  stops.push(() => server.close().closeAllConnections());
  await once(server.listen(0, '127.0.0.1'), 'listening');
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}/graphql`;
}

it('what nine courts are asked by two requests at one moment has a signature for sixteen, deadlines, slots and retries between', async () => {
  const proofs: string[] = [];
  const url = await listen(proofs);
  const upstreams = courts.map((id) => {
    const remote = createRemote(url, { proof: { audience: id, prove } });
    stops.push(() => remote.stop());
    return createUpstream({ ...defaultAsking, kind: 'court', id, ask: remote.ask, slots: 2 });
  });
  const askAll = (request: string) => {
    const context = { record: openRecord({ 'x-request-id': request }), signal: new AbortController().signal };
    return upstreams.map((upstream) => askWithin(upstream, { query: '{ a }' }, { deadlineMs: 10_000, context }));
  };
  const replies = await Promise.all(['r-1', 'r-2'].flatMap(askAll));
  expect(replies.map(({ kind }) => kind)).toEqual(replies.map(() => 'answered'));
  expect(new Set(proofs).size).toBe(18);
  expect(new Set(proofs.map((proof) => proof.split('~')[0])).size).toBe(2);
});

it('a question whose time passes before it is signed, or that cannot be signed, is not sent', async () => {
  const proofs: string[] = [];
  const url = await listen(proofs);
  const keyless = createProving(() => {
    throw new Error('the key is not there');
  });
  const [signing, failing] = [prove, keyless].map((by) => createRemote(url, { proof: { audience: 'a', prove: by } }));
  stops.push(() => Promise.all([signing!.stop(), failing!.stop()]));
  const deadline = new AbortController();
  const late = signing!.ask({ query: '{ a }' }, deadline.signal);
  const unsigned = failing!.ask({ query: '{ a }' }, new AbortController().signal);
  deadline.abort();
  await Promise.all([
    expect(late).rejects.toMatchObject({ reason: 'DEADLINE' }),
    expect(unsigned).rejects.toMatchObject({
      reason: 'DOWN',
      wasSent: false,
      cause: { message: 'the key is not there' },
    }),
  ]);
  await signing!.ask({ query: '{ a }' }, new AbortController().signal);
  expect(proofs).toHaveLength(1);
});

it('a question of one turn is taken once, and what left with it is taken still', async () => {
  for (const { audience, proof } of await proveAll()) {
    expect(await saidOf(audience, proof)).toBe('answered');
    expect(await saidOf(audience, proof)).toBe('the proof was used before.');
  }
});

it('two questions of one turn to one court are taken once each, and each with its own body', async () => {
  const [court] = courts as [string];
  const bodies = ['{"a":1}', '{"a":2}'].map((text) => Buffer.from(text));
  const request = { audience: court, method: 'POST', path: '/graphql', viewer: null };
  const proofs = await Promise.all(bodies.map((body) => prove({ ...request, digest: sha256(body) })));
  const [one, two] = proofs.map((headers) => headers[proofHeader]) as [string, string];
  expect(await saidOf(court, one, bodies[1])).toBe('the proof is that of another question.');
  expect(await saidOf(court, two, bodies[0])).toBe('the proof is that of another question.');
  expect(await saidOf(court, one, bodies[0])).toBe('answered');
  expect(await saidOf(court, one, bodies[0])).toBe('the proof was used before.');
  expect(await saidOf(court, two, bodies[1])).toBe('answered');
});

it('what one court was asked proves nothing to another, though their signature is the same', async () => {
  const [{ proof }, { audience, proof: own }] = (await proveAll()) as [{ proof: string }, Proved];
  expect(await saidOf(audience, proof)).toBe('the proof is meant for another program.');
  const [jws, disclosure] = proof.split('~');
  const unknown = 'the proof is not signed by a hub that this program knows.';
  expect(await saidOf(audience, `${own}${disclosure}~`)).toBe(unknown);
  expect(await saidOf(audience, `${jws}~`)).toBe(unknown);
  expect(await saidOf(audience, own)).toBe('answered');
});

interface Proved {
  readonly audience: string;
  readonly proof: string;
}
