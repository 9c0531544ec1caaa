/** A court at several addresses: each is read and judged for itself, and only those are asked that serve the same aright. */

import type { CourtEntry } from '../../common/court-registry.ts';
import type { Judge } from './judging.ts';
import { unread, type Standing } from './membership.ts';
import type { Told } from './reading.ts';

/** What is known of the program at one address. */
export interface Address {
  /** What it told when it last could be read; null before. */
  readonly told: Told | null;
  /** Whether the last reading told anything. */
  readonly isReadable: boolean;
}

/**
 * The standing of a court by what its addresses told. One that cannot serve keeps the whole court apart, as long as it can be
 * read; one that was never read, or lacks other things than the preferred one, is not asked. Nothing known: `unread`.
 */
export function standingOfAddresses(judge: Judge, entry: CourtEntry, addresses: readonly Address[]): Standing {
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
