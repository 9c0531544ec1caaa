/** Which case continues which: a resumed one in the same court, a designated, elevated or entrusted one in another. */

import type { TransferKind } from '../../common/vocabulary.ts';
import type { Cast } from './cast.ts';
import { kindsOfCase, markOf } from './docket.ts';
import type { Terms } from './terms.ts';
import { randomAt } from './random.ts';
import type { Random } from './random.ts';

/** The links, as slots. No case both continues one and is continued by another. */
export interface Links {
  originOf(slot: number): number | null;
  successorOf(slot: number): number | null;
  /** The case's origin, or the case itself. */
  firstOf(slot: number): number;
  /** How a case went to another court, on both of its ends; null for resumptions and for cases without a link. */
  transferOf(slot: number): TransferKind | null;
}

interface Outline {
  readonly days: Int32Array;
  readonly kinds: Int32Array;
  readonly marks: Int32Array;
  readonly creditors: Int32Array;
  readonly cast: Cast;
}

const none = -1;
// 终本 needs three months (法〔2016〕373号 Art. 1), and some time passes before new property turns up.
const resumptionGap = 130;
const transferGap = 45;
const attempts = 40;

/** Finds an origin for every marked case that can have one; the others stay cases without a link. */
export function linksOf(terms: Terms, outline: Outline): Links {
  const { registry, perCourt } = terms;
  const { days, kinds, marks, creditors, cast } = outline;
  const random = randomAt(terms.seed, 'links');
  const origins = new Int32Array(days.length).fill(none);
  const successors = new Int32Array(days.length).fill(none);
  const transfers = new Map<number, TransferKind>();
  const candidates = campaignCandidates(terms, outline);

  for (let slot = 0; slot < days.length; slot += 1) {
    const mark = marks[slot]!;
    if (mark === markOf.NONE) continue;
    const court = Math.floor(slot / perCourt);
    const origin = search(slot, mark, draw(mark, slot, court));
    if (origin === null) continue;
    origins[slot] = origin;
    successors[origin] = slot;
    if (mark === markOf.RESUMES) continue;
    const kind = mark === markOf.CAMPAIGN ? 'DESIGNATED' : transferTo(random, registry.courts[court]!.level);
    transfers.set(slot, kind).set(origin, kind);
  }
  return {
    originOf: (slot) => orNull(origins[slot]!),
    successorOf: (slot) => orNull(successors[slot]!),
    firstOf: (slot) => (origins[slot] === none ? slot : origins[slot]!),
    transferOf: (slot) => transfers.get(slot) ?? null,
  };

  function draw(mark: number, slot: number, court: number): () => number | null {
    if (mark === markOf.RESUMES) return () => court * perCourt + random.below((slot % perCourt) + 1);
    const list = candidates[court]!;
    if (mark === markOf.CAMPAIGN) return () => (list.length === 0 ? null : random.pick(list));
    const others = registry.courts.length - 1;
    return () =>
      others === 0 ? null : ((court + 1 + random.below(others)) % (others + 1)) * perCourt + random.below(perCourt);
  }

  function search(slot: number, mark: number, next: () => number | null): number | null {
    const latest = days[slot]! - (mark === markOf.RESUMES ? resumptionGap : transferGap);
    for (let attempt = 0; attempt < attempts; attempt += 1) {
      const origin = next();
      if (origin === null || days[origin]! > latest || !mayBeContinued(origin)) continue;
      // The creditor's cases move by the joint action's designation alone.
      if (mark !== markOf.TRANSFER || creditors[origin] === 0) return origin;
    }
    return null;
  }

  /** A debtor of many cases would get more than the six that anybody has. */
  function mayBeContinued(origin: number): boolean {
    const free = marks[origin] === markOf.NONE && successors[origin] === none;
    return free && kinds[origin] === kindsOfCase.FIRST && cast.casesOf(origin) <= 3;
  }
}

/** Per court, the creditor's cases that the joint action designates to it: one court for each province of debtors. */
function campaignCandidates(
  { registry, perCourt, seed, provinceOf }: Terms,
  { creditors, kinds, cast }: Outline,
): number[][] {
  const lists: number[][] = registry.courts.map(() => []);
  const designated = new Map<string, number>();
  for (let slot = 0; slot < creditors.length; slot += 1) {
    if (creditors[slot] !== 1 || kinds[slot] !== kindsOfCase.FIRST) continue;
    const province = provinceOf(cast.debtorOf(slot));
    let court = designated.get(province);
    if (court === undefined) {
      court = randomAt(seed, 'designation', province).below(lists.length);
      designated.set(province, court);
    }
    if (court !== Math.floor(slot / perCourt)) lists[court]!.push(slot);
  }
  return lists;
}

function transferTo(random: Random, level: 'INTERMEDIATE' | 'BASIC'): TransferKind {
  if (level === 'INTERMEDIATE') return 'ELEVATED';
  return random.chance(0.6) ? 'DESIGNATED' : 'ENTRUSTED';
}

function orNull(slot: number): number | null {
  return slot === none ? null : slot;
}
