/** UTF-8 as text and back, by the converters that Node has beside its strings' own: those take two to four times as long where there is more than ASCII. */

import { isAscii, transcode } from 'node:buffer';

/** The bytes of a text. Half a character (a lone surrogate) becomes U+FFFD, as everywhere. */
export function toUtf8(text: string): Buffer {
  if (text.length < shortest) return Buffer.from(text);
  try {
    return transcode(Buffer.from(text, 'utf16le'), 'utf16le', 'utf8');
  } catch {
    return Buffer.from(text);
  }
}

/** The text of bytes. What is no UTF-8 is read as well as can be. */
export function fromUtf8(bytes: Buffer): string {
  return isAscii(bytes) ? bytes.toString('latin1') : (toUtf16(bytes)?.toString('utf16le') ?? bytes.toString('utf8'));
}

/** A text by its UTF-16 code units. */
export interface TextUnits {
  readonly units: Uint16Array;
  /** A part of it as a string of its own: one that is cut out of a string may be a view of that, and keep all of it. */
  readonly part: (from: number, to: number) => string;
}

/** The text of bytes, taken apart; null for what is no UTF-8. */
export function toTextUnits(bytes: Buffer): TextUnits | null {
  if (isAscii(bytes)) {
    const part = (from: number, to: number): string => bytes.toString('latin1', from, to);
    return { units: new Uint16Array(bytes), part };
  }
  const utf16 = toUtf16(bytes);
  // Units of two bytes stand at even places.
  if (!utf16 || utf16.byteOffset % 2 !== 0) return null;
  const units = new Uint16Array(utf16.buffer, utf16.byteOffset, utf16.length / 2);
  const part = (from: number, to: number): string => utf16.toString('utf16le', 2 * from, 2 * to);
  return { units, part };
}

function toUtf16(bytes: Buffer): Buffer | null {
  try {
    return transcode(bytes, 'utf8', 'utf16le');
  } catch {
    return null;
  }
}

/** Below this both ways take the same time. */
const shortest = 16_384;
