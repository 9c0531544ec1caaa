/** A court at several addresses: each is read and judged for itself, and only those are asked that serve the same aright. */

import type { Speaker } from '../../common/court-registry.ts';
import type { Judge } from './judging.ts';
import { unread, type Standing } from './membership.ts';
import type { Told } from './reading.ts';

/** What is known of the program at one address. */
export interface Address {
  /** What it told when it last could be read; null before. */
  readonly told: Told | null;
  /** Whether the last reading told anything. */
  readonly isReadable: boolean;
  /** What was told last, taken up or not. */
  readonly lastSdl: string | null;
  /** Whether it was another SDL than the time before. */
  readonly isRestless: boolean;
  /** When an SDL was taken up that was another. */
  readonly takenAtMs: number;
}

/** Before the first reading. */
export const unheard: Address = {
  told: null,
  isReadable: false,
  lastSdl: null,
  isRestless: false,
  takenAtMs: -Infinity,
};

/** What a hearing depends on. */
export interface Hearing {
  readonly nowMs: number;
  readonly judge: Pick<Judge, 'knows'>;
  /** An SDL that is another at every reading is taken up so often at most: judging one that is new holds up requests. */
  readonly restlessEveryMs: number;
}

/** What is known of an address after another reading; the same object when nothing is new. */
export function heard(known: Address, told: Told | null, { nowMs, judge, restlessEveryMs }: Hearing): Address {
  if (told === null) return known.isReadable ? { ...known, isReadable: false } : known;
  const isOther = known.lastSdl !== told.sdl;
  const isRestless = isOther && known.told !== null;
  const isTaken = !isOther || !known.isRestless || judge.knows(told) || nowMs - known.takenAtMs >= restlessEveryMs;
  const next: Address = {
    // Whose program it is counts at once.
    told: isTaken || known.told === null ? told : { ...told, sdl: known.told.sdl },
    isReadable: true,
    lastSdl: told.sdl,
    isRestless,
    takenAtMs: isTaken && known.told?.sdl !== told.sdl ? nowMs : known.takenAtMs,
  };
  return JSON.stringify(next) === JSON.stringify(known) ? known : next;
}

/**
 * The standing of a court by what its addresses told. One that cannot serve keeps the whole court apart, as long as it can be
 * read; one that was never read, or lacks other things than the preferred one, is not asked. Nothing known: `unread`.
 */
export function standingOfAddresses(judge: Judge, entry: Speaker, addresses: readonly Address[]): Standing {
  const judged = addresses.map(({ told }) => (told === null ? unread : judge.standingOf(entry, told)));
  if (judged.length === 1) return judged[0]!;
  const readable = judged.filter((_, index) => addresses[index]!.isReadable);
  // Where nobody can be reached now, what was told last goes on to count.
  const counted = readable.length === 0 ? judged : readable;
  const faults = judged.flatMap((standing, index) =>
    standing.kind === 'quarantined' && counted.includes(standing)
      ? standing.faults.map((fault) => ({ ...fault, reason: `At ${nameOfAddress(index)}: ${fault.reason}` }))
      : [],
  );
  if (faults.length > 0) return { kind: 'quarantined', faults };
  const preferred = counted.find((standing) => standing.kind === 'joined');
  if (!preferred) return unread;
  const { capability } = preferred;
  const asked = judged.flatMap((standing, index) =>
    standing.kind === 'joined' && standing.capability.digest === capability.digest ? [index] : [],
  );
  return { kind: 'joined', capability, asked };
}

/** An address by its place in the registry: what it is would tell strangers where courts are. */
export function nameOfAddress(index: number): string {
  return `the ${ordinals[index] ?? `${index + 1}th`} address`;
}

const ordinals = ['first', 'second', 'third', 'fourth', 'fifth', 'sixth', 'seventh', 'eighth', 'ninth'];
