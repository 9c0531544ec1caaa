import { createHmac, createSign, generateKeyPairSync } from 'node:crypto';

import { CompactSign, exportSPKI, importJWK } from 'jose';
import { describe, expect, test } from 'vitest';

import { createAuthenticate, leewayS, longestToken, type TokenFault } from '../../../../gateway/viewer/authenticate.ts';
import { createKeySet } from '../../../../gateway/viewer/key-set.ts';
import { tokenAlgorithms, type TokenAlgorithm } from '../../../../gateway/viewer/keys.ts';
import { Refusal } from '../../../../gateway/http/refusals.ts';
import { audienceName, issuerName, judgeClaims, makeKey, sign, type IssuerKey } from '../../../support/issuer.ts';

const key = await makeKey('one');
const rsa = await makeKey('rsa', 'RS256');
const stranger = await makeKey('one');
const other = await makeKey('two');
const nowS = 1_800_000_000;

function open(keys: readonly IssuerKey[] = [key, rsa], algorithms: readonly TokenAlgorithm[] = tokenAlgorithms) {
  const read = () => Promise.resolve({ keys: keys.map(({ shown }) => shown) });
  const clock = { nowS };
  const authenticate = createAuthenticate({
    issuer: issuerName,
    audience: audienceName,
    algorithms,
    keys: createKeySet({ read }),
    now: () => clock.nowS * 1000,
  });
  return { clock, authenticate };
}

/** Headers as a client sends them, some of them still being made. */
type Headers = readonly (string | Promise<string>)[];

const whole = (headers: Headers) => Promise.all(headers.map(async (header) => await header));

/** What became of a request with these headers: the viewer's subject, or the code and the reason of the refusal. */
async function outcome(authorization: Headers, { authenticate } = open()): Promise<string> {
  try {
    return (await authenticate(await whole(authorization))).subject;
  } catch (error) {
    if (!(error instanceof Refusal)) throw error;
    return `${error.code} ${error.reason ?? ''}`;
  }
}

/** One header with a token. */
const bearer = (token: Promise<string>): Headers => [token.then((text) => `Bearer ${text}`)];
const encoded = (value: unknown) => Buffer.from(JSON.stringify(value)).toString('base64url');
const claims = { iss: issuerName, aud: audienceName, exp: nowS + 60, ...judgeClaims };

const [head = '', body = '', signature = ''] = (await sign(key, { nowS })).split('.');
const flipped = (text: string) => (text.startsWith('A') ? 'B' : 'A') + text.slice(1);
const spki = await exportSPKI(await asPublic(rsa));
const hmac = (alg: string, secret: string, kid: string) => {
  const signed = `${encoded({ alg, kid })}.${encoded(claims)}`;
  return `${signed}.${createHmac('sha256', secret).update(signed).digest('base64url')}`;
};

describe('a token of the issuer', () => {
  test('tells the viewer', async () => {
    const officer = { task_forces: ['tf-1'], work_id: '苏0312-G001', duty_certificate: '苏0312-执001' };
    const { authenticate } = open();
    expect(await authenticate([`Bearer ${await sign(key, { nowS, claims: officer })}`])).toEqual({
      subject: 'u-17',
      role: 'judge',
      court: '苏0312',
      taskForces: ['tf-1'],
      workId: '苏0312-G001',
      dutyCertificate: '苏0312-执001',
    });
  });

  test.each(['EdDSA', 'ES256', 'ES384', 'ES512', 'PS256', 'RS256', 'RS512'])('may be signed by %s', async (alg) => {
    const own = await makeKey('own', alg);
    expect(await outcome(bearer(sign(own, { nowS })), open([own]))).toBe('u-17');
  });

  test.each(['bearer ', 'BEARER ', 'Bearer   '])('may stand behind %j', async (scheme) => {
    expect(await outcome([`${scheme}${await sign(key, { nowS })}`])).toBe('u-17');
  });

  test.each(['JWT', 'at+jwt', 'application/at+jwt', undefined])('may be of the type %j', async (typ) => {
    expect(await outcome(bearer(sign(key, { nowS, header: { ...(typ && { typ }) } })))).toBe('u-17');
  });

  test('may be for several audiences', async () => {
    expect(await outcome(bearer(sign(key, { nowS, claims: { aud: ['other', audienceName] } })))).toBe('u-17');
  });
});

describe('time', () => {
  test.each([
    [`holds for ${leewayS} s after its end`, { ttlS: 60 }, 60 + leewayS - 1, 'u-17'],
    ['is over then', { ttlS: 60 }, 60 + leewayS, 'UNAUTHENTICATED EXPIRED'],
    ['has to have an end', { claims: { exp: undefined } }, 0, 'UNAUTHENTICATED CLAIMS'],
    ['has to have an end that is a number', { claims: { exp: 'never' } }, 0, 'UNAUTHENTICATED CLAIMS'],
    ['may begin a little later', { claims: { nbf: nowS + leewayS } }, 0, 'u-17'],
    ['is refused before it begins', { claims: { nbf: nowS + leewayS + 1 } }, 0, 'UNAUTHENTICATED NOT_YET'],
  ])('a token %s', async (_, options, passedS, expected) => {
    const opened = open();
    opened.clock.nowS += passedS;
    expect(await outcome(bearer(sign(key, { nowS, ...options })), opened)).toBe(expected);
  });

  test('the leeway is thirty seconds at most', () => expect(leewayS).toBeLessThanOrEqual(30));
});

describe('refused is', () => {
  test.each<readonly [string, Headers, TokenFault]>([
    ['no header', [], 'NO_TOKEN'],
    ['an empty header', [''], 'NO_TOKEN'],
    ['a name and a word', ['Basic dTpw'], 'MALFORMED'],
    ['a scheme alone', ['Bearer'], 'MALFORMED'],
    ['no scheme', [`${head}.${body}.${signature}`], 'MALFORMED'],
    ['two headers', [`Bearer ${head}.${body}.${signature}`, 'Bearer x'], 'MALFORMED'],
    ['two tokens', [`Bearer ${head}.${body}.${signature} ${head}.${body}.${signature}`], 'MALFORMED'],
    ['no token but some text', ['Bearer hello'], 'MALFORMED'],
    ['nothing signed', [`Bearer ${head}.${body}`], 'MALFORMED'],
    ['five parts', [`Bearer ${head}.${body}.${signature}.${head}.${body}`], 'MALFORMED'],
    ['an empty signature', [`Bearer ${head}.${body}.`], 'SIGNATURE'],
    ['another signature', [`Bearer ${head}.${body}.${flipped(signature)}`], 'SIGNATURE'],
    ['another payload', [`Bearer ${head}.${encoded({ ...claims, role: 'auditor' })}.${signature}`], 'SIGNATURE'],
    ['a payload that is no object', bearer(compact('[]')), 'MALFORMED'],
    ['a payload that is no JSON', bearer(compact('{"sub"')), 'MALFORMED'],
    ['what somebody else signed under our name', bearer(sign(stranger, { nowS })), 'SIGNATURE'],
    ['alg none', [`Bearer ${encoded({ alg: 'none', kid: 'one' })}.${encoded(claims)}.`], 'ALGORITHM'],
    ['alg None', [`Bearer ${encoded({ alg: 'None', kid: 'one' })}.${encoded(claims)}.${signature}`], 'ALGORITHM'],
    ['no alg', [`Bearer ${encoded({ kid: 'one' })}.${encoded(claims)}.${signature}`], 'MALFORMED'],
    ['HS256 under the public key', [`Bearer ${hmac('HS256', spki, 'rsa')}`], 'ALGORITHM'],
    [
      'HS256 under the name of the public key',
      [`Bearer ${hmac('HS256', JSON.stringify(rsa.shown), 'rsa')}`],
      'ALGORITHM',
    ],
    ['HS256 under nothing', [`Bearer ${hmac('HS256', '', 'one')}`], 'ALGORITHM'],
    ['an algorithm that the key is not for', bearer(sign(key, { nowS, header: { kid: 'rsa' } })), 'UNKNOWN_KEY'],
    ['an unknown key', bearer(sign(other, { nowS })), 'UNKNOWN_KEY'],
    ...[
      '../../../dev/null',
      '/etc/passwd',
      'https://evil.example/keys',
      "one' OR '1'='1",
      'one\u0000',
      '__proto__',
      'ONE',
    ].map(
      (kid) =>
        [`the key ${JSON.stringify(kid)}`, bearer(sign(stranger, { nowS, header: { kid } })), 'UNKNOWN_KEY'] as const,
    ),
    ['no kid', bearer(sign(key, { nowS, header: { kid: undefined } })), 'HEADER'],
    ['an empty kid', bearer(sign(key, { nowS, header: { kid: '' } })), 'HEADER'],
    ['a kid that is no text', bearer(sign(key, { nowS, header: { kid: ['one'] } })), 'HEADER'],
    ['its own key', bearer(sign(stranger, { nowS, header: { jwk: stranger.shown } })), 'HEADER'],
    ['the address of its key', bearer(sign(key, { nowS, header: { jku: 'https://evil.example' } })), 'HEADER'],
    ['the address of its certificate', bearer(sign(key, { nowS, header: { x5u: 'https://evil' } })), 'HEADER'],
    ['its own certificate', bearer(sign(key, { nowS, header: { x5c: ['AAAA'] } })), 'HEADER'],
    ['a token that ends a session', bearer(sign(key, { nowS, header: { typ: 'logout+jwt' } })), 'HEADER'],
    ['what has to be understood and is not', bearer(withCritical()), 'MALFORMED'],
    ['another issuer', bearer(sign(key, { nowS, claims: { iss: `${issuerName}/` } })), 'ISSUER'],
    ['no issuer', bearer(sign(key, { nowS, claims: { iss: undefined } })), 'ISSUER'],
    ['another audience', bearer(sign(key, { nowS, claims: { aud: 'other' } })), 'AUDIENCE'],
    ['no audience', bearer(sign(key, { nowS, claims: { aud: undefined } })), 'AUDIENCE'],
    ['no subject', bearer(sign(key, { nowS, claims: { sub: undefined } })), 'CLAIMS'],
    ['no role', bearer(sign(key, { nowS, claims: { role: undefined } })), 'CLAIMS'],
    ['a role that is none', bearer(sign(key, { nowS, claims: { role: 'root' } })), 'CLAIMS'],
    ['an identity number', bearer(sign(key, { nowS, claims: { sub: '11010519491231002X' } })), 'CLAIMS'],
    ['more than is looked at', bearer(sign(key, { nowS, claims: { more: 'x'.repeat(longestToken) } })), 'MALFORMED'],
  ])('%s', async (_, authorization, reason) => {
    expect(await outcome(authorization)).toBe(`UNAUTHENTICATED ${reason}`);
  });

  test('an algorithm that was left out of the settings', async () => {
    const opened = open([key, rsa], ['ES256']);
    expect(await outcome(bearer(sign(rsa, { nowS })), opened)).toBe('UNAUTHENTICATED ALGORITHM');
    expect(await outcome(bearer(sign(key, { nowS })), opened)).toBe('u-17');
  });

  test('a short key, and a secret, even when the issuer shows them', async () => {
    const { privateKey, publicKey } = generateKeyPairSync('rsa', { modulusLength: 1024 });
    const signed = `${encoded({ alg: 'RS256', kid: 'short' })}.${encoded(claims)}`;
    const short = `${signed}.${createSign('sha256').update(signed).sign(privateKey, 'base64url')}`;
    const shown = { ...publicKey.export({ format: 'jwk' }), kid: 'short', alg: 'RS256' };
    const secret = { kty: 'oct', k: Buffer.from('secret').toString('base64url'), kid: 'secret', alg: 'HS256' };
    const opened = open([key, { ...key, shown }, { ...key, shown: secret }]);
    expect(await outcome([`Bearer ${short}`], opened)).toBe('UNAUTHENTICATED UNKNOWN_KEY');
    expect(await outcome([`Bearer ${hmac('HS256', 'secret', 'secret')}`], opened)).toBe('UNAUTHENTICATED ALGORITHM');
  });

  test('every token, in the same words, with the header that asks for one', async () => {
    const { authenticate } = open();
    const refusalOf = async (authorization: Headers): Promise<Refusal> => {
      const fault: unknown = await authenticate(await whole(authorization)).catch((error: unknown) => error);
      if (fault instanceof Refusal) return fault;
      throw new Error('expected a refusal.');
    };
    const unknown = await refusalOf(bearer(sign(other, { nowS })));
    const forged = await refusalOf(bearer(sign(stranger, { nowS })));
    expect(unknown.message).toBe(forged.message);
    expect(forged.headers).toEqual({ 'www-authenticate': 'Bearer error="invalid_token"' });
    expect((await refusalOf([])).headers).toEqual({ 'www-authenticate': 'Bearer' });
    // That it is over is told only of a token that was truly signed.
    expect((await refusalOf(bearer(sign(key, { nowS: 1 })))).message).toMatch(/^The token has expired\./);
    expect((await refusalOf(bearer(sign(stranger, { nowS: 1 })))).message).toBe(forged.message);
  });
});

async function asPublic({ shown, alg }: IssuerKey) {
  const imported = await importJWK(shown, alg);
  if (imported instanceof Uint8Array) throw new Error('A secret is no public key.');
  return imported;
}

function compact(payload: string): Promise<string> {
  return new CompactSign(Buffer.from(payload)).setProtectedHeader({ alg: 'ES256', kid: 'one' }).sign(key.signing);
}

function withCritical(): Promise<string> {
  return new CompactSign(Buffer.from(JSON.stringify(claims)))
    .setProtectedHeader({ alg: 'ES256', kid: 'one', crit: ['nonet'], nonet: true })
    .sign(key.signing, { crit: { nonet: true } });
}
