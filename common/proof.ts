/**
 * The proof that a question comes from a hub, and on whose behalf: a JWS (RFC 7515) signed with Ed25519 (RFC 8037) that binds
 * one HTTP request, after the manner of DPoP (RFC 9449): its method, path and body, whom it is meant for, when, and once.
 */

import { createHash, createPublicKey, sign, verify, type KeyObject } from 'node:crypto';

/** The header that carries it. */
export const proofHeader = 'nonet-proof';

/** What a proof says. */
export interface ProofClaims {
  /** Whom the question is meant for: a court's code, or an agency's or another subgraph's name. */
  readonly aud: string;
  /** Method and path of the request, the query string included. */
  readonly htm: string;
  readonly htu: string;
  /** SHA-256 of the body, base64url. */
  readonly bh: string;
  /** When it was signed, in seconds since 1970 with fractions (NumericDate, RFC 7519). */
  readonly iat: number;
  /** Different in every proof. */
  readonly jti: string;
  /** On whose behalf; absent where the hub asks of itself. */
  readonly viewer?: Readonly<Record<string, unknown>>;
}

/** A key that signs; `kid` is the thumbprint of its public half (RFC 7638). */
export interface SigningKey {
  readonly kid: string;
  readonly privateKey: KeyObject;
}

/** A public key as it stands in a key set (RFC 7517, RFC 8037). */
export interface PublicJwk {
  readonly kty: 'OKP';
  readonly crv: 'Ed25519';
  readonly x: string;
  readonly kid: string;
  readonly use: 'sig';
  readonly alg: 'EdDSA';
}

/** Takes an Ed25519 private key for signing; throws for a key of another kind. */
export function toSigningKey(privateKey: KeyObject): SigningKey {
  return { kid: toPublicJwk(privateKey).kid, privateKey };
}

/** The public half of a private key, or a public key, as it stands in a key set; throws for a key of another kind. */
export function toPublicJwk(key: KeyObject): PublicJwk {
  const { crv, x } = (key.type === 'private' ? createPublicKey(key) : key).export({ format: 'jwk' });
  if (crv !== 'Ed25519' || x === undefined) throw new Error('the key is not an Ed25519 key.');
  const kid = createHash('sha256').update(`{"crv":"Ed25519","kty":"OKP","x":"${x}"}`).digest('base64url');
  return { kty: 'OKP', crv: 'Ed25519', x, kid, use: 'sig', alg: 'EdDSA' };
}

/** The digest of a body as proofs state it. */
export function bodyHash(body: string | Uint8Array): string {
  return createHash('sha256').update(body).digest('base64url');
}

/** Signs a proof. */
export function signProof({ kid, privateKey }: SigningKey, claims: ProofClaims): string {
  const signed = `${headOf(kid)}.${encode(claims)}`;
  return `${signed}.${sign(null, Buffer.from(signed), privateKey).toString('base64url')}`;
}

/** What a proof says, when one of these keys signed it; null for anything else at all. */
export function readProof(proof: string, keyOf: (kid: string) => KeyObject | undefined): ProofClaims | null {
  if (proof.length > longest) return null;
  const [head, body, signature, ...rest] = proof.split('.');
  if (head === undefined || body === undefined || signature === undefined || rest.length > 0) return null;
  const kid = kidOf(decode(head));
  const key = kid === null ? undefined : keyOf(kid);
  if (!key || !verify(null, Buffer.from(`${head}.${body}`), key, Buffer.from(signature, 'base64url'))) return null;
  const claims = decode(body);
  return isClaims(claims) ? claims : null;
}

/** Far below what a program reads of headers (16 KiB). */
const longest = 8 * 1024;

/** One algorithm and no other: what a proof says of itself chooses nothing but the key. */
function kidOf(head: unknown): string | null {
  if (!isRecord(head)) return null;
  const { alg, typ, kid } = head;
  return alg === 'EdDSA' && typ === type && typeof kid === 'string' ? kid : null;
}

const type = 'nonet-proof+jwt';

/** The first part of all proofs of a key. */
function headOf(kid: string): string {
  const known = heads.get(kid);
  if (known !== undefined) return known;
  const head = encode({ alg: 'EdDSA', typ: type, kid });
  heads.set(kid, head);
  return head;
}

/** There are two at a time, while one follows the other. */
const heads = new Map<string, string>();

function isClaims(claims: unknown): claims is ProofClaims {
  if (!isRecord(claims)) return false;
  const { aud, htm, htu, bh, iat, jti, viewer } = claims;
  const texts = [aud, htm, htu, bh, jti];
  return (
    texts.every((text) => typeof text === 'string') &&
    typeof iat === 'number' &&
    (viewer === undefined || isRecord(viewer))
  );
}

function encode(value: object): string {
  return Buffer.from(JSON.stringify(value)).toString('base64url');
}

function decode(text: string): unknown {
  try {
    return JSON.parse(Buffer.from(text, 'base64url').toString());
  } catch {
    return null;
  }
}

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
