import type { Kysely } from 'kysely';
import { sql } from 'kysely';
import type { MeasureOrderTable, Tables } from '../tables.ts';
import type { Plain } from '../plain.ts';
import type { MeasureOrder } from './type.ts';

/** An order as the database gives it. */
export interface MeasureOrderRow extends MeasureOrderTable {
  readonly released_on: string | null;
}

/** All orders, each with the day on which it was released. */
export function selectOrders(db: Kysely<Tables>) {
  return db
    .selectFrom('measure_order as o')
    .selectAll('o')
    .select(
      sql<string | null>`(select r.signed_on from measure_order as r
        where r.origin_id = coalesce(o.origin_id, o.id) and r.action = 'RELEASE' and o.action <> 'RELEASE')`.as(
        'released_on',
      ),
    );
}

/** The order that a row stands for. */
export function toOrder(row: MeasureOrderRow): Plain<MeasureOrder> {
  return {
    caseNumber: row.case_key,
    id: row.id,
    partyId: String(row.ordinal),
    action: row.action,
    agency: row.agency,
    number: row.number,
    bankName: row.bank_name,
    amount: row.amount,
    until: row.until,
    originId: row.origin_id,
    releasedOn: row.released_on,
    signedBy: row.signed_by,
    signedOn: row.signed_on,
    fullProperty: row.property,
    fullSubject: { name: row.name, idType: row.id_type, idNumber: row.id_number },
    handler: {
      name: row.handler_name,
      phone: row.handler_phone,
      workId: row.work_id_number,
      dutyCertificate: row.duty_certificate_number,
    },
  };
}
