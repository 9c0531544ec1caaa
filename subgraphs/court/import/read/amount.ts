import { formatMoney, parseMoney } from '../../../../common/money.ts';
import { ValueError } from '../../../../common/value-error.ts';
import { CellFault } from '../reasons.ts';
import type { Cell } from '../table.ts';
import { parseSigns } from './text.ts';

/** The power of ten that one unit of a column stands for, in yuan: 0 for 元, 4 for 万元, 8 for 亿元. */
export type UnitPower = 0 | 4 | 8;

/** What 元, 万元 and 亿元 stand for. */
export const unitPowers: Readonly<Record<string, UnitPower>> = { 元: 0, 圆: 0, 万元: 4, 万: 4, 亿元: 8, 亿: 8 };

const expected = 'write 12345.60, 12,345.60元 or 1.23万元';

/** Yuan with two decimals, or null when nothing is written; a unit in the cell goes before that of its column. Throws CellFault. */
export function parseAmount(cell: Cell | undefined, columnUnit: UnitPower): string | null {
  const signs = parseSigns(cell);
  if (signs === null) return null;
  const match = /^(?:人民币|RMB|CNY|[¥￥])?([-(]?[\d,.'E+]+\)?)(亿元|亿|万元|万|元|圆)?整?$/i.exec(signs);
  if (!match) throw new CellFault('NOT_AN_AMOUNT', expected);
  const digits = plainDigits(match[1]!);
  const unit = match[2];
  return toMoney(digits, unit === undefined ? columnUnit : unitPowers[unit]!);
}

function plainDigits(text: string): string {
  if (/E/i.test(text)) throw new CellFault('SPREADSHEET_NUMBER');
  if (/^[-(]/.test(text)) throw new CellFault('NEGATIVE_AMOUNT');
  if (/^\d+(?:\.\d+)?$/.test(text)) return text;
  // Only whole groups of three: 1,23 may be a decimal comma, and nobody can tell.
  if (/^\d{1,3}(?:[,']\d{3})+(?:\.\d+)?$/.test(text)) return text.replace(/[,']/g, '');
  throw new CellFault('NOT_AN_AMOUNT', expected);
}

/** Moves the point by text: no binary fraction ever stands between the file and the fen. */
function toMoney(digits: string, power: UnitPower): string {
  const [whole, fraction = ''] = digits.split('.') as [string, string?];
  const moved = fraction.padEnd(power, '0');
  const yuan = `${whole}${moved.slice(0, power)}`.replace(/^0+(?=\d)/, '');
  const rest = moved.slice(power).replace(/0+$/, '');
  if (rest.length > 2) throw new CellFault('AMOUNT_FRACTION');
  try {
    return formatMoney(parseMoney(rest === '' ? yuan : `${yuan}.${rest}`));
  } catch (error) {
    if (!(error instanceof ValueError)) throw error;
    throw new CellFault('NOT_AN_AMOUNT', 'beyond 10^15 yuan');
  }
}
