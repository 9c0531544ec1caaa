import type { CourtContext } from '../context.ts';
import { digestOf, type WalkScope } from '../cursor/digest.ts';
import { type CaseCondition, toConditions, toInvolvement } from '../filter/predicate.ts';
import { type PageArguments, parseFirst } from './arguments.ts';
import { createCasePage } from './page.ts';
import type { CaseConnection } from './types.ts';
import type { Plain } from '../plain.ts';

/** A connection over the cases in scope; throws BAD_USER_INPUT or BAD_CURSOR before any row is read. */
export function createCaseConnection(
  { db, personKey }: CourtContext,
  scope: WalkScope,
  { first, after, orderBy }: PageArguments,
): Plain<CaseConnection> {
  const page = createCasePage(db, {
    conditions: conditionsOf(scope),
    first: parseFirst(first, 20),
    after: after ?? null,
    order: orderBy ?? 'FILED_ON_DESC',
    digest: digestOf(scope, personKey),
  });
  return { page, isLaterPage: after != null, totalIsLowerBound: false };
}

function conditionsOf({ filter, person }: WalkScope): CaseCondition[] {
  return person ? [toInvolvement(person.id, person.role), ...toConditions(filter)] : toConditions(filter);
}
