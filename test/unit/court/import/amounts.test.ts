import fc from 'fast-check';
import { expect, test } from 'vitest';
import { formatMoney } from '../../../../common/money.ts';
import { parseAmount } from '../../../../subgraphs/court/import/read/amount.ts';
import type { Cell } from '../../../../subgraphs/court/import/table.ts';
import { faultOf } from './fault.ts';

test.each<[Cell, string]>([
  ['12345.6', '12345.60'],
  ['12,345.60', '12345.60'],
  ['12，345.60', '12345.60'],
  ["12'345.60", '12345.60'],
  ['１２３４５．６０', '12345.60'],
  ["'12345.60", '12345.60'],
  ['12345.60元', '12345.60'],
  ['12345.60元整', '12345.60'],
  ['¥12,345.60', '12345.60'],
  ['￥12345.6', '12345.60'],
  ['人民币12345.60元', '12345.60'],
  ['RMB 12345.60', '12345.60'],
  ['1.23万元', '12300.00'],
  ['1.23万', '12300.00'],
  ['0.000001万元', '0.01'],
  ['1,234.567891万元', '12345678.91'],
  ['1.00000001亿元', '100000001.00'],
  ['0', '0.00'],
  ['007.50', '7.50'],
  ['1234.5000', '1234.50'],
  [{ number: '12345.6' }, '12345.60'],
  // What a formula leaves in a cell that shows 12345.67.
  [{ number: '12345.670000000002' }, '12345.67'],
  [{ number: '0.1' }, '0.10'],
  [{ number: '1.2E6' }, '1200000.00'],
  [{ number: '123456789012.34' }, '123456789012.34'],
])('%j is %s yuan', (cell, yuan) => {
  expect(parseAmount(cell, 0)).toBe(yuan);
});

test('the unit of the column counts where the cell names none', () => {
  expect(parseAmount('1.23', 4)).toBe('12300.00');
  expect(parseAmount({ number: '1.23' }, 4)).toBe('12300.00');
  expect(parseAmount('1.23元', 4)).toBe('1.23');
  expect(parseAmount('2万元', 8)).toBe('20000.00');
});

test.each(['', '-', '——', '/', '无', null])('%j is no amount, and no fault', (cell) => {
  expect(parseAmount(cell, 0)).toBeNull();
});

test.each<[Cell, string]>([
  ['-5', 'NEGATIVE_AMOUNT'],
  ['(1,234.00)', 'NEGATIVE_AMOUNT'],
  [{ number: '-5' }, 'NEGATIVE_AMOUNT'],
  ['1.005', 'AMOUNT_FRACTION'],
  ['0.0000001万元', 'AMOUNT_FRACTION'],
  ['1.23E+06', 'SPREADSHEET_NUMBER'],
  [{ number: '1234567890123456' }, 'SPREADSHEET_NUMBER'],
  ['1,23', 'NOT_AN_AMOUNT'],
  ['1.234,50', 'NOT_AN_AMOUNT'],
  ['12,34,567', 'NOT_AN_AMOUNT'],
  ['约5万', 'NOT_AN_AMOUNT'],
  ['壹万元', 'NOT_AN_AMOUNT'],
  ['5万至6万', 'NOT_AN_AMOUNT'],
  ['9999999999亿元', 'NOT_AN_AMOUNT'],
  ['100 USD', 'NOT_AN_AMOUNT'],
  ['#VALUE!', 'SPREADSHEET_ERROR'],
])('%j is rejected as %s', (cell, code) => {
  expect(faultOf(() => parseAmount(cell, 0)).split(':')[0]).toBe(code);
});

test('every amount of fen comes back exact from 元 and from 万元', () => {
  fc.assert(
    fc.property(fc.bigInt({ min: 0n, max: 10n ** 15n }), (fen) => {
      const yuan = formatMoney(fen);
      expect(parseAmount(yuan, 0)).toBe(yuan);
      const digits = fen.toString().padStart(7, '0');
      expect(parseAmount(`${digits.slice(0, -6)}.${digits.slice(-6)}万元`, 0)).toBe(yuan);
      expect(parseAmount(yuan.replace(/\B(?=(\d{3})+\.)/g, ','), 0)).toBe(yuan);
    }),
  );
});
