import type { CourtRegistry } from '../../../common/court-registry.ts';
import { caseKeyOfLocalPerson } from '../../../common/person-id.ts';
import { provinces, toProvince } from '../../../common/provinces.ts';
import { ValueError } from '../../../common/value-error.ts';
import { caseStages } from '../../../common/vocabulary.ts';
import { badInput, knownCourt } from '../../kit/caller-errors.ts';
import { parseWords } from '../../kit/words.ts';
import type { TaskForceCriteriaInput } from './input.ts';
import type { TaskForceCriteria } from './type.ts';

/** How somebody is named instead of by a number. */
export const instead = 'a creditor is named by creditorPersonId';

/** Normalises criteria; throws UNKNOWN_COURT or BAD_USER_INPUT naming the field, also when there is no condition at all. */
export function parseCriteria(input: TaskForceCriteriaInput, registry: CourtRegistry): TaskForceCriteria {
  const criteria: TaskForceCriteria = {
    creditorPersonId: optional(input.creditorPersonId, parsePersonId),
    creditorName: optional(input.creditorName, (name) =>
      parseWords(`${argument}.creditorName`, name, { min: 2, max: 200 }, instead),
    ),
    amountOutstandingMin: optional(input.amountOutstandingMin, (fen) => parseAmount('amountOutstandingMin', fen)),
    amountOutstandingMax: optional(input.amountOutstandingMax, (fen) => parseAmount('amountOutstandingMax', fen)),
    stages: optional(input.stages, (written) => parseList('stages', written, caseStages, toStage)),
    courts: optional(input.courts, (written) => parseCourts(written, registry)),
    provinces: optional(input.provinces, (written) => parseList('provinces', written, provinces, toProvince)),
  };
  const { amountOutstandingMin: min, amountOutstandingMax: max } = criteria;
  if (min !== null && max !== null && min > max) {
    throw badInput(
      `${argument}.amountOutstandingMin`,
      'it is above amountOutstandingMax',
      'a lower bound at most that',
    );
  }
  // No condition would be every case of the city.
  if (Object.values(criteria).every((condition) => condition === null)) {
    throw badInput(argument, 'there is no condition', `at least one of ${Object.keys(criteria).join(', ')}`);
  }
  return criteria;
}

const argument = 'input.criteria';

function optional<Written, Value>(written: Written, parse: (written: NonNullable<Written>) => Value): Value | null {
  return written == null ? null : parse(written);
}

function parsePersonId(id: string): string {
  try {
    caseKeyOfLocalPerson(id);
  } catch (error) {
    if (!(error instanceof ValueError)) throw error;
    throw badInput(`${argument}.creditorPersonId`, 'this is no id of a person', error.expected);
  }
  return id;
}

function parseAmount(field: string, fen: bigint): bigint {
  if (fen < 0n) throw badInput(`${argument}.${field}`, 'the amount is below nothing', 'an amount from "0.00" on');
  return fen;
}

function toStage(written: string): string | null {
  return caseStages.find((stage) => stage === written) ?? null;
}

function parseCourts(codes: readonly string[], registry: CourtRegistry): readonly string[] {
  const known = registry.courts.map(({ code }) => code);
  // A merged court's old code stands for the court that has it now.
  return parseList('courts', codes, known, (code) => knownCourt(`${argument}.courts`, code, registry).code);
}

/** Known words without doubles, in the order of what there is. */
function parseList<Word extends string>(
  field: string,
  written: readonly string[],
  known: readonly Word[],
  read: (written: string) => string | null,
): readonly Word[] {
  if (written.length === 0) {
    throw badInput(`${argument}.${field}`, 'an empty list matches nothing', 'at least one, or no list');
  }
  const words = new Set(written.map(read));
  if (words.has(null)) throw badInput(`${argument}.${field}`, 'a word is unknown', `some of ${known.join(', ')}`);
  return known.filter((word) => words.has(word));
}
