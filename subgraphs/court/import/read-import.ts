import type { Entry } from '../load/entry.ts';
import { decidePartyHeader } from './ambiguous.ts';
import { toCaseRow, type CaseRow, type ImportSetting } from './case-row.ts';
import { caseColumns, partyColumns, type CaseField, type PartyField } from './columns.ts';
import { findHeader, type Header } from './header.ts';
import { toPartyRow, type PartyRow } from './party-row.ts';
import { placeParties } from './place.ts';
import { rowFault, type FileReading, type Note, type Origin, type Reading, type Rejection } from './reading.ts';
import { spokenOf, withWholeTeams } from './spoken.ts';
import type { Table } from './table.ts';

/** The files of an export; at least one of them. */
export interface ImportTables {
  readonly cases: Table | null;
  readonly parties: Table | null;
}

/** Understands an export: every row becomes part of an entry, or a rejection with its reasons. Throws UnusableFile. */
export function readImport(tables: ImportTables, setting: ImportSetting): Reading {
  const casesHeader = tables.cases && withWholeTeams(findCasesHeader(tables.cases));
  const partiesHeader = tables.parties && findPartiesHeader(tables.parties);
  const caseRows = casesHeader?.rows.map((row) => toCaseRow(casesHeader, row, setting)) ?? [];
  const partyRows = partiesHeader?.rows.map((row) => toPartyRow(partiesHeader, row, setting)) ?? [];
  const joined = join(caseRows, partyRows, {
    hasParties: partiesHeader !== null,
    // Mended parties beside a whole file of cases would otherwise put out all others.
    isPatch: (partiesHeader?.isMended ?? false) && !(casesHeader?.isMended ?? false),
  });
  return {
    spoken: spokenOf(casesHeader, partiesHeader),
    entries: joined.entries,
    origins: joined.origins,
    cases: toFileReading(tables.cases, casesHeader, joined.cases),
    parties: toFileReading(tables.parties, partiesHeader, joined.parties),
  };
}

/** The header of a file of cases. Throws UnusableFile. */
export function findCasesHeader(table: Table): Header<CaseField> {
  return findHeader<CaseField>(table, { columns: caseColumns, repeatable: new Set(), decide: () => undefined });
}

/** The header of a file of parties. Throws UnusableFile. */
export function findPartiesHeader(table: Table): Header<PartyField> {
  return findHeader<PartyField>(table, {
    columns: partyColumns,
    // People's numbers and companies' codes often stand in columns of their own.
    repeatable: new Set<PartyField>(['idNumber']),
    decide: decidePartyHeader,
  });
}

interface Ledger {
  readonly rejected: Rejection[];
  readonly notes: Note[];
}

interface Joined {
  readonly entries: Entry[];
  readonly origins: Origin[];
  readonly cases: Ledger;
  readonly parties: Ledger;
}

function join(
  caseRows: readonly CaseRow[],
  partyRows: readonly PartyRow[],
  { hasParties, isPatch }: { readonly hasParties: boolean; readonly isPatch: boolean },
): Joined {
  const joined: Joined = {
    entries: [],
    origins: [],
    cases: { rejected: [], notes: [] },
    parties: { rejected: [], notes: [] },
  };
  const partiesOf = groupByNumber(partyRows);
  const rowsOf = groupByNumber(caseRows);
  for (const { row, faults } of rowsOf.get(null) ?? []) joined.cases.rejected.push({ row, faults });
  for (const { row, faults } of partiesOf.get(null) ?? []) joined.parties.rejected.push({ row, faults });
  for (const [number, rows] of rowsOf) {
    if (number === null) continue;
    const parties = partiesOf.get(number) ?? [];
    partiesOf.delete(number);
    const chosen = chooseCase(rows, joined.cases);
    if (chosen === null) rejectParties(parties, rows[0]!, joined.parties);
    else addCase(joined, chosen, number, parties, { hasParties, isPatch });
  }
  for (const [number, rows] of partiesOf) {
    if (number !== null) addParties(joined, number, rows);
  }
  for (const { rejected, notes } of [joined.cases, joined.parties]) {
    rejected.sort((one, other) => one.row.line - other.row.line);
    notes.sort((one, other) => one.line - other.line);
  }
  return joined;
}

/** The one row of a case; null when it is at fault, or when its rows contradict each other. */
function chooseCase(rows: readonly CaseRow[], { rejected, notes }: Ledger): CaseRow | null {
  const [first, ...others] = rows as [CaseRow, ...CaseRow[]];
  const differs = others.some(({ row }) => JSON.stringify(row.cells) !== JSON.stringify(first.row.cells));
  const lines = rows.map(({ row }) => row.line).join(', ');
  for (const { row, faults, columns } of rows) {
    const more = differs ? [rowFault('DUPLICATE_CASE', `lines ${lines}`)] : [];
    if (differs || columns === null) rejected.push({ row, faults: [...faults, ...more] });
  }
  if (differs || first.columns === null) return null;
  for (const { row } of others) {
    notes.push({ line: row.line, oddity: { code: 'SAME_ROW_TWICE', detail: `see line ${first.row.line}` } });
  }
  for (const oddity of first.oddities) notes.push({ line: first.row.line, oddity });
  return first;
}

function rejectParties(parties: readonly PartyRow[], { row: caseRow }: CaseRow, { rejected }: Ledger): void {
  for (const { row, faults } of parties) {
    rejected.push({ row, faults: [...faults, rowFault('CASE_REJECTED', `line ${caseRow.line} of the cases`)] });
  }
}

function addCase(
  joined: Joined,
  { row, columns }: CaseRow,
  number: string,
  partyRows: readonly PartyRow[],
  { hasParties, isPatch }: { readonly hasParties: boolean; readonly isPatch: boolean },
): void {
  const placed = placeParties(partyRows);
  // Nobody named is nothing said, and not that nobody is there.
  const mode = isPatch || partyRows.length === 0 ? 'ADD' : 'REPLACE';
  const { length: bad } = placed.rejected;
  const tell = (oddity: Note['oddity']): void => void joined.cases.notes.push({ line: row.line, oddity });
  if (hasParties && partyRows.length === 0) tell({ code: 'NO_PARTIES', detail: number });
  if (bad > 0) {
    const lines = placed.rejected.map((rejection) => rejection.row.line).join(', ');
    tell({ code: 'PARTY_REJECTED', detail: `${number}: ${bad} of ${partyRows.length}, lines ${lines} of the parties` });
  }
  joined.parties.rejected.push(...placed.rejected);
  joined.parties.notes.push(...placed.notes);
  joined.origins.push({ caseRow: row, partyRows: placed.rows });
  joined.entries.push({
    number,
    columns,
    parties: placed.parties,
    mode,
    held: mode === 'ADD' ? [] : placed.held,
  });
}

/** Parties without their case in the file: the court may have it. */
function addParties(joined: Joined, number: string, rows: readonly PartyRow[]): void {
  const placed = placeParties(rows);
  joined.parties.rejected.push(...placed.rejected);
  joined.parties.notes.push(...placed.notes);
  if (placed.parties.length === 0) return;
  joined.origins.push({ caseRow: null, partyRows: placed.rows });
  joined.entries.push({ number, columns: null, parties: placed.parties, mode: 'ADD', held: [] });
}

function groupByNumber<Each extends { readonly number: string | null }>(
  rows: readonly Each[],
): Map<string | null, Each[]> {
  const groups = new Map<string | null, Each[]>();
  for (const row of rows) {
    const group = groups.get(row.number);
    if (group) group.push(row);
    else groups.set(row.number, [row]);
  }
  return groups;
}

function toFileReading(table: Table | null, header: Header<string> | null, ledger: Ledger): FileReading | null {
  if (table === null || header === null) return null;
  return { name: table.name, readAs: table.readAs, header, rowCount: header.rows.length, ...ledger };
}
