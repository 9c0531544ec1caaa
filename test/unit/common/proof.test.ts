import { generateKeyPairSync, createPublicKey, sign, type KeyObject } from 'node:crypto';
import { property, assert, string, constantFrom, tuple, nat } from 'fast-check';
import { describe, expect, it } from 'vitest';

import {
  readProof,
  signProofs,
  toPublicJwk,
  toSigningKey,
  type LeavingQuestion,
  type ProofClaims,
} from '../../../common/proof.ts';
import { mostTaskForces, parseViewer, toClaims } from '../../../common/viewer.ts';
import {
  digestOf,
  disclosureOf,
  encoded,
  handmadeProof,
  headBy,
  jwsOf,
  payloadOf,
} from '../../support/handmade-proof.ts';

const { privateKey } = generateKeyPairSync('ed25519');
const key = toSigningKey(privateKey);
const publicKey = createPublicKey(privateKey);
const keyOf = (kid: string): KeyObject | undefined => (kid === key.kid ? publicKey : undefined);
const read = (proof: string) => readProof(proof, keyOf);

const iat = 1_517_385_600.25;
const viewer = { sub: 'judge-1', role: 'judge', court: '苏0312' };
const question = { aud: '苏0312', htm: 'POST', htu: '/graphql?a="b"', bh: digestOf('{}') };
const toCourt: LeavingQuestion = { ...question, viewer: JSON.stringify(viewer) };
const toBank: LeavingQuestion = { ...question, aud: 'bank', viewer: null };
const partsOf = (proof: string) => proof.split('~') as [string, string, string];

describe('questions that leave together', () => {
  it('have one signature, and each says what was signed of it alone', () => {
    const proofs = signProofs(key, iat, [toCourt, toBank, toCourt]);
    expect(new Set(proofs.map((proof) => partsOf(proof)[0])).size).toBe(1);
    const salt = expect.stringMatching(/^[\w-]{22}$/) as string;
    expect(proofs.map(read)).toEqual([
      { ...question, iat, salt, viewer },
      { ...question, aud: 'bank', iat, salt, viewer: null },
      { ...question, iat, salt, viewer },
    ]);
  });

  it('have salts of their own, at every time', () => {
    const proofs = [...signProofs(key, iat, [toCourt, toCourt]), ...signProofs(key, iat, [toCourt])];
    expect(new Set(proofs.map((proof) => read(proof)!.salt)).size).toBe(3);
  });

  it('are signed in the order in which they were put, by digests and nothing else', () => {
    const proofs = signProofs(key, iat, [toCourt, toBank]);
    const payload = partsOf(proofs[0]!)[0].split('.')[1]!;
    const disclosures = proofs.map((proof) => partsOf(proof)[1]);
    expect(JSON.parse(Buffer.from(payload, 'base64url').toString())).toEqual(payloadOf(iat, disclosures));
  });

  it('are none where there is none', () => {
    expect(signProofs(key, iat, [])).toEqual([]);
  });

  it('are signed by 16, and no more', () => {
    const proofs = signProofs(key, iat, Array<LeavingQuestion>(70).fill(toCourt));
    expect(proofs.map(read)).not.toContain(null);
    const sizes = new Map<string, number>();
    for (const [jws] of proofs.map(partsOf)) sizes.set(jws, (sizes.get(jws) ?? 0) + 1);
    expect([...sizes.values()]).toEqual([16, 16, 16, 16, 6]);
  });

  it('are all read, however many they are and whoever is the viewer', () => {
    const claims = {
      sub: '"'.repeat(128),
      role: 'task-force-member',
      court: '苏0312',
      task_forces: Array.from({ length: mostTaskForces }, (_, at) => `x${at}`.padEnd(64, 'x')),
      work_id: 'w'.repeat(64),
      duty_certificate: 'd'.repeat(64),
    };
    const big = { ...toCourt, viewer: JSON.stringify(toClaims(parseViewer(claims))) };
    expect(big.viewer.length).toBeGreaterThan(4_700);
    for (const before of [0, 1, 5, 31]) {
      const all = [...Array<LeavingQuestion>(before).fill(toBank), ...Array<LeavingQuestion>(40).fill(big)];
      const proofs = signProofs(key, iat, all);
      expect(Math.max(...proofs.map(({ length }) => length))).toBeLessThanOrEqual(8 * 1024);
      expect(proofs.map((proof) => read(proof)?.aud)).toEqual(all.map(({ aud }) => aud));
      // With so much told of the viewer each has a signature of its own.
      expect(new Set(proofs.map((proof) => partsOf(proof)[0])).size).toBeGreaterThanOrEqual(40);
    }
  });

  it('are made no longer by others than half of what is read, so that servers and proxies with little room take them', () => {
    for (let length = 10; length < 4_000; length += 97) {
      const long = { ...toBank, viewer: JSON.stringify({ sub: 'x'.repeat(length) }) };
      const [alone] = signProofs(key, iat, [long]);
      for (const proof of signProofs(key, iat, Array<LeavingQuestion>(32).fill(long))) {
        expect(proof.length).toBeLessThanOrEqual(Math.max(alone!.length, 4 * 1024));
      }
    }
  });

  it('bind what they bind whatever the text of a viewer is', () => {
    const [proof] = signProofs(key, iat, [{ ...toCourt, viewer: 'null,"aud":"bank"' }]);
    expect(read(proof!)?.aud).toBe('苏0312');
  });

  it('are as long as they may be, and no longer', () => {
    for (let length = 5_000; length < 6_000; length += 7) {
      const long = { ...toBank, viewer: JSON.stringify({ sub: 'x'.repeat(length) }) };
      const [alone] = signProofs(key, iat, [long]);
      for (const proof of signProofs(key, iat, [long, long, long])) {
        expect(proof.length > 8 * 1024).toBe(alone!.length > 8 * 1024);
      }
    }
  });
});

it('names its key by the thumbprint of RFC 8037, appendix A.3', () => {
  const known = createPublicKey({
    key: { kty: 'OKP', crv: 'Ed25519', x: '11qYAYKxCrfVS_7TyWQHOg7hcvPapiMlrwIaaPcHURo' },
    format: 'jwk',
  });
  expect(toPublicJwk(known).kid).toBe('kPrK_qmxVWaYVA9wwBF6Iuo3vVzz7TxHCTwXBygrS4k');
});

it('takes no other kind of key', () => {
  const { privateKey: rsa } = generateKeyPairSync('rsa', { modulusLength: 2048 });
  expect(() => toSigningKey(rsa)).toThrow('Ed25519');
});

const claims: ProofClaims = { ...question, iat, salt: 'once', viewer };
const [proof, beside] = signProofs(key, iat, [toCourt, toBank]) as [string, string];
const [jws, disclosure] = partsOf(proof);
const [first, second, third] = jws.split('.') as [string, string, string];
const [otherJws, otherDisclosure] = partsOf(signProofs(key, iat, [toCourt])[0]!);
const { privateKey: otherKey } = generateKeyPairSync('ed25519');
const head = headBy(key);
const own = disclosureOf(claims);
const payload = payloadOf(iat, [own]);

/** With another head, signature or list of digests. */
const signed = (changed: object, headed: object = head, by = privateKey) =>
  `${jwsOf(headed, { ...payload, ...changed }, by)}~${own}~`;
/** What is disclosed is signed, whatever it is. */
const disclosing = (value: unknown) => {
  const text = encoded(value);
  return `${jwsOf(head, payloadOf(iat, [text]), privateKey)}~${text}~`;
};
const { salt } = claims;
const value = { ...question, viewer };
const broken = `${first}.${Buffer.from('{').toString('base64url')}`;
const brokenJws = `${broken}.${sign(null, Buffer.from(broken), privateKey).toString('base64url')}`;

it('is read as it is put together by hand', () => {
  expect(read(handmadeProof(key, claims))).toEqual(claims);
  expect(read(signed({}))).toEqual(claims);
  expect(read(disclosing([salt, value]))).toEqual(claims);
});

it('is read beside whatever other digests', () => {
  const questions = [{ '...': digestOf('decoy') }, ...payload.questions, { '...': digestOf('another') }];
  expect(read(signed({ questions }))).toEqual(claims);
});

it.each([
  ['nothing', ''],
  ['no JWS', 'a.b'],
  ['no JWS before what is disclosed', `a.b~${disclosure}~`],
  ['tildes alone', '~~'],
  ['more tildes than anybody counts', '~'.repeat(8_000)],
  ['a fourth part of the JWS', `${jws}.x~${disclosure}~`],
  ['another payload', `${first}.${encoded({ ...payload, iat: iat + 1 })}.${third}~${own}~`],
  [
    'another signature',
    `${first}.${second}.${sign(null, Buffer.from('x'), privateKey).toString('base64url')}~${disclosure}~`,
  ],
  ['no signature', `${first}.${second}.~${disclosure}~`],
  ['a key that is not known', signed({}, headBy(toSigningKey(otherKey)), otherKey)],
  ['a known name for another key', signed({}, head, otherKey)],
  ['no algorithm', `${encoded({ ...head, alg: 'none' })}.${second}.~${disclosure}~`],
  ['another algorithm', signed({}, { ...head, alg: 'HS256' })],
  ['another type', signed({}, { ...head, typ: 'nonet-proof+jwt' })],
  ['something that has to be understood', signed({}, { ...head, crit: ['b64'], b64: false })],
  ['a key of its own', signed({}, { alg: 'EdDSA', typ: head.typ, jwk: toPublicJwk(otherKey) }, otherKey)],
  ['nothing disclosed', `${jws}~`],
  ['an empty disclosure', `${jws}~~`],
  ['a JWS alone', jws],
  ['a disclosure that does not end', `${jws}~${disclosure}`],
  ['the disclosure of another signature', `${jws}~${otherDisclosure}~`],
  ['the signature of another disclosure', `${otherJws}~${disclosure}~`],
  ['a disclosure of somebody’s own', `${jws}~${encoded([salt, { ...value, aud: 'bank' }])}~`],
  ['a disclosure that is written otherwise', `${jws}~${disclosure}=~`],
  ['a disclosure with a letter that is none', `${jws}~${disclosure}ä~`],
  ['two disclosures', `${jws}~${disclosure}~${partsOf(beside)[1]}~`],
  ['the same disclosure twice', `${jws}~${disclosure}~${disclosure}~`],
  ['the word of a holder', `${proof}${jwsOf({ alg: 'EdDSA', typ: 'kb+jwt' }, { nonce: '1' }, otherKey)}`],
  ['a digest that is not in the list', signed({ questions: [{ '...': digestOf('other') }] })],
  ['a digest that is in the list twice', signed({ questions: [...payload.questions, ...payload.questions] })],
  ['an empty list', signed({ questions: [] })],
  ['no list', signed({ questions: undefined })],
  ['a list that is text', signed({ questions: digestOf(own) })],
  ['digests that stand bare', signed({ questions: [digestOf(own)] })],
  ['digests by another name', signed({ questions: [{ _sd: digestOf(own) }] })],
  ['digests of another kind', signed({ _sd_alg: 'sha-512' })],
  ['digests of no kind', signed({ _sd_alg: undefined })],
  ['a time that is text', signed({ iat: '1517385600' })],
  ['no time', signed({ iat: undefined })],
  ['a payload that is no object', `${jwsOf(head, [], privateKey)}~${own}~`],
  ['a payload that is no JSON', `${brokenJws}~${own}~`],
  [
    'what the hub signed before',
    jwsOf({ ...head, typ: 'nonet-proof+jwt' }, { ...value, iat, jti: 'once' }, privateKey),
  ],
  ['no salt', disclosing([value])],
  ['a salt that is a number', disclosing([1, value])],
  ['a name beside the salt, as a property has', disclosing([salt, 'question', value])],
  ['what is disclosed as an object', disclosing(value)],
  ['nothing in what is disclosed', disclosing([salt, null])],
  ['no body’s digest', disclosing([salt, { ...value, bh: undefined }])],
  ['no audience', disclosing([salt, { ...value, aud: undefined }])],
  ['a method that is none', disclosing([salt, { ...value, htm: ['POST'] }])],
  ['a path that is none', disclosing([salt, { ...value, htu: 1 }])],
  ['a viewer that is none', disclosing([salt, { ...value, viewer: 'judge' }])],
  ['a list of viewers', disclosing([salt, { ...value, viewer: [viewer] }])],
  ['too much', disclosing([salt, { ...value, viewer: { subject: 'x'.repeat(6_000) } }])],
])('is refused with %s', (__, text) => {
  expect(read(text)).toBeNull();
});

it('is refused whatever letter of it is another one, and nothing is thrown', () => {
  // The last letters of a signature hold bits that say nothing; what they prove is the same.
  const without = first.length + second.length + third.length;
  const letters = constantFrom(...'A Z a z 0 9 - _ . ~ = " { [ ä'.split(' '), ' ');
  assert(
    property(nat(proof.length - 2), letters, (at, letter) => {
      const text = proof.slice(0, at) + letter + proof.slice(at + 1);
      expect(text === proof || at === without + 1 || read(text) === null).toBe(true);
    }),
    { numRuns: 400 },
  );
  assert(property(tuple(string(), string(), string()), (parts) => read(parts.join('~')) === null));
});
