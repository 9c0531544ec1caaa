import type DataLoader from 'dataloader';
import { type Kysely, sql } from 'kysely';
import { byKey, groupedByKey } from '../loader.ts';
import type { Plain } from '../plain.ts';
import type { Tables } from '../tables.ts';
import { selectOrders, toOrder } from './rows.ts';
import type { MeasureOrder } from './type.ts';

/** How many orders one list gives. */
export const orderLimit = 100;

/** One order of one case, as `MeasureOrder` is keyed. */
export interface OrderKey {
  readonly caseKey: string;
  /** A UUID. */
  readonly id: string;
}

/** Orders by case and id; null for one that is not there. */
export function createOrderLoader(db: Kysely<Tables>): DataLoader<OrderKey, Plain<MeasureOrder> | null, string> {
  return byKey(
    async (keys: readonly OrderKey[]) => {
      const ids = keys.map(({ id }) => id);
      const rows = await selectOrders(db)
        .where(sql<boolean>`o.id = any(${ids}::uuid[])`)
        .execute();
      return rows.map(toOrder);
    },
    ({ caseKey, id }) => `${caseKey}/${id}`,
    ({ caseNumber, id }) => `${caseNumber}/${id}`,
  );
}

/** The orders of each case, the latest first, one more than the limit so that a cut can be seen. */
export function createOrdersLoader(db: Kysely<Tables>): DataLoader<string, readonly Plain<MeasureOrder>[]> {
  return groupedByKey(
    (caseKeys) =>
      db
        .selectFrom(
          selectOrders(db)
            .select(sql<bigint>`row_number() over (partition by o.case_key order by o.position desc)`.as('place'))
            .where(sql<boolean>`o.case_key = any(${caseKeys}::text[])`)
            .as('r'),
        )
        .selectAll('r')
        .where('r.place', '<=', BigInt(orderLimit + 1))
        .orderBy('r.case_key')
        .orderBy('r.position', 'desc')
        .execute(),
    ({ case_key }) => case_key,
    toOrder,
  );
}
