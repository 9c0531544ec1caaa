/** 协助查询通知书: the orders by which agencies may be asked about a debtor. */

import type { WritRecord } from '../../common/case-record.ts';
import { agencyCodes } from '../../common/vocabulary.ts';
import type { AgencyCode } from '../../common/vocabulary.ts';
import { dateOf, monthsAfter } from './calendar.ts';
import type { Random } from './random.ts';
import type { Handler } from './team.ts';
import { documentNumber } from './written-number.ts';
import type { NumberFacts } from './written-number.ts';

/** What bears on a writ; day numbers. */
export interface WritFacts {
  readonly number: NumberFacts;
  /** Which document of the case it is, from 1. */
  readonly ordinal: number;
  readonly judge: string;
  readonly handler: Handler;
  /** The first day on which the court could sign. */
  readonly first: number;
  readonly today: number;
}

const validMonths = 6;

/** A writ on one debtor; valid today except for a few that have expired. */
export function writOf(random: Random, facts: WritFacts): WritRecord {
  const { first, today, judge, handler } = facts;
  const expired = today - first >= 20 && random.chance(0.05);
  const signed = expired ? random.between(first, today - 16) : random.between(Math.max(first, today - 150), today);
  const full = monthsAfter(signed, validMonths);
  const validUntil = expired ? Math.min(full, random.between(signed + 10, today - 1)) : full;
  return {
    number: documentNumber(facts.number, facts.ordinal),
    agencies: agenciesOf(random),
    signedBy: judge,
    signedOn: dateOf(signed),
    validUntil: dateOf(validUntil),
    handlerName: handler.name,
    handlerPhone: handler.phone,
    workIdNumber: handler.workId,
    dutyCertificateNumber: handler.dutyCertificate,
  };
}

function agenciesOf(random: Random): readonly AgencyCode[] {
  if (!random.chance(0.08)) return agencyCodes;
  const left = random.pick(agencyCodes);
  return random.chance(0.5) ? [left] : agencyCodes.filter((agency) => agency !== left);
}
