import { createPublicKey } from 'node:crypto';
import { beforeEach, describe, expect, it } from 'vitest';

import { newHubKey } from '../../../cli/start/hub-key.ts';
import { sha256, signProofs, toSigningKey } from '../../../common/proof.ts';
import { createProofCheck, type CheckProof } from '../../../subgraphs/kit/http-proof.ts';
import { proofWindowMs } from '../../../subgraphs/kit/used-proofs.ts';

const hubKey = toSigningKey(newHubKey());
const keys = new Map([[hubKey.kid, createPublicKey(hubKey.privateKey)]]);
const body = Buffer.from('{"query":"{ asker }"}');
const request = { method: 'POST', path: '/graphql', body };

let nowMs: number;
beforeEach(() => {
  nowMs = Date.parse('2018-02-01T08:00:00.123Z');
});

/** A program that starts now. */
const started = (): CheckProof => createProofCheck({ audience: 'bank', keys: () => keys, nowMs: () => nowMs });
/** A proof of the hub, whose clock may lie beside the program's. */
const question = { aud: 'bank', htm: 'POST', htu: '/graphql', bh: sha256(body), viewer: null };
const signed = (aheadMs = 0): string => signProofs(hubKey, (nowMs + aheadMs) / 1_000, [question])[0]!;
const saidOf = (check: CheckProof, proof: string) =>
  check({ ...request, proof }).then(
    () => 'answered',
    (error: unknown) => error,
  );
const tooEarly = {
  status: 401,
  code: 'NOT_FROM_HUB',
  message: 'the proof was signed before this program was started; do the clocks agree?',
};

describe('a program that was started again', () => {
  it('refuses what the one before it has taken, for as long as it would hold', async () => {
    const proof = signed();
    expect(await saidOf(started(), proof)).toBe('answered');
    nowMs += 1;
    const again = started();
    expect(await saidOf(again, proof)).toMatchObject(tooEarly);
    nowMs += proofWindowMs - 2;
    expect(await saidOf(again, proof)).toMatchObject(tooEarly);
    nowMs += 2;
    expect(await saidOf(again, proof)).toMatchObject({ message: expect.stringMatching(/not signed within 30 s/) });
  });

  it('answers what is signed from its first millisecond on', async () => {
    for (let ms = 0; ms < 1_000; ms += 1) {
      nowMs += 1;
      expect(await saidOf(started(), signed())).toBe('answered');
    }
  });

  it('refuses a hub whose clock is behind for as long as it is, and no longer', async () => {
    const check = started();
    expect(await saidOf(check, signed(-2_000))).toMatchObject(tooEarly);
    nowMs += 1_999;
    expect(await saidOf(check, signed(-2_000))).toMatchObject(tooEarly);
    nowMs += 1;
    expect(await saidOf(check, signed(-2_000))).toBe('answered');
  });

  it('is not shut for an hour when its own clock was an hour ahead at the start', async () => {
    nowMs += 3_600_000;
    const check = started();
    nowMs -= 3_600_000;
    expect(await saidOf(check, signed())).toBe('answered');
  });
});
