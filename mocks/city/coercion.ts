/** Coercive measures against debtors. */

import type { CoerciveMeasureRecord } from '../../common/case-record.ts';
import type { CoerciveMeasureKind, PartyKind } from '../../common/vocabulary.ts';
import { dateOf } from './calendar.ts';
import type { Random, Weighted } from './random.ts';

/** What bears on a case's coercive measures; day numbers. */
export interface CoercionFacts {
  readonly debtors: readonly { readonly ordinal: number; readonly kind: PartyKind }[];
  readonly first: number;
  readonly last: number;
  /** Whether the case was closed by 终本, before which every debtor must be restricted (法〔2016〕373号 Art. 1). */
  readonly terminated: boolean;
}

const againstPersons: Weighted<CoerciveMeasureKind> = [
  ['FORCED_SUMMONS', 40],
  ['JUDICIAL_DETENTION', 25],
  ['SEARCH', 15],
  ['FINE', 8],
  ['EXIT_BAN', 5],
  ['EVICTION', 4],
  ['CRIMINAL_REFERRAL', 3],
];
const againstOrganisations: Weighted<CoerciveMeasureKind> = [
  ['SEARCH', 60],
  ['FINE', 40],
];

/** The coercive measures of one case, in order of their days; none when the window is empty. */
export function coercionOf(random: Random, facts: CoercionFacts): readonly CoerciveMeasureRecord[] {
  const { first, last, terminated } = facts;
  if (first > last) return [];
  const taken: CoerciveMeasureRecord[] = [];
  for (const { ordinal, kind } of facts.debtors) {
    const take = (measure: CoerciveMeasureKind): void => {
      taken.push({ kind: measure, decidedOn: dateOf(random.between(first, last)), party: ordinal });
    };
    if (terminated || random.chance(0.25)) take('CONSUMPTION_RESTRICTION');
    if (random.chance(terminated ? 0.7 : 0.1)) take('DISHONEST_LIST');
    if (!random.chance(0.12)) continue;
    // The source tells of a debtor detained four times over 7,000 yuan, so a measure may repeat.
    const times = random.weigh([
      [1, 70],
      [2, 20],
      [4, 10],
    ]);
    const measure = random.weigh(kind === 'NATURAL_PERSON' ? againstPersons : againstOrganisations);
    for (let time = 0; time < times; time += 1) take(measure);
  }
  return taken.sort((one, other) => (one.decidedOn < other.decidedOn ? -1 : one.decidedOn > other.decidedOn ? 1 : 0));
}
