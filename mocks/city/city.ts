/** A synthetic city of courts: every person, company and number is made up, and the same seed makes the same city anywhere. */

import type { CaseRecord } from '../../common/case-record.ts';
import type { CourtRegistry } from '../../common/court-registry.ts';
import { dayOf } from './calendar.ts';
import { caseOf } from './case.ts';
import { homesOf } from './homes.ts';
import { numberingOf } from './numbering.ts';
import { planOf } from './plan.ts';
import type { Terms } from './terms.ts';
import { populationOf } from './population.ts';

/** The cases of a city, by court. */
export interface City {
  /** The day on which the records were read, `YYYY-MM-DD`: a clock that judges whether writs are valid starts here. */
  readonly today: string;
  /** The applicant of the joint action, with debtors in 30 provinces. */
  readonly creditor: Creditor;
  /** A court's cases in order of filing, built as they are read; throws RangeError for a court that the registry does not have. */
  casesOf(courtCode: string): Iterable<CaseRecord>;
}

export interface Creditor {
  readonly name: string;
  /** A unified social credit code. */
  readonly identityNumber: string;
}

/** What a city is made from. */
export interface CityOptions {
  readonly registry: CourtRegistry;
  readonly seed?: string;
  /** A whole number from 1. */
  readonly casesPerCourt?: number;
  /** `YYYY-MM-DD`, 2016-07-01 at the earliest: nothing in the records is later, except terms that still run. */
  readonly today?: string;
}

const firstToday = '2016-07-01';

/** A city. Throws RangeError for options that it cannot be made from. */
export function generateCity(options: CityOptions): City {
  const { registry, seed = 'nonet', casesPerCourt: perCourt = 300, today = '2018-01-31' } = options;
  if (!Number.isInteger(perCourt) || perCourt < 1) {
    throw new RangeError(`casesPerCourt is ${perCourt}; expected a whole number from 1.`);
  }
  if (dayOf(today) < dayOf(firstToday)) throw new RangeError(`today is ${today}; expected ${firstToday} or later.`);

  const numbering = numberingOf(registry.courts.length, perCourt);
  const population = populationOf(seed, numbering, homesOf(registry));
  const provinceOf = (person: number): string => population.homeOf(person).province;
  const terms: Terms = { seed, registry, perCourt, today: dayOf(today), numbering, provinceOf };
  const plan = planOf(terms);
  const creditor = population.somebody(numbering.creditor);
  return {
    today,
    creditor: { name: creditor.names[0]!, identityNumber: creditor.id!.number },
    casesOf: (courtCode) => {
      const court = registry.courts.findIndex(({ code }) => code === courtCode);
      if (court === -1) throw new RangeError(`The registry has no court ${courtCode}.`);
      return {
        *[Symbol.iterator]() {
          for (let index = 0; index < perCourt; index += 1) {
            yield caseOf(terms, plan, population, court * perCourt + index);
          }
        },
      };
    },
  };
}
