/**
 * The proof that a question comes from a hub, and on whose behalf: an SD-JWT (RFC 9901) signed with Ed25519 (RFC 8037). What is
 * signed is a digest of each question that leaves at one moment; with each goes that signature and what its own digest is of, so
 * that nobody reads another's. It binds one HTTP request after the manner of DPoP (RFC 9449): its method, path and body, whom it
 * is meant for, when, and once.
 */

import { createPublicKey, hash, randomFillSync, sign, verify, type KeyObject } from 'node:crypto';

/** The header that carries it. */
export const proofHeader = 'nonet-proof';

/** One request as it is proved. */
interface Bound {
  /** Whom the question is meant for: a court's code, or an agency's or another subgraph's name. */
  readonly aud: string;
  /** Method and path of the request, the query string included. */
  readonly htm: string;
  readonly htu: string;
  /** SHA-256 of the body, base64url. */
  readonly bh: string;
}

/** A question that is to be proved. */
export interface LeavingQuestion extends Bound {
  /** On whose behalf, as JSON text of our own making: it is put in as it is. Null where the hub asks of itself. */
  readonly viewer: string | null;
}

/** What a proof says. */
export interface ProofClaims extends Bound {
  /** When it was signed, in seconds since 1970 with fractions (NumericDate, RFC 7519). */
  readonly iat: number;
  /** Different in every proof; and by it nobody who sees a digest can try what it is of. */
  readonly salt: string;
  /** On whose behalf; null where the hub asks of itself. */
  readonly viewer: Readonly<Record<string, unknown>> | null;
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
  const kid = sha256(`{"crv":"Ed25519","kty":"OKP","x":"${x}"}`);
  return { kty: 'OKP', crv: 'Ed25519', x, kid, use: 'sig', alg: 'EdDSA' };
}

/** A digest as proofs state it, of a body and of what is disclosed alike. */
export function sha256(bytes: string | Uint8Array): string {
  return hash('sha256', bytes, 'base64url');
}

/** Signs questions that leave at one moment, with one signature as far as it goes; their proofs, in the order of the questions. */
export function signProofs(key: SigningKey, iat: number, questions: readonly LeavingQuestion[]): readonly string[] {
  const disclosures = questions.map((question) => toDisclosure(question, newSalt()));
  const proofs: string[] = [];
  while (proofs.length < disclosures.length) {
    const together = disclosures.slice(proofs.length, endOfBatch(disclosures, proofs.length));
    const jws = signTogether(key, iat, together);
    for (const disclosure of together) proofs.push(`${jws}~${disclosure}~`);
  }
  return proofs;
}

/** What a proof says, when one of these keys signed it; null for anything else at all. */
export function readProof(proof: string, keyOf: (kid: string) => KeyObject | undefined): ProofClaims | null {
  if (proof.length > longest) return null;
  // One question is shown; after the last ~ there would be the word of a holder, and a proof has none.
  const [jws, disclosure, binding, ...others] = proof.split('~', 4);
  if (jws === undefined || disclosure === undefined || binding !== '' || others.length > 0) return null;
  const payload = readSigned(jws, keyOf);
  if (!isRecord(payload)) return null;
  const { iat, _sd_alg: digestsBy, questions } = payload;
  if (typeof iat !== 'number' || digestsBy !== 'sha-256' || !isOnceIn(questions, sha256(disclosure))) return null;
  return toClaims(decode(disclosure), iat);
}

const saltBytes = 16;

/** Drawn for many at once, since to draw costs as much for one; each is used once and wiped. */
const salts = Buffer.allocUnsafeSlow(256 * saltBytes);
let usedOfSalts = salts.length;

function newSalt(): string {
  if (usedOfSalts === salts.length) {
    randomFillSync(salts);
    usedOfSalts = 0;
  }
  const [from, end] = [usedOfSalts, usedOfSalts + saltBytes];
  const salt = salts.toString('base64url', from, end);
  salts.fill(0, from, end);
  usedOfSalts = end;
  return salt;
}

/** Far below what our programs read of headers (16 KiB). */
const longest = 8 * 1024;

/** As far as questions are put under one signature: many servers and proxies read no more than 8 KiB of all headers together. */
const longestTogether = 4 * 1024;

/** A city's courts and agencies, and some; every question carries the digests of all. */
const mostTogether = 16;

/** What a proof of one question is long, but for what it discloses; and what each question more adds to all of them. */
const lengths = { signature: 400, digest: 72 };

/** How far one signature goes. Nobody's proof gets long by the questions beside it, whoever is the viewer. */
function endOfBatch(disclosures: readonly string[], from: number): number {
  const last = Math.min(disclosures.length, from + mostTogether);
  let widest = 0;
  for (let end = from; end < last; end += 1) {
    widest = Math.max(widest, disclosures[end]!.length);
    if (end > from && lengths.signature + lengths.digest * (end - from) + widest > longestTogether) return end;
  }
  return last;
}

/** By hand: it is written for every question. */
function toDisclosure({ aud, htm, htu, bh, viewer }: LeavingQuestion, salt: string): string {
  const bound = `"aud":${JSON.stringify(aud)},"htm":${JSON.stringify(htm)},"htu":${JSON.stringify(htu)},"bh":"${bh}"`;
  // First: whatever stands in it, what the question is bound to comes after it and counts.
  const shown = viewer === null ? '' : `"viewer":${viewer},`;
  return Buffer.from(`["${salt}",{${shown}${bound}}]`).toString('base64url');
}

function signTogether({ kid, privateKey }: SigningKey, iat: number, disclosures: readonly string[]): string {
  let digests = '';
  for (const disclosure of disclosures) digests += `${digests && ','}{"...":"${sha256(disclosure)}"}`;
  const payload = Buffer.from(`{"iat":${iat},"_sd_alg":"sha-256","questions":[${digests}]}`, 'latin1');
  const signed = `${headOf(kid)}.${payload.toString('base64url')}`;
  return `${signed}.${sign(null, Buffer.from(signed, 'latin1'), privateKey).toString('base64url')}`;
}

/** What was signed; null when it was not by one of these keys. */
function readSigned(jws: string, keyOf: (kid: string) => KeyObject | undefined): unknown {
  const [head, body, signature, ...others] = jws.split('.', 4);
  if (head === undefined || body === undefined || signature === undefined || others.length > 0) return null;
  const kid = kidOf(decode(head));
  const key = kid === null ? undefined : keyOf(kid);
  if (!key || !verify(null, Buffer.from(`${head}.${body}`), key, Buffer.from(signature, 'base64url'))) return null;
  return decode(body);
}

/** Whether a digest is one of those, and one alone. */
function isOnceIn(questions: unknown, digest: string): boolean {
  if (!Array.isArray(questions)) return false;
  let times = 0;
  for (const question of questions as readonly unknown[]) {
    if (isRecord(question) && question['...'] === digest) times += 1;
  }
  return times === 1;
}

/** What is disclosed of an element of a list: a salt and the element. */
function toClaims(disclosed: unknown, iat: number): ProofClaims | null {
  if (!Array.isArray(disclosed) || disclosed.length !== 2) return null;
  const [salt, value] = disclosed as readonly unknown[];
  if (typeof salt !== 'string' || !isRecord(value)) return null;
  const { aud, htm, htu, bh, viewer = null } = value;
  if (typeof aud !== 'string' || typeof htm !== 'string' || typeof htu !== 'string' || typeof bh !== 'string')
    return null;
  return viewer === null || isRecord(viewer) ? { aud, htm, htu, bh, iat, salt, viewer } : null;
}

/** One algorithm and no other: what a proof says of itself chooses nothing but the key. */
function kidOf(head: unknown): string | null {
  if (!isRecord(head)) return null;
  const { alg, typ, kid, crit } = head;
  // What has to be understood (RFC 7515, section 4.1.11) is nothing that we know.
  return alg === 'EdDSA' && crit === undefined && typ === type && typeof kid === 'string' ? kid : null;
}

const type = 'nonet-proof+sd-jwt';

/** The first part of all proofs of a key. */
function headOf(kid: string): string {
  const known = heads.get(kid);
  if (known !== undefined) return known;
  const head = Buffer.from(JSON.stringify({ alg: 'EdDSA', typ: type, kid })).toString('base64url');
  heads.set(kid, head);
  return head;
}

/** There are two at a time, while one follows the other. */
const heads = new Map<string, string>();

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
