/** The executing teams of a court, one for each track of 繁简分流, and the people who handle its cases. */

import type { TeamRecord } from '../../common/case-record.ts';
import type { TeamType } from '../../common/vocabulary.ts';
import type { Course } from './course.ts';
import { kindsOfCase } from './docket.ts';
import { personName } from './naming.ts';
import { randomAt } from './random.ts';
import type { Random } from './random.ts';

/** An assistant who applies for searches on the judge's order, with two credentials (工作证, 执行公务证). */
export interface Handler {
  readonly name: string;
  readonly phone: string;
  readonly workId: string;
  readonly dutyCertificate: string;
}

const names: Readonly<Record<TeamType, string>> = {
  FAST_EXECUTION: '快执团队',
  TERMINATION: '终本团队',
  PROPERTY_DISPOSAL: '财产处置团队',
};
const handlersPerCourt = 12;

/** The team that has the case; null before it is assigned and for objections, which other judges decide. */
export function teamOf(random: Random, seed: string, court: string, kind: number, course: Course): TeamRecord | null {
  const type = trackOf(random, course);
  if (course.stage === 'FILED' || kind === kindsOfCase.OBJECTION) return null;
  // 1+N+N+N: every team has one quota judge, so the judge follows from court and team.
  return { name: names[type], type, judge: personName(randomAt(seed, 'judge', court, type)) };
}

/** One of the court's handlers. */
export function handlerOf(random: Random, seed: string, court: string): Handler {
  const ordinal = random.below(handlersPerCourt);
  const own = randomAt(seed, 'handler', court, ordinal);
  const number = String(ordinal + 1).padStart(3, '0');
  return {
    name: personName(own),
    // No subscriber number begins with 0, so nobody has this one.
    phone: `0516-0${String(own.below(1_000_000)).padStart(6, '0')}`,
    workId: `${court}-G${number}`,
    dutyCertificate: `${court}-执${number}`,
  };
}

function trackOf(random: Random, { stage, closed }: Course): TeamType {
  if (stage === 'FAST') return 'FAST_EXECUTION';
  if (stage === 'ORDINARY' || closed?.mode === 'TERMINATED_THIS_TIME') return 'TERMINATION';
  if (stage === 'DISPOSING') return 'PROPERTY_DISPOSAL';
  return random.weigh([
    ['FAST_EXECUTION', 55],
    ['TERMINATION', 25],
    ['PROPERTY_DISPOSAL', 20],
  ]);
}
