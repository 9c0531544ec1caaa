/** An issuer as a court would run one: it signs tokens, and shows its keys over HTTP. */

import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { exportJWK, generateKeyPair, SignJWT, type CryptoKey, type JWK, type JWTPayload } from 'jose';

/** One key of it: signs, and is shown to whoever verifies. */
export interface IssuerKey {
  readonly alg: string;
  readonly kid: string;
  readonly signing: CryptoKey;
  readonly shown: JWK;
}

/** What a token is from and for, unless a test says otherwise. */
export const issuerName = 'https://issuer.court.example';
export const audienceName = 'nonet';

/** Who shows it, unless a test says otherwise. */
export const judgeClaims: JWTPayload = { sub: 'u-17', role: 'judge', court: '苏0312' };

/** A pair of keys under a name. */
export async function makeKey(kid: string, alg = 'ES256'): Promise<IssuerKey> {
  const { publicKey, privateKey } = await generateKeyPair(alg, { extractable: true });
  return { alg, kid, signing: privateKey, shown: { ...(await exportJWK(publicKey)), kid, alg, use: 'sig' } };
}

export interface TokenOptions {
  readonly claims?: Readonly<Record<string, unknown>>;
  /** Beside `alg` and `kid`, or in their place. */
  readonly header?: Readonly<Record<string, unknown>>;
  /** Seconds since 1970. */
  readonly nowS?: number;
  readonly ttlS?: number;
}

/** A token of the issuer; a claim given as undefined is left out. */
export function sign(key: IssuerKey, options: TokenOptions = {}): Promise<string> {
  const { claims, header, nowS = Math.floor(Date.now() / 1000), ttlS = 300 } = options;
  const all = { iss: issuerName, aud: audienceName, iat: nowS, exp: nowS + ttlS, ...judgeClaims, ...claims };
  return new SignJWT(all).setProtectedHeader({ alg: key.alg, kid: key.kid, ...header }).sign(key.signing);
}

export interface JwksServer extends AsyncDisposable {
  readonly url: URL;
  /** How often it was asked. */
  asked(): number;
  /** What it answers from now on: these keys; or an HTTP status, some text, or nothing at all. */
  show(what: readonly IssuerKey[] | { status: number } | { text: string } | 'silence'): void;
}

/** Serves keys on loopback. */
export async function serveKeys(keys: readonly IssuerKey[]): Promise<JwksServer> {
  let shown: Parameters<JwksServer['show']>[0] = keys;
  let asked = 0;
  const server = createServer((_request, response) => {
    asked += 1;
    if (shown === 'silence') return;
    const status = 'status' in shown ? shown.status : 200;
    const text = 'text' in shown ? shown.text : 'status' in shown ? '' : toJwks(shown);
    response.writeHead(status, { 'content-type': 'application/json' }).end(text);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    url: new URL(`http://127.0.0.1:${(server.address() as AddressInfo).port}/keys`),
    asked: () => asked,
    show: (what) => void (shown = what),
    async [Symbol.asyncDispose]() {
      server.closeAllConnections();
      // Closing it twice is no fault.
      await new Promise((closed) => server.close(closed));
    },
  };
}

/** A key set as text. */
export function toJwks(keys: readonly IssuerKey[]): string {
  return JSON.stringify({ keys: keys.map(({ shown }) => shown) });
}

/** An issuer for a gateway that a test starts: its settings as options, and a header with a token of it. */
export async function foundIssuer() {
  const key = await makeKey('one');
  const directory = mkdtempSync(join(tmpdir(), 'nonet-issuer-'));
  const file = join(directory, 'jwks.json');
  writeFileSync(file, toJwks([key]));
  return {
    key,
    file,
    args: [`--issuer=${issuerName}`, `--audience=${audienceName}`, `--jwks=${file}`],
    headers: { authorization: `Bearer ${await sign(key, { ttlS: 3_600 })}` },
    remove: () => rmSync(directory, { recursive: true, force: true }),
  };
}
