/** Who is the main debtor of which case: mostly somebody with this one case, but about 15 % of debtors have two to six. */

import type { Terms } from './terms.ts';
import { markOf } from './docket.ts';
import { randomAt } from './random.ts';
import type { Random, Weighted } from './random.ts';

/** The main debtors of the city. */
export interface Cast {
  debtorOf(slot: number): number;
  /** How many cases the main debtor of this case has as such, cases that continue another not counted. */
  casesOf(slot: number): number;
}

const sharedCases: Weighted<number> = [
  [2, 50],
  [3, 25],
  [4, 13],
  [5, 8],
  [6, 4],
];
const machineryCases: Weighted<number> = [
  [1, 74],
  [2, 16],
  [3, 6],
  [4, 4],
];

/** Deals the debtors over the cases; only a case without a mark gets one with several cases. */
export function castOf(terms: Terms, marks: Int32Array, creditors: Int32Array): Cast {
  const { seed, numbering } = terms;
  const random = randomAt(seed, 'cast');
  const debtors = new Int32Array(marks.length);
  const machinery: number[] = [];
  const shared: number[] = [];
  for (let slot = 0; slot < marks.length; slot += 1) {
    debtors[slot] = numbering.ownDebtor(slot, 0);
    if (marks[slot] !== markOf.NONE) continue;
    if (creditors[slot] === 1) machinery.push(slot);
    else if (random.chance(0.27)) shared.push(slot);
  }
  const counts = new Uint8Array(marks.length).fill(1);
  deal(random, machinery, machineryCases, (slot, ordinal, count) => {
    debtors[slot] = numbering.machinery(ordinal, 0);
    counts[slot] = count;
  });
  deal(random, shared, sharedCases, (slot, ordinal, count) => {
    debtors[slot] = numbering.shared(ordinal);
    counts[slot] = count;
  });
  return { debtorOf: (slot) => debtors[slot]!, casesOf: (slot) => counts[slot]! };
}

/** Gives every slot of the list a debtor, so that the `ordinal`-th debtor has as many slots as the table says. */
function deal(
  random: Random,
  slots: number[],
  table: Weighted<number>,
  assign: (slot: number, ordinal: number, count: number) => void,
): void {
  shuffle(random, slots);
  for (let at = 0, ordinal = 0; at < slots.length; ordinal += 1) {
    const count = Math.min(random.weigh(table), slots.length - at);
    for (let given = 0; given < count; given += 1) assign(slots[at + given]!, ordinal, count);
    at += count;
  }
}

/** Fisher and Yates. */
function shuffle(random: Random, list: number[]): void {
  for (let at = list.length - 1; at > 0; at -= 1) {
    const other = random.below(at + 1);
    const kept = list[at]!;
    list[at] = list[other]!;
    list[other] = kept;
  }
}
