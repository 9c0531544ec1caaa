/** What a file holds before anything is understood of it. */

/** One cell: text, the digits that a spreadsheet stored for a number, a date cell's day, a tick box, or nothing. */
export type Cell = string | { readonly number: string } | { readonly date: string } | { readonly flag: boolean } | null;

/** One row; `line` counts from 1 as an editor or a spreadsheet shows it. */
export interface Row {
  readonly line: number;
  readonly cells: readonly Cell[];
  /** A spreadsheet does not store the empty cells at the end of a row; a text file does, or has lost them. */
  readonly isSparse?: boolean;
}

/** A file or sheet as rows, the row of headers among them. `name` is what people call it. */
export interface Table {
  readonly name: string;
  readonly rows: readonly Row[];
  /** How it was read, for people who wonder: `GB18030, because line 7 is not UTF-8`. */
  readonly readAs: string;
}

/** The digits that a spreadsheet keeps of a number; what stood behind them is lost. */
export const digitsKept = 15;

/** The cell as text that reads as the same cell again: what was destroyed in a number cell shows its exponent. */
export function toCellText(cell: Cell | undefined): string {
  if (cell == null) return '';
  if (typeof cell === 'string') return cell;
  if ('number' in cell) return toNumberText(cell.number);
  return 'date' in cell ? cell.date : cell.flag ? '是' : '否';
}

/** Whether nothing is written in the row. */
export function isBlank({ cells }: Row): boolean {
  return cells.every((cell) => toCellText(cell).trim() === '');
}

/** A number cell holds what a spreadsheet shows of it; what lies beyond its digits is noise of binary fractions. */
function toNumberText(stored: string): string {
  const value = Number(stored);
  if (!Number.isFinite(value)) return stored;
  if (Math.abs(value) >= 10 ** digitsKept) return value.toExponential().toUpperCase();
  const rounded = value.toPrecision(digitsKept);
  const plain = rounded.includes('e') ? value.toFixed(20) : rounded;
  return plain.includes('.') ? plain.replace(/\.?0+$/, '') : plain;
}
