/** Records in, lines on the disk out, many with one flush; what cannot be written is told to whoever waits for it. */

import { rename, rm, writeFile } from 'node:fs/promises';

import { createChainWriter, type ChainOptions } from './chain-writer.ts';
import { countRecords, toWithheld } from './records.ts';
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
  /**
   * Records as the fields of their lines. Resolves when all are on the disk; rejects when they are not, or not within five seconds. Whatever
   * is written all the same stands there as withheld.
   */
  append(records: readonly string[]): Promise<void>;
  /** Whether the last write has failed, or takes too long. */
  isFailing(): boolean;
  /** Signs and closes; what comes later is rejected. */
  stop(): Promise<void>;
}

/** So many lines are written at once; with more, everybody else would wait while they are hashed. */
const mostAtOnce = 500;
/** So many characters that could not be written are kept until it is possible again: the oldest, of which answers may have been asked. */
const mostOwed = 4_000_000;
/** Nobody waits longer for the disk. */
const patienceMs = 5_000;

interface Batch {
  readonly records: readonly string[];
  /** Whether nobody waits for it any more. */
  isGivenUp: boolean;
  readonly resolve: () => void;
  readonly reject: (cause: Error) => void;
}

/** Goes on with the chain in its directory, or begins it. Throws BrokenTrail where it cannot be gone on with, and what the system says where it cannot be written. */
export async function openJournal(options: JournalOptions): Promise<Journal> {
  const { chain, clock, headEveryMs, tell } = options;
  const tail = await readTail(chain, options.keys.public);
  const torn = tail ? await keepTorn(chain, tail, tell) : null;
  const writer = createChainWriter(options, tail);
  const waiting: Batch[] = [];
  let owed: string[] = [];
  let owedCharacters = 0;
  let lost = 0;
  let failure: Error | null = null;
  let isStopped = false;
  let [isBusy, idle] = [false, Promise.resolve()];
  let callOff = () => {};

  const fail = (cause: Error) => {
    if (failure === null) tell({ kind: 'failed', cause });
    failure = cause;
  };
  // Whoever reads them shall know that their answer did not go out.
  const owe = (records: readonly string[]) => {
    for (const fields of records.map(toWithheld)) {
      if (owedCharacters + fields.length > mostOwed) {
        lost += countRecords(fields);
        continue;
      }
      owed.push(fields);
      owedCharacters += fields.length;
    }
  };
  const giveBack = (batch: Batch, cause: Error) => {
    owe(batch.records);
    batch.reject(cause);
  };
  const write = async (batches: readonly Batch[], wantsHead = false) => {
    const given = batches.filter(({ isGivenUp }) => !isGivenUp);
    for (const batch of batches) if (batch.isGivenUp) owe(batch.records);
    const mended = lost > 0 ? { lost } : null;
    const [before, owedNow] = [owed.length, owedCharacters];
    try {
      const records = [...owed, ...given.flatMap((batch) => batch.records)];
      const head = await writer.write({ records, mended, wantsHead });
      owed = owed.slice(before);
      owedCharacters -= owedNow;
      lost -= mended?.lost ?? 0;
      if (failure !== null) tell({ kind: 'mended' });
      failure = null;
      for (const batch of given) {
        // It stands there now as if its answer had gone out.
        if (batch.isGivenUp) owe(batch.records);
        else batch.resolve();
      }
      if (head !== null) await writeHead(chain, head).catch((cause: unknown) => tell({ kind: 'headless', cause }));
    } catch (thrown) {
      const cause = thrown instanceof Error ? thrown : new Error(String(thrown));
      fail(cause);
      for (const batch of given) giveBack(batch, cause);
    }
  };
  const drain = async () => {
    callOff();
    while (failure === null && waiting.length + owed.length > 0) await write(takeSome(waiting));
    if (failure !== null) for (const batch of waiting.splice(0)) giveBack(batch, failure);
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
    try {
      const head = await writer.write({ records: [], mended: torn, wantsHead: true });
      if (head !== null) await writeHead(chain, head);
    } catch (error) {
      await writer.close();
      throw error;
    }
  }
  return {
    append(records) {
      if (isStopped) return Promise.reject(new Error('The trail is closed.'));
      if (failure !== null) {
        // What is owed already is tried by itself; everybody who comes would try all of it again.
        owe(records);
        return Promise.reject(failure);
      }
      return new Promise((resolve, reject) => {
        const stopWaiting = clock.after(patienceMs, () => {
          batch.isGivenUp = true;
          const cause = new Error(`The disk has not taken it within ${patienceMs} ms.`);
          fail(cause);
          reject(cause);
        });
        const batch: Batch = {
          records,
          isGivenUp: false,
          resolve() {
            stopWaiting();
            resolve();
          },
          reject(cause) {
            stopWaiting();
            reject(cause);
          },
        };
        waiting.push(batch);
        run();
      });
    },
    isFailing: () => failure !== null,
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
