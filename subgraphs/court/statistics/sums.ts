import { type Kysely, type RawBuilder, sql } from 'kysely';
import { caseStages, type CaseStage, closingModes, type ClosingMode } from '../../../common/vocabulary.ts';
import { hasMatch } from '../filter/matches.ts';
import type { CaseCondition } from '../filter/predicate.ts';
import { once } from '../once.ts';
import type { Tables } from '../tables.ts';

export interface CaseTotals {
  readonly count: number;
  readonly amountDue: bigint | null;
  readonly amountRecovered: bigint | null;
  readonly amountOutstanding: bigint | null;
}

/** Exact sums of fen, each read when it is asked for; a sum over no known amount is null. */
export interface CaseSums {
  totals(): Promise<CaseTotals>;
  byStage(): Promise<{ stage: CaseStage; count: number; amountOutstanding: bigint | null }[]>;
  byClosingMode(): Promise<{ closingMode: ClosingMode; count: number; amountRecovered: bigint | null }[]>;
  byMonth(): Promise<{ month: string; count: number; amountDue: bigint | null }[]>;
  /** Whether any row matches the filter, those left out of sums too. */
  found(): Promise<boolean>;
}

/** Prepares sums over the cases that meet all conditions. */
export function createCaseSums(db: Kysely<Tables>, conditions: readonly CaseCondition[]): CaseSums {
  // 销案 of a case that another court continues (法明传〔2018〕335号): the claim counts where it goes on.
  const counted = [
    ...conditions,
    sql<boolean>`(c.closing_mode is distinct from 'CANCELLED' or c.successor_key is null)`,
  ];

  const grouped = <Group extends string>(group: RawBuilder<Group | null>, amount: RawBuilder<unknown>) => {
    let query = db
      .selectFrom('enforcement_case as c')
      .select([group.as('group'), count.as('count'), sql<string | null>`sum(${amount})`.as('amount')])
      .groupBy(group);
    for (const condition of counted) query = query.where(condition);
    return query.execute();
  };

  return {
    totals: once(async () => {
      let query = db
        .selectFrom('enforcement_case as c')
        .select([
          count.as('count'),
          sql<string | null>`sum(c.amount_due)`.as('amountDue'),
          sql<string | null>`sum(c.amount_recovered)`.as('amountRecovered'),
          sql<string | null>`sum(c.amount_outstanding)`.as('amountOutstanding'),
        ]);
      for (const condition of counted) query = query.where(condition);
      const row = await query.executeTakeFirstOrThrow();
      return {
        count: row.count,
        amountDue: toFen(row.amountDue),
        amountRecovered: toFen(row.amountRecovered),
        amountOutstanding: toFen(row.amountOutstanding),
      };
    }),

    async byStage() {
      const rows = await grouped(sql<CaseStage>`c.stage`, sql`c.amount_outstanding`);
      return inOrder(caseStages, rows).map(({ group, amount, ...row }) => ({
        ...row,
        stage: group,
        amountOutstanding: amount,
      }));
    },

    async byClosingMode() {
      const rows = await grouped(sql<ClosingMode>`c.closing_mode`, sql`c.amount_recovered`);
      return inOrder(closingModes, rows).map(({ group, amount, ...row }) => ({
        ...row,
        closingMode: group,
        amountRecovered: amount,
      }));
    },

    async byMonth() {
      const rows = await grouped(sql<string>`to_char(c.filed_on, 'YYYY-MM')`, sql`c.amount_due`);
      const months = rows.flatMap(({ group }) => (group === null ? [] : [group])).sort();
      return inOrder(months, rows).map(({ group, amount, ...row }) => ({ ...row, month: group, amountDue: amount }));
    },

    found: once(() => hasMatch(db, conditions)),
  };
}

const count = sql<number>`count(*)::integer`;

/** The groups that have rows, in the order of the list; rows of no group belong to none. */
function inOrder<Group extends string>(
  order: readonly Group[],
  rows: readonly { group: Group | null; count: number; amount: string | null }[],
): { group: Group; count: number; amount: bigint | null }[] {
  const byGroup = new Map(rows.map((row) => [row.group, row]));
  return order.flatMap((group) => {
    const row = byGroup.get(group);
    return row ? [{ group, count: row.count, amount: toFen(row.amount) }] : [];
  });
}

/** A sum of int8 is numeric in PostgreSQL: exact digits as text. */
function toFen(sum: string | null): bigint | null {
  return sum === null ? null : BigInt(sum);
}
