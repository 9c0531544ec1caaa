import { type Expression, type Kysely, sql, type SqlBool } from 'kysely';
import { caseSelection, toCase } from '../case/rows.ts';
import type { Case } from '../case/type.ts';
import { parseCursor, type Position, toCursor, type Walk } from '../cursor/cursor.ts';
import { orderRules } from '../cursor/order.ts';
import type { CaseCondition } from '../filter/predicate.ts';
import { countMatches, hasMatch } from '../filter/matches.ts';
import { once } from '../once.ts';
import type { Tables } from '../tables.ts';
import type { Plain } from '../plain.ts';

/** A page that reads only what is asked of it, each at most once. */
export interface CasePage {
  rows(): Promise<CaseRows>;
  /** How many rows match the filter, on whatever page. */
  total(): Promise<number>;
  /** Whether any row matches the filter, on whatever page. */
  found(): Promise<boolean>;
}

export interface CaseRows {
  readonly edges: readonly { readonly cursor: string; readonly node: Plain<Case> }[];
  readonly hasNextPage: boolean;
}

export interface PageRequest extends Walk {
  readonly conditions: readonly CaseCondition[];
  readonly first: number;
  readonly after: string | null;
}

/** Prepares a page; throws BAD_CURSOR at once. */
export function createCasePage(db: Kysely<Tables>, request: PageRequest): CasePage {
  const after = request.after === null ? null : parseCursor(request, request.after);
  const rows = once(() => readRows(db, request, after));
  return {
    rows,
    total: once(() => countMatches(db, request.conditions)),
    found: once(async () => {
      // A row on the page proves a match, and an empty first page proves that there is none.
      if ((await rows()).edges.length > 0) return true;
      return after === null ? false : hasMatch(db, request.conditions);
    }),
  };
}

async function readRows(db: Kysely<Tables>, request: PageRequest, after: Position | null): Promise<CaseRows> {
  const { order, first, conditions } = request;
  const column = columnOf(order);
  let query = db.selectFrom('enforcement_case as c').select(caseSelection);
  for (const condition of conditions) query = query.where(condition);
  if (after) query = query.where(isAfter(order, after));
  if (column) query = query.orderBy(sql`${column} ${orderRules[order].descending ? sql`desc` : sql`asc`} nulls last`);
  const read = await query
    .orderBy('c.number_key')
    .limit(first + 1)
    .execute();
  const edges = read.slice(0, first).map((row) => {
    const node = toCase(row);
    return { cursor: toCursor(request, { value: valueOf(order, node), key: node.number }), node };
  });
  return { edges, hasNextPage: read.length > first };
}

/** Written out: a row comparison would lose the rows whose value is null. */
function isAfter(order: Walk['order'], { value, key }: Position): Expression<SqlBool> {
  const column = columnOf(order);
  if (!column) return sql`c.number_key > ${key}`;
  if (value === null) return sql`(${column} is null and c.number_key > ${key})`;
  const { descending, value: kind } = orderRules[order];
  const bound = kind === 'date' ? sql`${value}::date` : sql`${value}::bigint`;
  const beyond = descending ? sql`<` : sql`>`;
  return sql`(${column} ${beyond} ${bound} or ${column} is null or (${column} = ${bound} and c.number_key > ${key}))`;
}

function columnOf(order: Walk['order']): Expression<unknown> | null {
  const kind = orderRules[order].value;
  if (kind === null) return null;
  return kind === 'date' ? sql`c.filed_on` : sql`c.amount_outstanding`;
}

function valueOf(order: Walk['order'], row: Plain<Case>): Position['value'] {
  const kind = orderRules[order].value;
  if (kind === null) return null;
  return kind === 'date' ? row.filedOn : row.amountOutstanding;
}
