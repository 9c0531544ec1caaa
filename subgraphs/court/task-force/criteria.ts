import { GraphQLError } from 'graphql';
import { z } from 'zod';
import type { CourtRegistry } from '../../../common/court-registry.ts';
import { parseMoney } from '../../../common/money.ts';
import type { PersonKey } from '../../../common/person-id.ts';
import { ValueError } from '../../../common/value-error.ts';
import { caseStages, type CaseStage } from '../../../common/vocabulary.ts';
import { requirementAbsent, unsupported } from '../errors.ts';
import { parseFilter, type NormalFilter } from '../filter/normal.ts';

const text = z.string().nullable();
const texts = z.array(z.string()).nullable();

// `nullable`, never `optional`: a null says that the condition does not stand, an absent one was lost on the way.
const criteriaSchema = z.object({
  creditorPersonId: text,
  creditorName: text,
  amountOutstandingMin: text,
  amountOutstandingMax: text,
  stages: texts,
  courts: texts,
  provinces: texts,
});

/**
 * The filter that a task force's criteria stand for. Throws `REQUIREMENT_ABSENT` for criteria that are absent, incomplete or
 * empty, which would be the whole city, and `UNSUPPORTED` for a condition that this court cannot apply; never leaves one out.
 */
export function parseCriteria(
  criteria: unknown,
  setting: { readonly registry: CourtRegistry; readonly personKey: PersonKey },
): NormalFilter {
  const read = criteriaSchema.safeParse(criteria);
  if (!read.success)
    throw requirementAbsent(
      'criteria',
      read.error.issues.map(({ path }) => path.join('.')),
    );
  const given = read.data;
  if (Object.values(given).every((condition) => condition === null)) throw requirementAbsent('criteria', []);
  const hasCreditor = given.creditorPersonId !== null || given.creditorName !== null;
  const conditions = {
    partyName: given.creditorName,
    personId: given.creditorPersonId,
    role: hasCreditor ? ('APPLICANT' as const) : null,
    amountOutstandingMin: toFen(given.amountOutstandingMin),
    amountOutstandingMax: toFen(given.amountOutstandingMax),
    stages: given.stages?.map(toStage) ?? null,
    courts: given.courts,
  };
  const filter = ofCriteria(() => parseFilter(conditions, setting));
  if (given.provinces === null) return filter;
  return { ...filter, provinces: [...new Set(given.provinces)].sort() };
}

/** The conditions of a filter that can be refused, by the names that the caller gave them. */
const criteriaNames: ReadonlyMap<unknown, string> = new Map([
  ['filter.partyName', 'criteria.creditorName'],
  ['filter.personId', 'criteria.creditorPersonId'],
  ['filter.courts', 'criteria.courts'],
]);

/** Whoever has to mend criteria never wrote a filter: a refusal names the field of the criteria. */
function ofCriteria(read: () => NormalFilter): NormalFilter {
  try {
    return read();
  } catch (error) {
    if (!(error instanceof GraphQLError)) throw error;
    const given = error.extensions['argument'];
    const argument = criteriaNames.get(given);
    if (argument === undefined) throw error;
    const message = error.message.replace(String(given), argument);
    throw new GraphQLError(message, { extensions: { ...error.extensions, argument } });
  }
}

function toStage(word: string): CaseStage {
  const stage = caseStages.find((known) => known === word);
  if (stage === undefined) throw unsupported('criteria.stages', 'a stage that this court does not know');
  return stage;
}

function toFen(amount: string | null): bigint | null {
  if (amount === null) return null;
  try {
    return parseMoney(amount);
  } catch (error) {
    if (!(error instanceof ValueError)) throw error;
    throw unsupported('criteria', 'an amount that this court cannot read');
  }
}
