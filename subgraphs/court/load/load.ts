import { caseNumberFromKey, formatCaseNumber } from '../../../common/case-number.ts';
import type { CaseRecord } from '../../../common/case-record.ts';
import { ValueError } from '../../../common/value-error.ts';
import type { Database } from '../../kit/database/database.ts';
import { insertRows } from '../../kit/database/insert-rows.ts';
import type { RowTables } from '../tables.ts';
import { toInsert } from './columns.ts';
import { type CaseRows, type Loading, parseCaseRecord } from './rows.ts';

/**
 * Stores the records in one transaction, all or nothing, and resolves with how many they were. Throws ValueError, naming
 * the record, for one that cannot be read, or whose case is there already.
 */
export async function loadCases(database: Database, records: Iterable<CaseRecord>, loading: Loading): Promise<number> {
  return database.transaction(async (transaction) => {
    await transaction.query('set local statement_timeout = 0');
    // Two loads take turns, so that the second finds the first one's cases; questions are answered meanwhile.
    await transaction.query('lock table enforcement_case in share row exclusive mode');
    let count = 0;
    for (const chunk of chunks(records, casesPerChunk)) {
      const rows = chunk.map((record, index) => parseRecord(record, count + index, loading));
      await requireNew(transaction, rows);
      await insert(
        transaction,
        'enforcement_case',
        rows.map(({ enforcementCase }) => enforcementCase),
      );
      await insert(
        transaction,
        'party',
        rows.flatMap(({ parties }) => parties),
      );
      await insert(
        transaction,
        'writ',
        rows.flatMap(({ writs }) => writs),
      );
      await insert(
        transaction,
        'measure',
        rows.flatMap(({ measures }) => measures),
      );
      await insert(
        transaction,
        'coercive_measure',
        rows.flatMap(({ coerciveMeasures }) => coerciveMeasures),
      );
      count += chunk.length;
    }
    // Without statistics the planner takes the new rows for a handful and the wrong road to them.
    await transaction.query('analyze enforcement_case, party, writ, measure, coercive_measure');
    return count;
  });
}

const casesPerChunk = 2_000;

function parseRecord(record: CaseRecord, index: number, loading: Loading): CaseRows {
  try {
    return parseCaseRecord(record, loading);
  } catch (error) {
    if (!(error instanceof ValueError)) throw error;
    throw new ValueError(`record ${index + 1}: ${error.message.split('; expected ')[0]!}`, error.expected, {
      cause: error,
    });
  }
}

async function requireNew(transaction: Database, rows: readonly CaseRows[]): Promise<void> {
  const keys = rows.map(({ enforcementCase }) => enforcementCase.number_key);
  const { rows: stored } = await transaction.query<{ number_key: string }>(
    'select number_key from enforcement_case where number_key = any($1::text[]) order by number_key limit 1',
    [keys],
  );
  const twice = stored[0]?.number_key ?? keys.find((key, index) => keys.indexOf(key) !== index);
  if (twice === undefined) return;
  const number = formatCaseNumber(caseNumberFromKey(twice));
  throw new ValueError(`the case ${number} is there already`, 'each case once');
}

async function insert<Name extends keyof RowTables>(
  transaction: Database,
  table: Name,
  rows: readonly RowTables[Name][],
): Promise<void> {
  if (rows.length === 0) return;
  const { columns, values } = toInsert(table, rows);
  await insertRows(transaction, table, columns, values);
}

function* chunks<Item>(items: Iterable<Item>, size: number): Generator<Item[]> {
  let chunk: Item[] = [];
  for (const item of items) {
    chunk.push(item);
    if (chunk.length < size) continue;
    yield chunk;
    chunk = [];
  }
  if (chunk.length > 0) yield chunk;
}
