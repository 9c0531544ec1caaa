/** Records in, lines on the disk out, many with one flush; what cannot be written is told to whoever waits for it. */

import { rename, rm, writeFile } from 'node:fs/promises';

import { createChainWriter, type ChainOptions } from './chain-writer.ts';
import { cutFile, headFile, segmentFile } from './segments.ts';
import { readTail, type Tail } from './tail.ts';

export interface JournalOptions extends ChainOptions {
  readonly tell: (event: TrailEvent) => void;
}

/** What those who run the hub have to know. */
export type TrailEvent =
  /** A start has cut off what was half written, and keeps it beside the segment. */
  | { readonly kind: 'cut'; readonly chain: string; readonly bytes: number; readonly kept: string }
  /** Nothing can be written; answers of agencies and to changes are withheld until it can. */
  | { readonly kind: 'failed'; readonly cause: unknown }
  | { readonly kind: 'mended' }
  /** A head could not be written beside its chain. */
  | { readonly kind: 'headless'; readonly cause: unknown }
  /** So many records were never written; their answers were withheld. */
  | { readonly kind: 'lost'; readonly records: number };

export interface Journal {
  /** Records as the fields of their lines. Resolves when all are on the disk; rejects when they are not. */
  append(records: readonly string[]): Promise<void>;
  /** Signs and closes; what comes later is rejected. */
  stop(): Promise<void>;
}

/** So many lines are written at once; with more, everybody else would wait while they are hashed. */
const mostAtOnce = 500;
/** So many that could not be written are kept until it is possible again. */
const mostOwed = 5_000;

interface Batch {
  readonly records: readonly string[];
  readonly resolve: () => void;
  readonly reject: (cause: unknown) => void;
}

/** Goes on with the chain in its directory, or begins it. Throws BrokenTrail where it cannot be gone on with, and what the system says where it cannot be written. */
export async function openJournal(options: JournalOptions): Promise<Journal> {
  const { chain, clock, headEveryMs, tell } = options;
  const tail = await readTail(chain, options.keys.public);
  const torn = tail ? await keepTorn(chain, tail, tell) : null;
  const writer = createChainWriter(options, tail);
  const waiting: Batch[] = [];
  let owed: string[] = [];
  let lost = 0;
  let hasFailed = false;
  let isStopped = false;
  let [isBusy, idle] = [false, Promise.resolve()];
  let callOff = () => {};

  const owe = (records: readonly string[]) => {
    const room = Math.max(0, mostOwed - owed.length);
    // Whoever reads it shall know that the answer did not go out.
    owed.push(...records.slice(0, room).map((fields) => `${fields},"withheld":true`));
    lost += Math.max(0, records.length - room);
  };
  const write = async (batches: readonly Batch[], wantsHead = false) => {
    const records = batches.flatMap((batch) => batch.records);
    try {
      const mended = lost > 0 ? { lost } : null;
      const head = await writer.write({ records: [...owed, ...records], mended, wantsHead });
      [owed, lost] = [[], 0];
      for (const batch of batches) batch.resolve();
      if (hasFailed) tell({ kind: 'mended' });
      hasFailed = false;
      if (head !== null) await writeHead(chain, head).catch((cause: unknown) => tell({ kind: 'headless', cause }));
    } catch (cause) {
      owe(records);
      if (!hasFailed) tell({ kind: 'failed', cause });
      hasFailed = true;
      for (const batch of batches) batch.reject(cause);
    }
  };
  const drain = async () => {
    callOff();
    while (waiting.length > 0) await write(takeSome(waiting));
    isBusy = false;
    if (isStopped || (writer.isSealed && owed.length + lost === 0)) return;
    callOff = clock.after(headEveryMs, () => run(() => write([], true)));
  };
  const run = (first: () => Promise<void> = () => Promise.resolve()) => {
    if (isBusy) return;
    isBusy = true;
    idle = first().then(drain);
  };

  // A chain begins with a head, and what was not signed before the last stop is signed at once.
  if (!tail || torn || !writer.isSealed) {
    const head = await writer.write({ records: [], mended: torn, wantsHead: true });
    if (head !== null) await writeHead(chain, head);
  }
  return {
    append(records) {
      if (isStopped) return Promise.reject(new Error('The trail is closed.'));
      return new Promise((resolve, reject) => {
        waiting.push({ records, resolve, reject });
        run();
      });
    },
    async stop() {
      isStopped = true;
      callOff();
      await idle;
      if (!writer.isSealed || owed.length + lost > 0) await write([], true);
      if (owed.length + lost > 0) tell({ kind: 'lost', records: owed.length + lost });
      await writer.close();
    },
  };
}

/** As many batches as are written at once, and one at least. */
function takeSome(waiting: Batch[]): Batch[] {
  let count = 0;
  const end = waiting.findIndex(({ records }) => (count += records.length) > mostAtOnce);
  return waiting.splice(0, end < 0 ? waiting.length : Math.max(1, end));
}

/** Nothing of a trail is thrown away: what is cut off is kept beside it. */
async function keepTorn(chain: string, { torn, segment, end }: Tail, tell: JournalOptions['tell']) {
  if (torn.bytes.length === 0 && torn.segment === segment) return null;
  const kept = cutFile(chain, torn.segment, end.n);
  await writeFile(kept, torn.bytes, { mode: 0o600, flush: true });
  if (torn.segment !== segment) await rm(segmentFile(chain, torn.segment));
  tell({ kind: 'cut', chain, bytes: torn.bytes.length, kept });
  return { cut: torn.bytes.length };
}

/** Whole or not at all. */
async function writeHead(chain: string, head: string): Promise<void> {
  const draft = `${headFile(chain)}.new`;
  await writeFile(draft, `${head}\n`, { mode: 0o600, flush: true });
  await rename(draft, headFile(chain));
}
