/** One segment that is written: what is appended is on the disk as a whole, or is not there. */

import { constants } from 'node:fs';
import { open, type FileHandle } from 'node:fs/promises';
import { dirname } from 'node:path';

export interface SegmentWriter {
  /** Bytes that are on the disk for certain. */
  readonly size: number;
  /** Resolves when the bytes are on the disk. Rejects otherwise, and then the next call begins behind the last that were. */
  append(bytes: Uint8Array): Promise<void>;
  close(): Promise<void>;
}

/** Opens files to be written; a test may put one of its own in their place. */
export type OpenFile = (file: string) => Promise<FileHandle>;

export const openFile: OpenFile = (file) => open(file, constants.O_RDWR | constants.O_CREAT, 0o600);

/** A writer of this file behind its first `size` bytes; it is opened when there is something to write. */
export function createSegmentWriter(file: string, size: number, opener: OpenFile = openFile): SegmentWriter {
  let handle: FileHandle | null = null;
  let acknowledged = size;
  // What lies behind the acknowledged bytes: a torn line, or what a failed call left.
  let isClean = false;
  const ready = async (): Promise<FileHandle> => {
    const own = (handle ??= await opener(file));
    const { size: length, nlink } = await own.stat();
    if (nlink === 0) throw new Error(`${file} was deleted while it was written`);
    if (length < acknowledged) throw new Error(`${file} has become shorter while it was written`);
    if (!isClean) {
      await own.truncate(acknowledged);
      if (acknowledged === 0) await syncDirectory(dirname(file));
    }
    return own;
  };
  const close = async () => {
    const own = handle;
    handle = null;
    await own?.close();
  };
  return {
    get size() {
      return acknowledged;
    },
    async append(bytes) {
      try {
        const own = await ready();
        isClean = false;
        for (let done = 0; done < bytes.length;) {
          const { bytesWritten } = await own.write(bytes, done, bytes.length - done, acknowledged + done);
          done += bytesWritten;
        }
        await own.datasync();
        acknowledged += bytes.length;
        isClean = true;
      } catch (error) {
        // After a failed sync nobody knows what the system has thrown away: everything is written once more, through a new handle.
        await close().catch(() => undefined);
        throw error;
      }
    },
    close,
  };
}

/** A new file's name is on the disk when its directory is. */
async function syncDirectory(directory: string): Promise<void> {
  const handle = await open(directory, constants.O_RDONLY);
  await handle.sync().finally(() => handle.close());
}
