import type { Kysely } from 'kysely';
import { sql } from 'kysely';
import type { MeasureOrderTable, Tables } from '../tables.ts';
import type { Plain } from '../plain.ts';
import type { Freed } from './freed.ts';
import type { MeasureOrder } from './type.ts';

/** An order as the database gives it. */
export interface MeasureOrderRow extends MeasureOrderTable {
  readonly released_on: string | null;
  readonly freed: readonly Freed[];
}

/** All orders, each with the day on which it was first ordered released, and with what made room for it. */
export function selectOrders(db: Kysely<Tables>) {
  return db
    .selectFrom('measure_order as o')
    .selectAll('o')
    .select([
      sql<string | null>`(select min(r.signed_on) from measure_order as r
        where r.origin_id = coalesce(o.origin_id, o.id) and r.action = 'RELEASE' and o.action <> 'RELEASE')`.as(
        'released_on',
      ),
      sql<
        readonly Freed[]
      >`(select coalesce(json_agg(json_build_object('until', f.until, 'releaseIds', f.release_ids)), '[]')
        from (
          select max(m.until) as until,
            json_agg(m.id order by m.position) filter (where m.action = 'RELEASE') as release_ids
          from measure_order as m
          where m.case_key = o.case_key and coalesce(m.origin_id, m.id)::text = any(o.freed_ids)
          group by coalesce(m.origin_id, m.id)) as f)`.as('freed'),
    ]);
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
    freed: row.freed,
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
