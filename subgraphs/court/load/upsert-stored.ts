import type { Database } from '../../kit/database/database.ts';
import { quoteIdentifier } from '../../kit/database/identifier.ts';
import type { RowTables } from '../tables.ts';
import { columnTypes } from './columns.ts';
import type { StoredCase } from './upsert-case.ts';

/** The stored cases of these keys, as far as an import touches them. */
export async function readStored(database: Database, keys: readonly string[]): Promise<Map<string, StoredCase>> {
  const cases = await readRows(database, 'enforcement_case', 'number_key', keys);
  if (cases.length === 0) return new Map();
  const found = cases.map(({ number_key }) => number_key);
  const parties = groupByCase(await readRows(database, 'party', 'case_key', found));
  const writs = groupByCase(await readRows(database, 'writ', 'case_key', found));
  const coerciveMeasures = groupByCase(await readRows(database, 'coercive_measure', 'case_key', found));
  return new Map(
    cases.map((enforcementCase) => {
      const key = enforcementCase.number_key;
      const belonging = {
        parties: parties.get(key) ?? [],
        writs: writs.get(key) ?? [],
        coerciveMeasures: coerciveMeasures.get(key) ?? [],
      };
      return [key, { enforcementCase, ...belonging }];
    }),
  );
}

/** Whether two rows of a table say the same in every column. */
export function isSameRow<Name extends keyof RowTables>(
  table: Name,
  one: RowTables[Name],
  other: RowTables[Name],
): boolean {
  return columnsOf(table).every((column) => one[column] === other[column]);
}

/** Whether two lists of rows of a table say the same, in order. */
export function areSameRows<Name extends keyof RowTables>(
  table: Name,
  ones: readonly RowTables[Name][],
  others: readonly RowTables[Name][],
): boolean {
  return ones.length === others.length && ones.every((one, index) => isSameRow(table, one, others[index]!));
}

/** The columns of a table, in its own order. */
export function columnsOf<Name extends keyof RowTables>(table: Name): (keyof RowTables[Name] & string)[] {
  return Object.keys(columnTypes[table]) as (keyof RowTables[Name] & string)[];
}

/** Second columns of the primary keys: rows are compared in this order. */
const order = { enforcement_case: [], party: ['ordinal'], writ: ['ordinal'], coercive_measure: ['position'] } as const;

async function readRows<Name extends keyof typeof order>(
  database: Database,
  table: Name,
  keyColumn: string,
  keys: readonly string[],
): Promise<RowTables[Name][]> {
  const columns = columnsOf(table).map(quoteIdentifier).join(', ');
  const sorted = [keyColumn, ...order[table]].map(quoteIdentifier).join(', ');
  const { rows } = await database.query<RowTables[Name]>(
    `select ${columns} from ${quoteIdentifier(table)} where ${quoteIdentifier(keyColumn)} = any($1::text[]) order by ${sorted}`,
    [keys],
  );
  return rows;
}

function groupByCase<Row extends { readonly case_key: string }>(rows: readonly Row[]): Map<string, Row[]> {
  const groups = new Map<string, Row[]>();
  for (const row of rows) {
    const group = groups.get(row.case_key);
    if (group) group.push(row);
    else groups.set(row.case_key, [row]);
  }
  return groups;
}
