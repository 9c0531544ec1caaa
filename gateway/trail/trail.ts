/**
 * The trail: a record of every question to an agency, every search by an identity number and every change, written before the answer goes out. What is written is not changed any more, and each
 * line names the one before, so that a change shows ([0040](../../decisions/0040-an-answer-goes-out-when-its-question-is-recorded.md)).
 */

import type { PersonKey } from '../../common/person-id.ts';
import { processClock } from '../asking/clock.ts';
import { createChainReader } from './chain-reader.ts';
import { openJournal, type JournalOptions } from './journal.ts';
import { newTrailKeys, type TrailKeys } from './keys.ts';
import { createMarks, type Marks } from './marks.ts';
import { createMemory } from './memory.ts';
import type { Budget } from './places.ts';
import { openBudget, searchTrail, type FoundPage, type PageOf, type Wanted } from './search.ts';
import { chainDirectory, chainsOf } from './segments.ts';

export interface Trail {
  /** How it names whom a question is about. */
  readonly marks: Marks;
  /** Records as the fields of their lines. Resolves when all are written for good; rejects when they are not. */
  append(records: readonly string[]): Promise<void>;
  /** Whether the last write has failed: what would be asked now could not be recorded. It is tried again by itself. */
  isFailing(): boolean;
  /** A page of what was recorded, newest first, by whichever hub. Throws HubError for a cursor that is none of this search. */
  search(wanted: Wanted, page: PageOf, budget?: Budget): Promise<FoundPage>;
  /** To be called when no request can come any more. */
  stop(): Promise<void>;
}

export interface TrailOptions extends Pick<JournalOptions, 'hash' | 'now' | 'tell' | 'openFile'> {
  readonly directory: string;
  /** The chain that this hub writes: nobody else may. */
  readonly chain: string;
  readonly keys: TrailKeys;
  /** The city's key, where the hub has it; without it persons are not named. */
  readonly personKey: PersonKey | null;
  readonly segmentBytes?: number;
  readonly headEveryMs?: number;
  readonly clock?: JournalOptions['clock'];
}

/** Some two months of an agency's questions at one a second, half a minute to verify. */
const defaultSegmentBytes = 64 * 1024 * 1024;
const defaultHeadEveryMs = 1_000;

/** Opens a trail on disk, whose chain's directory is there and this process's alone. Throws BrokenTrail where it cannot be gone on with. */
export async function openTrail(options: TrailOptions): Promise<Trail> {
  const { directory, keys, personKey } = options;
  const journal = await openJournal({
    clock: processClock,
    segmentBytes: defaultSegmentBytes,
    headEveryMs: defaultHeadEveryMs,
    ...options,
    chain: chainDirectory(directory, options.chain),
    name: options.chain,
  });
  return {
    marks: createMarks(keys.partySecret, personKey),
    append: (records) => journal.append(records),
    isFailing: () => journal.isFailing(),
    async search(wanted, page, budget = openBudget()) {
      const chains = await chainsOf(directory);
      const readers = chains.map((name) => createChainReader(chainDirectory(directory, name), name));
      return searchTrail(readers, wanted, page, budget);
    },
    stop: () => journal.stop(),
  };
}

/** A trail that ends with the process and holds the newest records only. */
export function createMemoryTrail(personKey: PersonKey | null = null): Trail {
  const memory = createMemory();
  return {
    marks: createMarks(newTrailKeys().partySecret, personKey),
    append: (records) => memory.append(records),
    isFailing: () => false,
    search: (wanted, page, budget = openBudget()) => searchTrail([memory.reader], wanted, page, budget),
    stop: () => Promise.resolve(),
  };
}
