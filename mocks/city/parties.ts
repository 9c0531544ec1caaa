/** Who takes part in a case, and how this court has written them down. */

import type { PartyRecord } from '../../common/case-record.ts';
import type { PartyRole } from '../../common/vocabulary.ts';
import { yearOf } from './calendar.ts';
import { kindsOfCase } from './docket.ts';
import { institutionsPerCourt } from './numbering.ts';
import type { Numbering } from './numbering.ts';
import type { Plan } from './plan.ts';
import type { Terms } from './terms.ts';
import type { Id, Population } from './population.ts';
import { randomAt } from './random.ts';
import type { Random } from './random.ts';

interface Part {
  readonly role: PartyRole;
  readonly person: number;
}

/** Where a case stands. */
export interface Scene {
  readonly terms: Terms;
  readonly plan: Plan;
  readonly population: Population;
  readonly slot: number;
}

/** The parties of a case as its court has written them, without writs. A case that continues another has that case's. */
export function partiesOf(random: Random, scene: Scene): readonly PartyRecord[] {
  return partsOf(scene).map((part, index) => partyOf(random, scene, part, index + 1));
}

function partsOf({ terms, plan, slot }: Scene): readonly Part[] {
  const { numbering, seed } = terms;
  const first = plan.links.firstOf(slot);
  const random = randomAt(seed, 'parts', first);
  const applicants = plan.ofCreditor(slot) ? [numbering.creditor] : applicantsOf(random, numbering, plan, first);
  const parts: Part[] = [
    ...applicants.map((person) => ({ role: 'APPLICANT', person }) as const),
    ...debtorsOf(random, numbering, plan, first).map((person) => ({ role: 'DEBTOR', person }) as const),
  ];
  // An objection is mostly raised by an outsider 案外人.
  if (random.chance(plan.kindOf(slot) === kindsOfCase.OBJECTION ? 0.7 : 0.01)) {
    parts.push({ role: 'THIRD_PARTY', person: numbering.ownThird(first) });
  }
  return parts;
}

function applicantsOf(random: Random, numbering: Numbering, plan: Plan, slot: number): readonly number[] {
  if (random.chance(0.35)) {
    // The smaller of two draws: the first of a court's lenders come far more often than the last.
    const ordinal = Math.min(random.below(institutionsPerCourt), random.below(institutionsPerCourt));
    return [numbering.institution(plan.courtOf(slot), ordinal)];
  }
  const one = numbering.ownApplicant(slot, 0);
  return random.chance(0.07) ? [one, numbering.ownApplicant(slot, 1)] : [one];
}

/** Those who stand surety for a buyer of machines do so in all of the buyer's cases. */
function debtorsOf(random: Random, numbering: Numbering, plan: Plan, slot: number): readonly number[] {
  const main = plan.mainDebtorOf(slot);
  const standing = numbering.standingOf(main);
  const count = random.weigh([
    [1, 62],
    [2, 27],
    [3, 8],
    [4, 3],
  ]);
  return Array.from({ length: count }, (_, ordinal) => {
    if (ordinal === 0) return main;
    if (standing.group === 'MACHINERY') return numbering.machinery(standing.ordinal, ordinal);
    return numbering.ownDebtor(slot, ordinal);
  });
}

function partyOf(random: Random, { terms, plan, population, slot }: Scene, part: Part, ordinal: number): PartyRecord {
  const { names, home, id, formerId, ...somebody } = population.somebody(part.person);
  const court = terms.registry.courts[plan.courtOf(slot)]!;
  // A court spells somebody the same way in all of its cases.
  const spelling =
    names.length === 1 ? 0 : randomAt(terms.seed, 'spelling', court.code, part.person).below(names.length);
  const written = writtenId(random, id, formerId, yearOf(plan.dayOf(slot)));
  return {
    ordinal,
    role: part.role,
    kind: somebody.kind,
    name: names[spelling]!,
    idType: written?.type ?? null,
    idNumber: written?.number ?? null,
    idMissingReason: somebody.idMissingReason,
    province: home.province,
    county: home.county,
    rural: somebody.rural,
    writ: null,
  };
}

/** Old registers hold 15-digit numbers and organisation codes; social credit codes began in October 2015. */
function writtenId(random: Random, id: Id | null, formerId: Id | null, year: number): Id | null {
  if (formerId === null) return id;
  const share = formerId.type === 'RESIDENT_ID' ? 0.05 : year < 2016 ? 0.7 : year === 2016 ? 0.2 : 0.01;
  return random.chance(share) ? formerId : id;
}
