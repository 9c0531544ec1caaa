import type { CaseTable } from '../tables.ts';
import type { CaseColumns, Entry, Spoken } from './entry.ts';
import { type CaseRows, type Loading, parseCaseRecord } from './rows.ts';
import type { MergedCase, StoredCase } from './upsert-case.ts';
import { mergeParties } from './upsert-parties.ts';

/** Puts what an entry says over what is stored. Throws ValueError for a value that cannot be read. */
export function mergeCase(stored: StoredCase | null, rows: CaseRows, entry: Entry, spoken: Spoken): MergedCase {
  const { enforcementCase } = rows;
  return {
    enforcementCase:
      stored === null ? enforcementCase : mergeColumns(stored.enforcementCase, enforcementCase, entry, spoken),
    ...mergeParties(stored, rows, entry, spoken),
  };
}

/** An entry as rows. What an entry without columns says of the case itself is never read. */
export function parseEntry({ number, columns, parties }: Entry, loading: Loading): CaseRows {
  const record = { number, ...(columns ?? nothing), parties, measures: [], coerciveMeasures: [] };
  return parseCaseRecord(record, loading);
}

const nothing: CaseColumns = {
  stage: 'FILED',
  filedOn: null,
  closedOn: null,
  closingMode: null,
  amountDue: null,
  amountRecovered: null,
  amountOutstanding: null,
  team: null,
  predecessor: null,
  successor: null,
  transferKind: null,
};

/** The columns of the table that each field of an entry fills. */
const tableColumns: Readonly<Record<keyof CaseColumns, readonly (keyof CaseTable)[]>> = {
  stage: ['stage'],
  filedOn: ['filed_on'],
  closedOn: ['closed_on'],
  closingMode: ['closing_mode'],
  amountDue: ['amount_due'],
  amountRecovered: ['amount_recovered'],
  amountOutstanding: ['amount_outstanding'],
  team: ['team_name', 'team_type', 'team_judge'],
  predecessor: ['predecessor_key'],
  successor: ['successor_key'],
  transferKind: ['transfer_kind'],
};

function mergeColumns(stored: CaseTable, given: CaseTable, { columns }: Entry, spoken: Spoken): CaseTable {
  if (columns === null) return stored;
  const names = spoken.columns.flatMap((field) => tableColumns[field]);
  return { ...stored, ...Object.fromEntries(names.map((name) => [name, given[name]])) };
}
