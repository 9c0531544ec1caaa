import { createHmac } from 'node:crypto';
import { caseNumberFromKey } from './case-number.ts';
import type { Identity } from './identity.ts';
import { bodyOfSocialCredit } from './organisation-code.ts';
import { ValueError } from './value-error.ts';

/** The city's secret for person ids, the same in every court. A rotated key has the next version. */
export interface PersonKey {
  /** A positive integer; 0 is the published test vector's. */
  readonly version: number;
  /** At least 32 random bytes: identity numbers are few enough to try them all, so the secret alone hides them. */
  readonly secret: Uint8Array;
}

/**
 * `p<version>.` and HMAC-SHA256 over the kind of holder and the normal number: equal in every court that has the key, and of no
 * use for finding the number without it. Throws RangeError for a key that would not hide it.
 */
export function personId(key: PersonKey, identity: Identity): string {
  requireStrong(key);
  const [kind, number] = joinedBy(identity);
  return `p${key.version}.${keyed(key, 'person', kind, number)}`;
}

/**
 * The mark of a key, for a court to show that it holds the city's: equal for equal keys and made of no identity number, so it
 * may be compared in the open.
 */
export function personKeyMark(key: PersonKey): string {
  requireStrong(key);
  return `k${key.version}.${keyed(key, 'key', '', '')}`;
}

/** Says `u1.<case and ordinal>` of a party without a number: a person of that case alone, never joined with another. */
export function localPersonId(caseKey: string, ordinal: number): string {
  return `u1.${Buffer.from(`${caseKey}/${ordinal}`).toString('base64url')}`;
}

/** The case key in the id of a person known in one case only; null for a joined id. Throws ValueError for what is neither. */
export function caseKeyOfLocalPerson(id: string): string | null {
  if (JOINED.test(id)) return null;
  const encoded = id.startsWith('u1.') && id.length <= MAX_LOCAL ? id.slice(3) : '';
  const text = Buffer.from(encoded, 'base64url').toString();
  const match = /^(.+)\/([1-9]\d{0,5})$/.exec(text);
  // The one encoding only: two spellings of an id would be two persons to every cache and merge.
  if (!match || localPersonId(match[1]!, Number(match[2])) !== id) throw malformed();
  try {
    caseNumberFromKey(match[1]!);
  } catch (cause) {
    throw malformed(cause);
  }
  return match[1]!;
}

/** Known answers under a published key, for whoever writes a court program: `number` read as `type` has the id `id`. */
export const personIdVector = {
  key: { version: 0, secret: new Uint8Array(Buffer.from('nonet published test vector v0..')) },
  mark: 'k0.VO-XAxwQtoCtUUK29LX5ZU_rYar1TTwhHkDUjLm2mSY',
  persons: [
    { type: 'RESIDENT_ID', number: '11010519491231002X', id: 'p0.6tBuCF4USnpWNnVqmLAxrN4VNSVx0BJ8mzfRF1nKvUM' },
    { type: 'RESIDENT_ID', number: '110105491231002', id: 'p0.6tBuCF4USnpWNnVqmLAxrN4VNSVx0BJ8mzfRF1nKvUM' },
    {
      type: 'UNIFIED_SOCIAL_CREDIT_CODE',
      number: '91350100M000100Y43',
      id: 'p0.b55K9aZCxalrZV7S03wDLFJhWsg5ThrQOVyByIuoTpM',
    },
    { type: 'ORGANISATION_CODE', number: 'M000100Y-4', id: 'p0.b55K9aZCxalrZV7S03wDLFJhWsg5ThrQOVyByIuoTpM' },
    { type: 'HK_MO_PERMIT', number: 'H1234567801', id: 'p0.gIDMVDYSvhb4H0CSlhYiIcU5jh_cKqQz4RJjxQmJqIw' },
  ],
} as const;

/** Bytes; that of SHA-256, below which the HMAC would be weaker than its hash (RFC 2104 §3). */
const MIN_SECRET = 32;
const MAX_LOCAL = 200;
const JOINED = /^p(?:0|[1-9]\d{0,5})\.[A-Za-z0-9_-]{43}$/;

/** What a person is joined by: documents that name the same holder give the same pair. */
function joinedBy({ type, number }: Identity): readonly [kind: string, number: string] {
  switch (type) {
    // The older code of an organisation is the body of its social credit code (GB 32100-2015).
    case 'UNIFIED_SOCIAL_CREDIT_CODE':
      return ['ORGANISATION', bodyOfSocialCredit(number)];
    case 'ORGANISATION_CODE':
      return ['ORGANISATION', number];
    // The last two digits count how often the permit was renewed.
    case 'HK_MO_PERMIT':
      return [type, number.slice(0, 9)];
    default:
      return [type, number];
  }
}

/** The prefix keeps these hashes apart from any other use of the secret; no field but the last can contain NUL. */
function keyed(key: PersonKey, purpose: string, kind: string, number: string): string {
  const message = ['nonet/person-id', purpose, String(key.version), kind, number].join('\0');
  return createHmac('sha256', key.secret).update(message, 'utf8').digest('base64url');
}

function requireStrong({ version, secret }: PersonKey): void {
  if (!Number.isInteger(version) || version < 0 || version > 999_999) {
    throw new RangeError('the version of the person key is not an integer from 1 to 999999');
  }
  if (secret.length < MIN_SECRET)
    throw new RangeError(`the secret of the person key is shorter than ${MIN_SECRET} bytes`);
  const published = Buffer.compare(secret, personIdVector.key.secret) === 0;
  if (published !== (version === 0)) {
    throw new RangeError('version 0 of the person key is the published test vector, which is no secret');
  }
}

function malformed(cause?: unknown): ValueError {
  return new ValueError('this is no id of a person', 'an id as Person.id gives it', { cause });
}
