import { createHash, generateKeyPairSync } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { runInThisContext } from 'node:vm';
import { compactVerify, createLocalJWKSet } from 'jose';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';

import { proofHeader, toPublicJwk, toSigningKey, type PublicJwk } from '../../../common/proof.ts';
import { createProving } from '../../../gateway/asking/proving.ts';

// A court's IT has this page and nothing else of ours.
const page = readFileSync(new URL('../../../docs/courts.md', import.meta.url), 'utf8');
const blockOf = (language: string) => new RegExp(`\`\`\`${language}\n([^]+?)\n\`\`\``).exec(page)![1]!;

/** The page's own program, as it stands there. */
const pageCheck = runInThisContext(
  `async ({ compactVerify, createHash, keys, court, startedAt, isNew, notFromHub, proof, method, path, body }) => {
    ${blockOf('js')}
    return { salt, viewer };
  }`,
) as (given: object) => Promise<{ readonly salt: string; readonly viewer?: unknown }>;

const request = { method: 'POST', path: '/graphql', body: '{"query":"{ __typename }"}' };
const digest = createHash('sha256').update(request.body).digest('base64url');

/** A court that goes by the page. */
function courtByThePage(court: string, keys: readonly PublicJwk[]) {
  const seen = new Set<string>();
  const given = {
    ...{ compactVerify, createHash, court, startedAt: 0, notFromHub: new Error('not from the hub') },
    keys: createLocalJWKSet({ keys: keys.map((key) => ({ ...key })) }),
    isNew: (salt: string) => Promise.resolve(!seen.has(salt) && Boolean(seen.add(salt))),
  };
  return (proof: string, changed: Partial<typeof request> = {}) =>
    pageCheck({ ...given, ...request, ...changed, proof });
}

const { privateKey } = generateKeyPairSync('ed25519');
const key = toSigningKey(privateKey);
const prove = createProving(() => key);
const viewer = { sub: 'judge-1', role: 'judge', court: '苏0312' };
const proofsFor = (...audiences: string[]) =>
  Promise.all(
    audiences.map(
      async (audience) => (await prove({ ...request, digest, audience, viewer: JSON.stringify(viewer) }))[proofHeader],
    ),
  );

describe('what the hub sends, checked as docs/courts.md says', () => {
  const check = courtByThePage('苏0312', [toPublicJwk(privateKey)]);

  it('is taken once, with the viewer', async () => {
    const [proof] = await proofsFor('苏0312', 'bank', '苏0303');
    expect(await check(proof!)).toEqual({ salt: expect.any(String) as string, viewer });
    await expect(check(proof!)).rejects.toThrow();
  });

  it('is refused with anything else than it was signed with', async () => {
    const [proof, toBank] = (await proofsFor('苏0312', 'bank')) as [string, string];
    const [jws, disclosure] = proof.split('~') as [string, string];
    const [, bankDisclosure] = toBank.split('~') as [string, string];
    for (const damaged of [
      toBank,
      jws,
      `${jws}~`,
      `${jws}~~`,
      `${jws}~${disclosure}`,
      `${jws}~${disclosure}~x`,
      `${jws}~${disclosure}~${bankDisclosure}~`,
      `${jws}~${disclosure}=~`,
      `${jws}~anything~${disclosure}~`,
      `${jws}~${bankDisclosure}~${disclosure}~`,
      `${jws.slice(0, -4)}AAAA~${disclosure}~`,
    ]) {
      await expect(check(damaged)).rejects.toThrow();
    }
    for (const changed of [{ method: 'GET' }, { path: '/graphql?a=1' }, { body: '{}' }]) {
      await expect(check(proof, changed)).rejects.toThrow();
    }
    expect(await check(proof)).toMatchObject({ viewer });
  });

  it('is refused when another signed it', async () => {
    const { privateKey: other } = generateKeyPairSync('ed25519');
    const [proof] = await proofsFor('苏0312');
    await expect(courtByThePage('苏0312', [toPublicJwk(other)])(proof!)).rejects.toThrow();
  });
});

describe('the example in docs/courts.md', () => {
  const proof = blockOf('text');
  const known = JSON.parse(/`(\{"kty".+?\})`/.exec(page)![1]!) as PublicJwk;
  // The thumbprint of RFC 8037, appendix A.3.
  const kid = 'kPrK_qmxVWaYVA9wwBF6Iuo3vVzz7TxHCTwXBygrS4k';

  beforeEach(() => {
    vi.useFakeTimers({ toFake: ['Date'], now: 1_517_385_610_000 });
  });
  afterEach(() => {
    vi.useRealTimers();
  });

  it('is a question of its hub', async () => {
    expect(await courtByThePage('苏0312', [{ ...known, kid }])(proof)).toMatchObject({ viewer });
  });

  it('says what is written beside it', () => {
    const [jws, disclosure] = proof.split('~') as [string, string];
    const said = [jws.split('.')[1]!, disclosure].map((text) => Buffer.from(text, 'base64url').toString());
    expect(said).toEqual(blockOf('json').split('\n'));
  });

  it('is stale half a minute later', async () => {
    vi.setSystemTime(1_517_385_631_000);
    await expect(courtByThePage('苏0312', [{ ...known, kid }])(proof)).rejects.toThrow();
  });
});
