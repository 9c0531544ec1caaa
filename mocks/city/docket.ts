/** A court's cases in order of filing: days, types, and which of them continue another case or belong to the large creditor. */

import type { CourtEntry } from '../../common/court-registry.ts';
import { dayOf, workday } from './calendar.ts';
import type { Terms } from './terms.ts';
import { randomAt } from './random.ts';
import type { Random } from './random.ts';

/** Indices into `typeWords`. */
export const kindsOfCase = { FIRST: 0, RESUMED: 1, PRESERVATION: 2, OBJECTION: 3 } as const;

/** Why a case looks for another that it continues. */
export const markOf = { NONE: 0, RESUMES: 1, CAMPAIGN: 2, TRANSFER: 3 } as const;

/** One entry a case, in order of filing. */
export interface Docket {
  readonly days: Int32Array;
  readonly kinds: Int32Array;
  readonly marks: Int32Array;
  readonly creditors: Int32Array;
}

const legacyFrom = dayOf('2013-01-01');
const standardFrom = dayOf('2016-01-01');
const campaignDays = 90;

/** The docket of one court. */
export function docketOf({ seed, perCourt, today }: Terms, court: CourtEntry): Docket {
  const random = randomAt(seed, 'docket', court.code);
  const docket: Docket = {
    days: new Int32Array(perCourt),
    kinds: new Int32Array(perCourt),
    marks: new Int32Array(perCourt),
    creditors: new Int32Array(perCourt),
  };
  // A court whose old prefix nobody knows has no cases of before 2016 in the table.
  const legacyShare = court.legacyPrefixes.length > 0 ? 0.2 : 0;
  for (let at = 0; at < perCourt; at += 1) {
    const day = filingDay((at + random.share()) / perCourt, legacyShare, today);
    const kind = random.weigh([
      [kindsOfCase.FIRST, 84],
      [kindsOfCase.RESUMED, 5],
      [kindsOfCase.PRESERVATION, 8],
      [kindsOfCase.OBJECTION, 3],
    ]);
    docket.days[at] = day;
    docket.kinds[at] = kind;
    docket.marks[at] = markFor(random, kind, today - day);
    docket.creditors[at] =
      docket.marks[at] === markOf.NONE && random.chance(kind === kindsOfCase.FIRST ? 0.06 : 0.02) ? 1 : 0;
  }
  return docket;
}

/** The day at a share (0 … 1) of the docket: even before 2016, then more and more filings a month. */
function filingDay(share: number, legacyShare: number, today: number): number {
  if (share < legacyShare) {
    return workday(legacyFrom + Math.floor((share / legacyShare) * (standardFrom - legacyFrom)));
  }
  const rest = (share - legacyShare) / (1 - legacyShare);
  // The density grows from 1 to 3 over the years; this is the inverse of its integral. Square roots are exact everywhere (IEEE 754).
  const position = (Math.sqrt(1 + 8 * rest) - 1) / 2;
  return Math.max(standardFrom, workday(standardFrom + Math.floor(position * (today - standardFrom))));
}

function markFor(random: Random, kind: number, age: number): number {
  if (kind === kindsOfCase.RESUMED) return markOf.RESUMES;
  if (kind !== kindsOfCase.FIRST) return markOf.NONE;
  // The joint action designates courts in its last weeks; other transfers happen at any time.
  if (age < campaignDays && random.chance(0.08)) return markOf.CAMPAIGN;
  return random.chance(0.009) ? markOf.TRANSFER : markOf.NONE;
}
