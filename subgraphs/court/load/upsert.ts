import { setImmediate } from 'node:timers/promises';
import { caseNumberFromKey, formatCaseNumber } from '../../../common/case-number.ts';
import { ValueError } from '../../../common/value-error.ts';
import type { Database } from '../../kit/database/database.ts';
import type { Batch, BatchResult, Entry } from './entry.ts';
import type { CaseRows, Loading } from './rows.ts';
import type { MergedCase, StoredCase } from './upsert-case.ts';
import { mergeCase, parseEntry } from './upsert-merge.ts';
import { areSameRows, isSameRow, readStored } from './upsert-stored.ts';
import { writeChunk } from './upsert-write.ts';

/** With the court's clock. */
export interface Importing extends Loading {
  readonly now: () => Date;
}

export interface UpsertOptions {
  /** Aborted before the end, the import leaves nothing behind. */
  readonly signal?: AbortSignal | undefined;
  /** Told how many entries are stored, after each chunk. */
  readonly onProgress?: ((stored: number) => void) | undefined;
}

/**
 * Puts a batch over what is stored, in one transaction: a case of the batch replaces the columns and parties that the batch
 * speaks of, everything else stays. What is the same already is not written. Throws ValueError, naming the entry, for one
 * that cannot be read; the same case twice in a batch is one, too.
 */
export async function upsertCases(
  database: Database,
  batch: Batch,
  loading: Importing,
  { signal, onProgress }: UpsertOptions = {},
): Promise<BatchResult> {
  // Read before the transaction, which keeps others waiting.
  const parsed = await parseEntries(batch.entries, loading, signal);
  return database.transaction(async (transaction) => {
    await transaction.query('set local statement_timeout = 0');
    // Imports take turns with each other and with loads; questions are answered meanwhile.
    await transaction.query('lock table enforcement_case in share row exclusive mode');
    const sums = { inserted: 0, changed: 0, unchanged: 0, missing: [] as number[], kept: [] as string[] };
    for (let start = 0; start < parsed.length; start += casesPerChunk) {
      signal?.throwIfAborted();
      await upsertChunk(transaction, batch, parsed.slice(start, start + casesPerChunk), loading.now(), sums);
      onProgress?.(Math.min(start + casesPerChunk, parsed.length));
    }
    const formerAsOf = await readAsOf(transaction);
    await writeImport(transaction, batch, sums, formerAsOf);
    // Without statistics the planner takes the new rows for a handful and the wrong road to them.
    if (sums.inserted + sums.changed > 0)
      await transaction.query('analyze enforcement_case, party, writ, coercive_measure');
    signal?.throwIfAborted();
    return { ...sums, formerAsOf };
  });
}

const casesPerChunk = 2_000;

interface Parsed {
  readonly index: number;
  readonly entry: Entry;
  readonly rows: CaseRows;
}

async function parseEntries(entries: readonly Entry[], loading: Loading, signal?: AbortSignal): Promise<Parsed[]> {
  const parsed: Parsed[] = [];
  const seen = new Set<string>();
  for (const [index, entry] of entries.entries()) {
    // A running court answers questions between the pieces.
    if (index % 200 === 199) await setImmediate();
    signal?.throwIfAborted();
    const rows = parseOne(entry, index, loading);
    const key = rows.enforcementCase.number_key;
    if (seen.has(key)) throw new ValueError(`entry ${index + 1}: its case is in the import already`, 'each case once');
    seen.add(key);
    parsed.push({ index, entry, rows });
  }
  return parsed;
}

function parseOne(entry: Entry, index: number, loading: Loading): CaseRows {
  try {
    return parseEntry(entry, loading);
  } catch (error) {
    if (!(error instanceof ValueError)) throw error;
    const problem = `entry ${index + 1}: ${error.message.split('; expected ')[0]!}`;
    throw new ValueError(problem, error.expected, { cause: error });
  }
}

interface Sums {
  inserted: number;
  changed: number;
  unchanged: number;
  readonly missing: number[];
  readonly kept: string[];
}

async function upsertChunk(
  transaction: Database,
  { spoken }: Batch,
  chunk: readonly Parsed[],
  at: Date,
  sums: Sums,
): Promise<void> {
  const stored = await readStored(
    transaction,
    chunk.map(({ rows }) => rows.enforcementCase.number_key),
  );
  const inserted: MergedCase[] = [];
  const updated: MergedCase[] = [];
  const reseated: MergedCase[] = [];
  for (const { index, entry, rows } of chunk) {
    const key = rows.enforcementCase.number_key;
    const before = stored.get(key) ?? null;
    if (before === null && entry.columns === null) {
      sums.missing.push(index);
      continue;
    }
    const after = mergeCase(before, rows, entry, spoken);
    if (after.hasKept) sums.kept.push(formatCaseNumber(caseNumberFromKey(key)));
    if (before === null) {
      inserted.push(after);
      continue;
    }
    const sameColumns = isSameRow('enforcement_case', before.enforcementCase, after.enforcementCase);
    const sameParties = areSameParties(before, after);
    if (!sameColumns) updated.push(after);
    if (!sameParties) reseated.push(after);
    if (sameColumns && sameParties) sums.unchanged++;
    else sums.changed++;
  }
  sums.inserted += inserted.length;
  await writeChunk(transaction, {
    inserted,
    updated: updated.map(({ enforcementCase }) => enforcementCase),
    reseated,
    overwritten: reseated.flatMap(({ overwritten }) => overwritten),
    at,
  });
}

function areSameParties(one: StoredCase, other: StoredCase): boolean {
  return (
    areSameRows('party', one.parties, other.parties) &&
    areSameRows('writ', one.writs, other.writs) &&
    areSameRows('coercive_measure', one.coerciveMeasures, other.coerciveMeasures)
  );
}

async function readAsOf(transaction: Database): Promise<string | null> {
  const { rows } = await transaction.query<{ as_of: string }>(
    'select as_of from import order by position desc limit 1',
  );
  return rows[0]?.as_of ?? null;
}

/** The same file again changes nothing, the list of imports included. */
async function writeImport(
  transaction: Database,
  { asOf }: Batch,
  { inserted, changed, unchanged }: Sums,
  formerAsOf: string | null,
): Promise<void> {
  // With no row to its name an import says nothing of when the court's rows were right.
  if (inserted + changed + unchanged === 0) return;
  if (inserted + changed === 0 && formerAsOf !== null && Date.parse(formerAsOf) === Date.parse(asOf)) return;
  await transaction.query(
    `insert into import (position, as_of, inserted, changed, unchanged)
     select coalesce(max(position), 0) + 1, $1::timestamptz, $2::integer, $3::integer, $4::integer from import`,
    [asOf, inserted, changed, unchanged],
  );
}
