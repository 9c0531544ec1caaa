import { UnusableFile } from '../../subgraphs/court/import/header.ts';

/** A file's text, and how it was read, for people who wonder. */
export interface DecodedText {
  readonly text: string;
  readonly readAs: string;
}

/**
 * The text of a file: a byte order mark decides; without one it is UTF-8 when it can be, and otherwise GB18030, which
 * Chinese systems write by habit (GBK and GB2312 are parts of it). Throws UnusableFile for anything else.
 */
export function decodeText(name: string, bytes: Uint8Array): DecodedText {
  const marked = marks.find(({ mark }) => mark.every((byte, index) => bytes[index] === byte));
  if (marked) {
    const text = decode(marked.label, bytes.subarray(marked.mark.length));
    if (text === null) throw new UnusableFile(name, `it begins as ${marked.name} does, and is not.`);
    return { text: checked(name, text), readAs: marked.name };
  }
  if (bytes.includes(0)) {
    throw new UnusableFile(
      name,
      'it is a binary file. Expected CSV in UTF-8 or GB18030 (UTF-16 only with its byte order mark), or XLSX.',
    );
  }
  const utf8 = decode('utf-8', bytes);
  if (utf8 !== null) return { text: checked(name, utf8), readAs: 'UTF-8' };
  const gb = decode('gb18030', bytes);
  if (gb === null) throw new UnusableFile(name, 'its text is neither UTF-8 nor GB18030.');
  return { text: checked(name, gb), readAs: `GB18030, since line ${firstBadLine(bytes)} is no UTF-8` };
}

const marks = [
  { mark: [0xef, 0xbb, 0xbf], label: 'utf-8', name: 'UTF-8' },
  { mark: [0xff, 0xfe], label: 'utf-16le', name: 'UTF-16' },
  { mark: [0xfe, 0xff], label: 'utf-16be', name: 'UTF-16' },
] as const;

function decode(label: string, bytes: Uint8Array): string | null {
  try {
    return new TextDecoder(label, { fatal: true }).decode(bytes);
  } catch (error) {
    if (!(error instanceof TypeError)) throw error;
    return null;
  }
}

/** Control characters in the first pages mean that this is no text, whatever it decodes to. */
function checked(name: string, text: string): string {
  if (/[\u0000-\u0008\u000e-\u001f]/.test(text.slice(0, 65_536))) {
    throw new UnusableFile(name, 'it is a binary file. Expected CSV or XLSX.');
  }
  return text;
}

function firstBadLine(bytes: Uint8Array): number {
  const decoder = new TextDecoder('utf-8', { fatal: true });
  let line = 1;
  for (let start = 0; start < bytes.length; line++) {
    const end = bytes.indexOf(0x0a, start);
    const stop = end === -1 ? bytes.length : end + 1;
    try {
      decoder.decode(bytes.subarray(start, stop));
    } catch (error) {
      if (!(error instanceof TypeError)) throw error;
      return line;
    }
    start = stop;
  }
  return line;
}
