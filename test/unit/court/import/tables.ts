import { readCourtRegistry } from '../../../../common/court-registry.ts';
import { readImport } from '../../../../subgraphs/court/import/read-import.ts';
import type { FileReading, Reading } from '../../../../subgraphs/court/import/reading.ts';
import type { Cell, Table } from '../../../../subgraphs/court/import/table.ts';

const registry = readCourtRegistry();

/** Rows of cells as a table; the first stands in line 1. */
export function table(name: string, rows: readonly (readonly Cell[])[]): Table {
  return { name, readAs: 'UTF-8', rows: rows.map((cells, index) => ({ line: index + 1, cells })) };
}

/** What 苏0312 understands of these rows; the first row of each is its header. */
export function read(
  cases: readonly (readonly Cell[])[] | null,
  parties: readonly (readonly Cell[])[] | null = null,
): Reading {
  return readImport(
    { cases: cases && table('cases.csv', cases), parties: parties && table('parties.csv', parties) },
    { court: registry.byCode('苏0312')!, registry },
  );
}

/** The rejected rows of a file as `line column value CODE`, one for each fault. */
export function faults(file: FileReading | null): string[] {
  return file!.rejected.flatMap(({ row, faults: found }) =>
    found.map(({ column, value, code }) => [row.line, column, value, code].filter((part) => part !== null).join(' ')),
  );
}

/** What is odd in a file, as `line CODE`. */
export function notes(file: FileReading | null): string[] {
  return file!.notes.map(({ line, oddity }) => `${line} ${oddity.code}`);
}

/** The nth case number of the court. */
export function number(serial: number): string {
  return `（2017）苏0312执${serial}号`;
}
