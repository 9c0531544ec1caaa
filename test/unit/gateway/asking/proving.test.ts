import { createPublicKey, generateKeyPairSync } from 'node:crypto';
import { setTimeout as pause } from 'node:timers/promises';
import { expect, it } from 'vitest';

import { proofHeader, readProof, sha256, toSigningKey } from '../../../../common/proof.ts';
import { createProving, type Prove } from '../../../../gateway/asking/proving.ts';

const newKey = () => toSigningKey(generateKeyPairSync('ed25519').privateKey);
const key = newKey();
const requestTo = (audience: string) => ({
  audience,
  method: 'POST',
  path: '/graphql',
  digest: sha256(`{"to":"${audience}"}`),
  viewer: '{"sub":"judge-1"}',
});
const names = ['a', 'b', 'c', 'd', 'e', 'f', 'g', 'h', 'i'];

/** Puts a question after so many steps, none of which waits for anything but promises. */
async function putAfter(steps: number, prove: Prove, name: string): Promise<string> {
  for (let step = 0; step < steps; step += 1) await Promise.resolve();
  return (await prove(requestTo(name)))[proofHeader];
}

const signaturesOf = (proofs: readonly string[]) => new Set(proofs.map((proof) => proof.split('~')[0])).size;

it.each<[string, (begin: () => void) => void]>([
  ['a timer', (begin) => void setTimeout(begin, 1)],
  ['a promise', (begin) => void Promise.resolve().then(begin)],
  ['a tick', (begin) => process.nextTick(begin)],
  ['a reader', (begin) => void setImmediate(begin)],
])('nine questions of one turn have one signature, when %s began it', async (_, beginBy) => {
  const prove = createProving(() => key);
  const proofs = await new Promise<string[]>((resolve) =>
    beginBy(() => resolve(Promise.all(names.map((name, index) => putAfter(index * 3, prove, name))))),
  );
  expect(signaturesOf(proofs)).toBe(1);
  const publicKey = createPublicKey(key.privateKey);
  expect(proofs.map((proof) => readProof(proof, () => publicKey))).toMatchObject(
    names.map((aud) => ({
      aud,
      htm: 'POST',
      htu: '/graphql',
      bh: sha256(`{"to":"${aud}"}`),
      viewer: { sub: 'judge-1' },
    })),
  );
});

it('questions of callbacks that one turn of the loop has together have one signature', async () => {
  const prove = createProving(() => key);
  // Nothing is looked at before the time of both has come.
  const put = Promise.all(
    names.map((name) => new Promise<string>((resolve) => setTimeout(() => resolve(putAfter(1, prove, name)), 2))),
  );
  for (const began = performance.now(); performance.now() - began < 5;);
  expect(signaturesOf(await put)).toBe(1);
});

it('a question waits for no later turn', async () => {
  const prove = createProving(() => key);
  const said: string[] = [];
  for (const name of names) {
    const put = putAfter(0, prove, name).then(() => said.push(name));
    await new Promise((resolve) => setImmediate(resolve));
    await Promise.resolve();
    expect(said.at(-1)).toBe(name);
    await put;
  }
});

it('questions of two turns have two', async () => {
  const prove = createProving(() => key);
  const begun = putAfter(0, prove, 'a');
  await new Promise((resolve) => setImmediate(resolve));
  const proofs = await Promise.all([begun, putAfter(0, prove, 'b')]);
  expect(signaturesOf(proofs)).toBe(2);
});

it('more of them than one signature is for have several', async () => {
  const prove = createProving(() => key);
  const proofs = await Promise.all(Array.from({ length: 65 }, (_, index) => putAfter(index % 4, prove, `${index}`)));
  expect(signaturesOf(proofs)).toBe(5);
});

it('is signed with the key that the hub has when it is signed, and says that time', async () => {
  let now = key;
  const prove = createProving(() => now);
  const put = putAfter(0, prove, 'a');
  now = newKey();
  const began = Date.now();
  const publicKey = createPublicKey(now.privateKey);
  const claims = readProof(await put, (kid) => (kid === now.kid ? publicKey : undefined));
  expect(Math.abs(claims!.iat * 1_000 - began)).toBeLessThan(2_000);
});

it('a key that cannot be read fails every question of its turn, and none of the next', async () => {
  let isThere = false;
  const prove = createProving(() => {
    if (!isThere) throw new Error('the key is not there');
    return key;
  });
  const said = await Promise.allSettled(names.map((name, index) => putAfter(index, prove, name)));
  const reason = expect.objectContaining({ message: 'the key is not there' }) as Error;
  expect(said).toEqual(names.map(() => ({ status: 'rejected', reason })));
  isThere = true;
  await pause(1);
  expect(signaturesOf(await Promise.all(names.map((name) => putAfter(0, prove, name))))).toBe(1);
});
