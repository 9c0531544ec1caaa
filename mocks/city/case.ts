/** Builds one case's record from the plan: a pure function of the seed and of the case's place in the city. */

import type { CaseRecord, PartyRecord, TeamRecord } from '../../common/case-record.ts';
import { claimOf, recoveredOf, toYuan } from './account.ts';
import type { Account } from './account.ts';
import { dateOf } from './calendar.ts';
import { coercionOf } from './coercion.ts';
import { courseOf } from './course.ts';
import type { Course } from './course.ts';
import { kindsOfCase } from './docket.ts';
import { measuresOf } from './measures.ts';
import { partiesOf } from './parties.ts';
import type { Plan } from './plan.ts';
import type { Terms } from './terms.ts';
import type { Population } from './population.ts';
import { randomAt } from './random.ts';
import type { Random } from './random.ts';
import { handlerOf, teamOf } from './team.ts';
import { writOf } from './writ.ts';
import { standardNumber, writtenNumber } from './written-number.ts';

/** The record of the case in a slot. */
export function caseOf(terms: Terms, plan: Plan, population: Population, slot: number): CaseRecord {
  const { seed, today } = terms;
  const court = terms.registry.courts[plan.courtOf(slot)]!;
  const random = randomAt(seed, 'case', slot);
  const { links } = plan;
  const kind = plan.kindOf(slot);
  const filed = plan.dayOf(slot);
  const course = courseAt(terms, plan, slot);
  const linked = links.originOf(slot) !== null || links.successorOf(slot) !== null;
  const amounts = amountsOf(random, kind, linked, accountAt(terms, plan, slot));
  const team = teamOf(random, seed, court.code, kind, course);
  const parties = partiesOf(random, { terms, plan, population, slot });
  const last = course.closed?.day ?? today;
  const main = population.homeOf(plan.mainDebtorOf(links.firstOf(slot)));
  return {
    number: writtenNumber(random, plan.numberOf(slot)),
    stage: course.stage,
    // Migrated tables have lost a date here and there.
    filedOn: !linked && random.chance(0.005) ? null : dateOf(filed),
    closedOn: course.closed === null ? null : dateOf(course.closed.day),
    closingMode: course.closed?.mode ?? null,
    ...amounts,
    team,
    predecessor: numberAt(plan, links.originOf(slot)),
    successor: numberAt(plan, links.successorOf(slot)),
    transferKind: links.transferOf(slot),
    parties: withWrits(random, terms, plan, { slot, course, team, parties }),
    measures: measuresOf(random, {
      home: main,
      machinery: plan.ofCreditor(slot),
      likelihood: likelihoodOf(kind, team, course),
      first: filed + (kind === kindsOfCase.PRESERVATION ? 1 : 4),
      last,
      closed: course.closed?.mode === 'FULLY_EXECUTED' && kind !== kindsOfCase.PRESERVATION,
      due: amounts.amountDue,
    }),
    coerciveMeasures: coercionOf(random, {
      debtors: kind <= kindsOfCase.RESUMED ? parties.filter(({ role }) => role === 'DEBTOR') : [],
      first: filed + 12,
      last,
      terminated: course.closed?.mode === 'TERMINATED_THIS_TIME',
    }),
  };
}

function courseAt({ seed, today }: Terms, plan: Plan, slot: number): Course {
  const successor = plan.links.successorOf(slot);
  return courseOf(randomAt(seed, 'course', slot), {
    kind: plan.kindOf(slot),
    filed: plan.dayOf(slot),
    today,
    successor:
      successor === null
        ? null
        : { filed: plan.dayOf(successor), transferred: plan.links.transferOf(successor) !== null },
  });
}

/** The claim of a case that continues another is the part not yet recovered there (法明传〔2018〕335号). */
function accountAt(terms: Terms, plan: Plan, slot: number): Account {
  const random = randomAt(terms.seed, 'account', slot);
  const origin = plan.links.originOf(slot);
  const former = origin === null ? null : accountAt(terms, plan, origin);
  const { level } = terms.registry.courts[plan.courtOf(slot)]!;
  const sort = plan.ofCreditor(slot) ? 'MACHINERY' : level === 'INTERMEDIATE' ? 'INTERMEDIATE' : 'ORDINARY';
  const due = former === null ? claimOf(random, sort) : former.due - former.recovered;
  return { due, recovered: recoveredOf(random, due, courseAt(terms, plan, slot)) };
}

type Amounts = Pick<CaseRecord, 'amountDue' | 'amountRecovered' | 'amountOutstanding'>;

function amountsOf(random: Random, kind: number, linked: boolean, { due, recovered }: Account): Amounts {
  // An objection is about an act, and so is a delivery or an eviction.
  if (kind === kindsOfCase.OBJECTION || (!linked && random.chance(0.012))) {
    return { amountDue: null, amountRecovered: null, amountOutstanding: null };
  }
  // A preservation secures a sum and recovers none; some tables have simply not been filled in.
  if (kind === kindsOfCase.PRESERVATION || (!linked && random.chance(0.008))) {
    return { amountDue: toYuan(due), amountRecovered: null, amountOutstanding: null };
  }
  return { amountDue: toYuan(due), amountRecovered: toYuan(recovered), amountOutstanding: toYuan(due - recovered) };
}

function numberAt(plan: Plan, slot: number | null): string | null {
  return slot === null ? null : standardNumber(plan.numberOf(slot));
}

function likelihoodOf(kind: number, team: TeamRecord | null, { stage }: Course): number {
  if (kind === kindsOfCase.OBJECTION || team === null || stage === 'ASSIGNED' || stage === 'NOTIFIED') return 0;
  if (kind === kindsOfCase.PRESERVATION) return 0.9;
  return { PROPERTY_DISPOSAL: 0.97, FAST_EXECUTION: 0.4, TERMINATION: 0.25 }[team.type];
}

interface Signing {
  readonly slot: number;
  readonly course: Course;
  readonly team: TeamRecord | null;
  readonly parties: readonly PartyRecord[];
}

function withWrits(random: Random, terms: Terms, plan: Plan, signing: Signing): readonly PartyRecord[] {
  const { slot, course, team, parties } = signing;
  const court = terms.registry.courts[plan.courtOf(slot)]!.code;
  const handler = handlerOf(random, terms.seed, court);
  const share = writShare(course);
  // After 终本 the court asks again every six months for five years (法〔2016〕373号 Art. 9).
  const first = course.closed?.day ?? plan.dayOf(slot) + 1;
  let ordinal = 0;
  return parties.map((party) => {
    if (team === null || party.role !== 'DEBTOR' || first > terms.today || !random.chance(share)) return party;
    ordinal += 1;
    const facts = { number: plan.numberOf(slot), ordinal, judge: team.judge, handler, first, today: terms.today };
    return { ...party, writ: writOf(random, facts) };
  });
}

function writShare({ stage, closed }: Course): number {
  if (closed === null) return 0.84;
  return stage === 'TERMINATED_MONITORED' ? 0.4 : 0;
}
