/** Follows files by looking at them: works on every file system, and for files that are replaced whole. */

import { readFile, stat } from 'node:fs/promises';

import type { Stoppable } from './stack.ts';

/** What stands in each file; null where there is none that can be read. */
export type Texts = ReadonlyMap<string, string | null>;

export interface FileWatchOptions {
  readonly files: readonly string[];
  readonly everyMs: number;
  /** What is known of them already; without it whoever listens is told of what they hold now. */
  readonly known?: Texts | undefined;
  /** Told when they hold something else and have stayed so from one look to the next: not of what is half written. */
  readonly changed: (texts: Texts) => void | Promise<void>;
}

/** Looks at once, and then again and again; never while `changed` is still at work. */
export function watchFiles({ files, everyMs, known, changed }: FileWatchOptions): Stoppable {
  let told = known === undefined ? null : textOf(known);
  let seen: string | null = null;
  let read: string | null = null;
  let timer: NodeJS.Timeout | null = null;
  const stopping = new AbortController();

  const look = async (): Promise<void> => {
    const before = seen;
    seen = JSON.stringify(await Promise.all(files.map(stampOf)));
    // It may still be being written; and what has the stamps of the last reading needs no other.
    if (seen !== before || seen === read) return;
    read = seen;
    const texts = await readTexts(files);
    if (textOf(texts) === told || stopping.signal.aborted) return;
    told = textOf(texts);
    await changed(texts);
  };
  const lookOn = async (): Promise<void> => {
    await look();
    if (stopping.signal.aborted) return;
    timer = setTimeout(() => {
      looking = lookOn();
    }, everyMs).unref();
  };
  let looking = lookOn();
  return {
    async stop() {
      stopping.abort();
      if (timer) clearTimeout(timer);
      await looking;
    },
  };
}

/** Reads all of them at once. */
export async function readTexts(files: readonly string[]): Promise<Texts> {
  return new Map(
    await Promise.all(
      files.map(async (file) => [file, await readFile(file, 'utf8').catch(() => null)] as [string, string | null]),
    ),
  );
}

async function stampOf(file: string): Promise<string> {
  const found = await stat(file).catch(() => null);
  return found ? `${found.ino} ${found.size} ${found.mtimeMs} ${found.ctimeMs}` : 'none';
}

function textOf(texts: Texts): string {
  return JSON.stringify([...texts]);
}
