import { generateKeyPairSync, createPublicKey, sign, type KeyObject } from 'node:crypto';
import { compactVerify, importJWK } from 'jose';
import { expect, it } from 'vitest';

import { bodyHash, readProof, signProof, toPublicJwk, toSigningKey, type ProofClaims } from '../../../common/proof.ts';

const { privateKey } = generateKeyPairSync('ed25519');
const key = toSigningKey(privateKey);
const publicKey = createPublicKey(privateKey);
const claims: ProofClaims = {
  aud: '苏0312',
  htm: 'POST',
  htu: '/graphql',
  bh: bodyHash('{}'),
  iat: 1_517_385_600.25,
  jti: 'once',
  viewer: { subject: 'judge-1', role: 'JUDGE' },
};
const keyOf = (kid: string): KeyObject | undefined => (kid === key.kid ? publicKey : undefined);
const encode = (value: object) => Buffer.from(JSON.stringify(value)).toString('base64url');

/** As `signProof` makes it, with any head and body. */
function signed(head: object, body: object, by: KeyObject = privateKey): string {
  const text = `${encode(head)}.${encode(body)}`;
  return `${text}.${sign(null, Buffer.from(text), by).toString('base64url')}`;
}
const head = { alg: 'EdDSA', typ: 'nonet-proof+jwt', kid: key.kid };

it('says what was signed', () => {
  expect(readProof(signProof(key, claims), keyOf)).toEqual(claims);
});

it('is a JWS that any library reads', async () => {
  const { payload, protectedHeader } = await compactVerify(
    signProof(key, claims),
    await importJWK({ ...toPublicJwk(privateKey) }, 'EdDSA'),
  );
  expect(JSON.parse(Buffer.from(payload).toString())).toEqual(claims);
  expect(protectedHeader.alg).toBe('EdDSA');
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

const proof = signProof(key, claims);
const [first, second, third] = proof.split('.') as [string, string, string];
const { privateKey: otherKey } = generateKeyPairSync('ed25519');
const withoutJti = { ...claims, jti: undefined };

it.each([
  ['nothing', ''],
  ['no JWS', 'a.b'],
  ['a fourth part', `${proof}.x`],
  ['another body', `${first}.${encode({ ...claims, aud: 'bank' })}.${third}`],
  ['another signature', `${first}.${second}.${sign(null, Buffer.from('x'), privateKey).toString('base64url')}`],
  ['a key that is not known', signed({ ...head, kid: toSigningKey(otherKey).kid }, claims, otherKey)],
  ['a known name for another key', signed(head, claims, otherKey)],
  ['no algorithm', `${encode({ ...head, alg: 'none' })}.${second}.`],
  ['another algorithm', signed({ ...head, alg: 'HS256' }, claims)],
  ['another type', signed({ ...head, typ: 'JWT' }, claims)],
  ['a key of its own', signed({ alg: 'EdDSA', typ: head.typ, jwk: toPublicJwk(otherKey) }, claims, otherKey)],
  ['no jti', signed(head, withoutJti)],
  ['a time that is text', signed(head, { ...claims, iat: '1517385600' })],
  ['a viewer that is none', signed(head, { ...claims, viewer: 'judge' })],
  ['a body that is no object', signed(head, [])],
  ['too much', signed(head, { ...claims, viewer: { subject: 'x'.repeat(10_000) } })],
])('is refused with %s', (__, text) => {
  expect(readProof(text, keyOf)).toBeNull();
});
