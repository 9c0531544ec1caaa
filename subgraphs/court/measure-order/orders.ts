import { randomUUID } from 'node:crypto';
import type { Kysely } from 'kysely';
import { toCivilDate } from '../../../common/civil-date.ts';
import type { Viewer } from '../../../common/viewer.ts';
import type { Database } from '../../kit/database/database.ts';
import { notFound } from '../errors.ts';
import { changeOnce } from '../judged-change.ts';
import type { CourtSetting } from '../setting.ts';
import type { CaseTable, MeasureOrderTable, Tables } from '../tables.ts';
import { readAsked, readSigned } from './asked.ts';
import { firstContent, laterContent } from './content.ts';
import type { OrderMeasureInput } from './inputs.ts';
import { standingsOf } from './live.ts';
import type { OrderKey } from './loaders.ts';

/** Measures are ordered, each once under its key; by a judge of the case's court and nobody else. */
export interface MeasureOrders {
  /** Rejects with FORBIDDEN, BAD_USER_INPUT, UNKNOWN_COURT, NOT_FOUND or IDEMPOTENCY_CONFLICT. */
  order(input: OrderMeasureInput, idempotencyKey: string, viewer: Viewer | null): Promise<OrderKey>;
}

/** The orders of a court over its database. */
export function createMeasureOrders(setting: CourtSetting, database: Database): MeasureOrders {
  const rule = 'a measure is ordered by a judge (员额法官) of the court that has the case';
  return {
    order: async (input, idempotencyKey, viewer) =>
      changeOnce(setting, database, {
        ...{ operation: 'orderMeasure', input, idempotencyKey, viewer, rule },
        make: (db, judge) => order(db, input, judge, setting.now()),
      }),
  };
}

async function order(db: Kysely<Tables>, input: OrderMeasureInput, judge: Viewer, at: Date): Promise<OrderKey> {
  const today = toCivilDate(at);
  const asked = readAsked(input, today);
  const signed = readSigned(input);
  const own = await lockCase(db, input.caseNumber);
  const orders = await db.selectFrom('measure_order').selectAll().where('case_key', '=', own.number_key).execute();
  const before = { own, today, orders, standings: standingsOf(orders) };
  const content = 'originId' in asked ? laterContent(asked, before) : await firstContent(db, asked, before);
  const row: MeasureOrderTable = {
    ...content,
    ...signed,
    id: randomUUID(),
    case_key: own.number_key,
    position: orders.length + 1,
    signed_on: today,
    ordered_by: judge.subject,
    ordered_at: at.toISOString(),
  };
  await db.insertInto('measure_order').values(row).execute();
  return { caseKey: row.case_key, id: row.id };
}

/** Two orders of one case wait for each other: together they are not above the claim. */
async function lockCase(db: Kysely<Tables>, caseKey: string): Promise<CaseTable> {
  const own = await db
    .selectFrom('enforcement_case')
    .selectAll()
    .where('number_key', '=', caseKey)
    .forUpdate()
    .executeTakeFirst();
  if (own === undefined) throw notFound('input.caseNumber', 'this court has no such case');
  return own;
}
