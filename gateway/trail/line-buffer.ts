/** Lines as bytes, one behind the other: encoded once, and hashed as they will stand in the file. */

import { hashOfLine, type ChainHash } from './line.ts';

export interface LineBuffer {
  /** Adds a line with its end; gives its hash. */
  add(line: string): string;
  /** What was added since the last time; true until the next line is added. */
  take(): Uint8Array;
}

/** A buffer that grows as it has to and is used again; one hash for all its lines. */
export function createLineBuffer(hash: ChainHash): LineBuffer {
  let bytes = Buffer.allocUnsafeSlow(fewest);
  let length = 0;
  return {
    add(line) {
      // What one large write needed is not kept for all others.
      if (length === 0 && bytes.length > mostKept) bytes = Buffer.allocUnsafeSlow(fewest);
      const most = length + 3 * line.length + 1;
      if (most > bytes.length) {
        const larger = Buffer.allocUnsafeSlow(2 * most);
        bytes.copy(larger, 0, 0, length);
        bytes = larger;
      }
      const end = length + bytes.write(line, length);
      const own = hashOfLine(hash, bytes.subarray(length, end));
      bytes[end] = 0x0a;
      length = end + 1;
      return own;
    },
    take() {
      const taken = bytes.subarray(0, length);
      length = 0;
      return taken;
    },
  };
}

const fewest = 1 << 16;
const mostKept = 1 << 22;
