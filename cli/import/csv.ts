import { CsvError, parse } from 'csv-parse/sync';
import { UnusableFile } from '../../subgraphs/court/import/header.ts';
import type { Row, Table } from '../../subgraphs/court/import/table.ts';
import type { DecodedText } from './encoding.ts';

/** No row of a court's export is longer; what is longer is no table. */
const maxRowBytes = 1024 * 1024;

/** The rows of a text file; the delimiter is whichever of `,`, `;` and tab the first lines have most of. Throws UnusableFile. */
export function parseCsv(name: string, { text, readAs }: DecodedText): Table {
  // One line end, so that lines can be counted, those inside quotes too.
  const lines = text.replace(/\r\n?/g, '\n');
  try {
    const records = parse(lines, {
      delimiter: delimiterOf(lines),
      record_delimiter: ['\n'],
      info: true,
      relax_column_count: true,
      // A quote in the middle of a cell is a character like any other: 张三"小张".
      relax_quotes: true,
      skip_empty_lines: true,
      max_record_size: maxRowBytes,
    }) as unknown as { record: string[]; info: { lines: number } }[];
    return { name, readAs, rows: records.map(({ record, info }) => toRow(record, info.lines)) };
  } catch (error) {
    if (!(error instanceof CsvError)) throw error;
    throw new UnusableFile(name, sentenceOf(error, lines));
  }
}

function toRow(cells: readonly string[], lastLine: number): Row {
  const breaks = cells.reduce((sum, cell) => sum + (cell.split('\n').length - 1), 0);
  return { line: lastLine - breaks, cells };
}

function sentenceOf({ code, bytes }: CsvError & { readonly bytes?: number }, text: string): string {
  // So much was understood; the cell that could not be begins there.
  const line = Buffer.from(text).subarray(0, bytes).toString().split('\n').length;
  switch (code) {
    case 'CSV_QUOTE_NOT_CLOSED':
      return `a quote that opens in line ${line} never closes. Close it, or double it where it is meant as a character.`;
    case 'CSV_MAX_RECORD_SIZE':
      return `the row at line ${line} is longer than ${maxRowBytes} bytes: this is no table, or a quote in it does not close.`;
    default:
      return `line ${line} cannot be read as CSV (${code}).`;
  }
}

/** Counted outside quotes in the first lines, since amounts and names hold commas, too. */
function delimiterOf(text: string): string {
  const start = text
    .slice(0, 65_536)
    .replace(/"[^"]*"/g, '')
    .split('\n')
    .slice(0, 12)
    .join('\n');
  const counted = [',', ';', '\t'].map((delimiter) => ({ delimiter, count: start.split(delimiter).length }));
  return counted.reduce((best, each) => (each.count > best.count ? each : best)).delimiter;
}
