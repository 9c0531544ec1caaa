import type { MeasureOrderTable } from '../tables.ts';

/** What bears on which measures are in force by the court's own orders. */
export type OrderFacts = Pick<
  MeasureOrderTable,
  'id' | 'action' | 'agency' | 'property' | 'bank_name' | 'amount' | 'until' | 'origin_id'
>;

/** A first order with its renewals: until when it stands, and whether it was released. */
export interface Standing<Order> {
  readonly first: Order;
  readonly until: string;
  readonly isReleased: boolean;
}

/** The first orders of a case, each as its renewals and its release leave it. */
export function standingsOf<Order extends OrderFacts>(orders: readonly Order[]): readonly Standing<Order>[] {
  return orders
    .filter(({ origin_id }) => origin_id === null)
    .map((first) => {
      const later = orders.filter(({ origin_id }) => origin_id === first.id);
      const days = [first, ...later].flatMap(({ until }) => until ?? []);
      return {
        first,
        until: days.sort().at(-1) ?? '',
        isReleased: later.some(({ action }) => action === 'RELEASE'),
      };
    });
}

/** Whether a measure stands on a day: it is not released, and was renewed before it lapsed. */
export function isLive({ until, isReleased }: Standing<unknown>, today: string): boolean {
  return !isReleased && until >= today;
}

/** The freezes that were ordered released and would stand today: whether their agency still holds them, the court does not know. */
export function releasedFreezes<Order extends OrderFacts>(
  standings: readonly Standing<Order>[],
  today: string,
): readonly Standing<Order>[] {
  return standings.filter(({ first, until, isReleased }) => isReleased && until >= today && first.amount !== null);
}

/** The fen that live orders of a case cover; a renewal covers nothing beside what it renews. */
export function coveredBy(standings: readonly Standing<OrderFacts>[], today: string): bigint {
  return standings
    .filter((standing) => isLive(standing, today))
    .reduce((sum, { first }) => sum + (first.amount ?? 0n), 0n);
}
