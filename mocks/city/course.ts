/** How far a case has come by today: its stage, and how and when it was closed. */

import type { CaseStage, ClosingMode } from '../../common/vocabulary.ts';
import { monthsAfter } from './calendar.ts';
import { kindsOfCase } from './docket.ts';
import type { Random, Weighted } from './random.ts';

/** Stage and closing of one case; day numbers. */
export interface Course {
  readonly stage: CaseStage;
  readonly closed: { readonly mode: ClosingMode; readonly day: number } | null;
}

/** What bears on the course. */
export interface CourseFacts {
  readonly kind: number;
  readonly filed: number;
  readonly today: number;
  /** The case that continues this one. */
  readonly successor: { readonly filed: number; readonly transferred: boolean } | null;
}

/** The course of one case. */
export function courseOf(random: Random, facts: CourseFacts): Course {
  if (facts.successor !== null) return continued(random, facts.filed, facts.successor);
  const age = facts.today - facts.filed;
  if (random.chance(openShare(facts.kind, age))) return { stage: openStage(random, facts.kind, age), closed: null };
  if (facts.kind === kindsOfCase.PRESERVATION) return closedBy(random, facts, 'FULLY_EXECUTED', 30);
  if (facts.kind === kindsOfCase.OBJECTION)
    return closedBy(random, facts, random.chance(0.75) ? 'DISMISSED' : 'TERMINATED_FINAL', 60);
  const mode = random.weigh(executionModes);
  // 法〔2016〕373号 Art. 1: not before three months after filing.
  const earliest = monthsAfter(facts.filed, 3) + 1;
  if (mode !== 'TERMINATED_THIS_TIME') return closedBy(random, facts, mode, 175);
  if (earliest > facts.today) return closedBy(random, facts, 'FULLY_EXECUTED', 90);
  const day = random.between(earliest, Math.min(earliest + 95, facts.today));
  return { stage: random.chance(0.05) ? 'SHIELDED' : 'TERMINATED_MONITORED', closed: { mode, day } };
}

const executionModes: Weighted<ClosingMode> = [
  ['FULLY_EXECUTED', 44],
  ['TERMINATED_THIS_TIME', 39],
  ['TERMINATED_FINAL', 12],
  ['CANCELLED', 2],
  ['REFUSED', 1],
  ['DISMISSED', 2],
];

function continued(random: Random, filed: number, successor: { filed: number; transferred: boolean }): Course {
  if (successor.transferred) {
    const day = random.between(successor.filed - 10, successor.filed);
    return { stage: random.chance(0.4) ? 'ARCHIVED' : 'CLOSED', closed: { mode: 'CANCELLED', day } };
  }
  const day = random.between(monthsAfter(filed, 3) + 1, successor.filed - 20);
  return { stage: 'RESUMED', closed: { mode: 'TERMINATED_THIS_TIME', day } };
}

function closedBy(random: Random, { filed, today }: CourseFacts, mode: ClosingMode, longest: number): Course {
  const day = random.between(Math.min(filed + 3, today), Math.min(filed + longest, today));
  return { stage: today - day > 60 && random.chance(0.8) ? 'ARCHIVED' : 'CLOSED', closed: { mode, day } };
}

function openShare(kind: number, age: number): number {
  const slow = kind === kindsOfCase.FIRST || kind === kindsOfCase.RESUMED;
  if (age <= 7) return 1;
  if (age <= 30) return slow ? 0.95 : 0.7;
  if (!slow) return 0.04;
  if (age <= 90) return 0.85;
  if (age <= 180) return 0.6;
  return age <= 365 ? 0.18 : 0.03;
}

function openStage(random: Random, kind: number, age: number): CaseStage {
  if (age <= 7) return random.chance(0.6) ? 'FILED' : 'ASSIGNED';
  if (kind === kindsOfCase.OBJECTION) return 'ASSIGNED';
  if (kind === kindsOfCase.PRESERVATION) return random.chance(0.6) ? 'INVESTIGATING' : 'NOTIFIED';
  if (age <= 16)
    return random.weigh([
      ['ASSIGNED', 3],
      ['NOTIFIED', 7],
    ]);
  if (age <= 45)
    return random.weigh([
      ['NOTIFIED', 2],
      ['INVESTIGATING', 5],
      ['TRIAGED', 3],
    ]);
  return random.weigh(age <= 200 ? midStages : lateStages);
}

const midStages: Weighted<CaseStage> = [
  ['INVESTIGATING', 16],
  ['TRIAGED', 8],
  ['FAST', 22],
  ['ORDINARY', 22],
  ['DISPOSING', 14],
  ['PAYING_OUT', 6],
  ['CLOSING_REVIEW', 6],
  ['SETTLED_PENDING', 4],
  ['SUSPENDED', 1],
  ['STAYED', 1],
];
const lateStages: Weighted<CaseStage> = [
  ['DISPOSING', 40],
  ['ORDINARY', 20],
  ['SETTLED_PENDING', 18],
  ['SUSPENDED', 10],
  ['STAYED', 4],
  ['PAYING_OUT', 4],
  ['CLOSING_REVIEW', 4],
];
