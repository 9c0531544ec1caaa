/** Signed heads: how far a chain went, in a signature that whoever shortens the chain cannot make again. */

import { createHash, sign, verify, type KeyObject } from 'node:crypto';

import { fieldsOfLine, placeOfLine, toFields, toLine, type ChainEnd } from './line.ts';

/** What a head says: the chain, and its last line before the head. */
export interface Head extends ChainEnd {
  /** The chain's own name, drawn when it began. */
  readonly chain: string;
  readonly at: string;
  /** The mark of the key that signed. */
  readonly key: string;
  readonly signature: string;
}

/** The line of a head over everything before it. */
export function toHeadLine(end: ChainEnd, chain: string, at: string, key: KeyObject, mark: string): string {
  const signature = sign(null, signedText({ ...end, chain, at }), key).toString('base64url');
  return toLine('head', end, toFields({ chain, at, key: mark, signature }));
}

/** The head in a line; null where the line is none. */
export function readHead(line: string): Head | null {
  const place = placeOfLine(line);
  const { chain, at, key, signature } = fieldsOfLine(line) ?? {};
  if (place?.kind !== 'head' || typeof chain !== 'string' || typeof at !== 'string') return null;
  if (typeof key !== 'string' || typeof signature !== 'string') return null;
  return { n: place.n - 1, prev: place.prev, chain, at, key, signature };
}

/** Whether this key signed the head. */
export function isSigned(head: Head, key: KeyObject): boolean {
  return verify(null, signedText(head), key, Buffer.from(head.signature, 'base64url'));
}

/** The mark of a public key: a hash that names it. */
export function markOfKey(key: KeyObject): string {
  const bytes = key.export({ type: 'spki', format: 'der' });
  return createHash('sha256').update(bytes).digest('base64url').slice(0, 16);
}

/** No part can hold a line's end, so no two heads have one text. */
function signedText({ n, prev, chain, at }: Pick<Head, 'n' | 'prev' | 'chain' | 'at'>): Buffer {
  return Buffer.from(['nonet trail head 1', chain, String(n), prev, at].map(encodeURIComponent).join('\n'));
}
