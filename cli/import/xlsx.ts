import { InvalidInputError, InvalidSpreadsheetError, readSheet, SheetNotFoundError } from 'read-excel-file/universal';
import { UnusableFile } from '../../subgraphs/court/import/header.ts';
import type { Cell, Table } from '../../subgraphs/court/import/table.ts';
import { inflatedBytes } from './zip.ts';

/** What a sheet may hold once it is unpacked: a few megabytes of a crafted file unpack to anything. */
const maxInflatedBytes = 1024 * 1024 * 1024;

/** The rows of a workbook's sheet, the first one unless it is named. Throws UnusableFile. */
export async function readXlsx(name: string, bytes: Uint8Array, sheet: string | null): Promise<Table> {
  if (inflatedBytes(bytes) > maxInflatedBytes) throw new UnusableFile(name, 'it unpacks to more than 1 GiB.');
  const buffer = bytes.slice().buffer;
  try {
    // The digits as they are stored: as a JavaScript number they would be rounded a second time.
    const options = { trim: false, parseNumber: (digits: string) => ({ number: digits }) };
    const rows = (await readSheet(buffer, sheet ?? 1, options)) as unknown as StoredCell[][];
    return {
      name,
      readAs: 'XLSX',
      rows: rows.map((cells, index) => ({ line: index + 1, cells: cells.map(toCell), isSparse: true })),
    };
  } catch (error) {
    throw new UnusableFile(name, sentenceOf(error, sheet));
  }
}

type StoredCell = string | { readonly number: string } | Date | boolean | null;

function toCell(cell: StoredCell): Cell {
  if (typeof cell === 'boolean') return { flag: cell };
  // A date cell's day is in UTC; its time of day, if any, says nothing that a civil date needs.
  if (cell instanceof Date) return Number.isNaN(cell.getTime()) ? null : { date: cell.toISOString().slice(0, 10) };
  return cell;
}

function sentenceOf(error: unknown, sheet: string | null): string {
  if (error instanceof SheetNotFoundError)
    return `it has no sheet ${sheet === null ? '' : `named ${sheet}`}. ${error.message}.`;
  if (error instanceof InvalidInputError || error instanceof InvalidSpreadsheetError) {
    return `it is damaged, or no XLSX workbook (${error.message}).`;
  }
  // The library reads foreign XML: whatever it stumbles over there, the file is the cause.
  return 'it is damaged, or no XLSX workbook.';
}
