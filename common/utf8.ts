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

function toUtf16(bytes: Buffer): Buffer | null {
  try {
    return transcode(bytes, 'utf8', 'utf16le');
  } catch {
    return null;
  }
}

/** Below this both ways take the same time. */
const shortest = 16_384;
