/** What is owed and what has been recovered, in whole fen (safe integers). */

import { formatMoney } from '../../common/money.ts';
import type { Course } from './course.ts';
import type { Random, Weighted } from './random.ts';

/** A case's money; `recovered` is at most `due`. */
export interface Account {
  readonly due: number;
  readonly recovered: number;
}

/**
 * Bands of claims in yuan with their weights in a thousand: most are of 50,000 yuan or less (the source), with a long tail.
 * Even within a band; a true log-normal would need functions that are not the same on every machine.
 */
const ordinaryBands: Weighted<Band> = [
  [[300, 3_000], 100],
  [[3_000, 9_000], 150],
  [[9_000, 20_000], 160],
  [[20_000, 36_000], 150],
  [[36_000, 50_000], 110],
  [[50_000, 120_000], 110],
  [[120_000, 320_000], 100],
  [[320_000, 1_000_000], 70],
  [[1_000_000, 3_000_000], 33],
  [[3_000_000, 9_000_000], 12],
  [[9_000_000, 25_000_000], 4],
  [[25_000_000, 80_000_000], 1],
];
const machineryBands: Weighted<Band> = [
  [[60_000, 200_000], 25],
  [[200_000, 600_000], 45],
  [[600_000, 1_500_000], 24],
  [[1_500_000, 4_000_000], 6],
];

type Band = readonly [from: number, to: number];

/** What a first claim is about. */
export type ClaimSort = 'ORDINARY' | 'MACHINERY' | 'INTERMEDIATE';

/** A claim in fen. */
export function claimOf(random: Random, sort: ClaimSort): number {
  const [from, to] = random.weigh(sort === 'MACHINERY' ? machineryBands : ordinaryBands);
  // An intermediate court hears the large disputes at first instance.
  const factor = sort === 'INTERMEDIATE' && random.chance(0.6) ? 12 : 1;
  const yuan = random.between(from, to - 1) * factor;
  const roundness = random.below(10);
  if (roundness < 3) return Math.max(1, Math.round(yuan / 1_000)) * 100_000;
  return roundness < 7 ? yuan * 100 : yuan * 100 + random.below(100);
}

/** How much of `due` has been recovered, given the case's course. */
export function recoveredOf(random: Random, due: number, { stage, closed }: Course): number {
  // Not a fen more than owed; 99 % at most where the case says that something is still open.
  const part = (lowest: number, highest: number): number => Math.floor((due * random.between(lowest, highest)) / 1_000);
  switch (closed?.mode) {
    case 'FULLY_EXECUTED':
      return due;
    case 'TERMINATED_THIS_TIME':
      return random.chance(0.72) ? 0 : part(10, 600);
    case 'TERMINATED_FINAL':
      return random.chance(0.5) ? 0 : part(50, 900);
    case 'CANCELLED':
      return random.chance(0.6) ? 0 : part(10, 400);
    case 'REFUSED':
    case 'DISMISSED':
      return 0;
    case undefined:
      if (stage === 'PAYING_OUT' || stage === 'CLOSING_REVIEW') return part(500, 990);
      if (stage === 'FAST' || stage === 'DISPOSING' || stage === 'SETTLED_PENDING')
        return random.chance(0.5) ? part(20, 800) : 0;
      return random.chance(0.9) ? 0 : part(10, 200);
  }
}

/** Fen as the records have it: `1234.50`. */
export function toYuan(fen: number): string {
  return formatMoney(BigInt(fen));
}
