import { CellFault } from '../reasons.ts';

/** Throws SPREADSHEET_NUMBER where a spreadsheet made a number of something that was none, and lost digits by it. */
export function refuseDestroyed(signs: string): void {
  // A number cell of more digits than a spreadsheet keeps has its exponent by now, too.
  if (/^[+-]?\d+(?:\.\d+)?E[+-]?\d+$/i.test(signs)) throw new CellFault('SPREADSHEET_NUMBER');
}
