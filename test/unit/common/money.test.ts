import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { formatMoney, parseMoney } from '../../../common/money.ts';
import { thrownBy } from './thrown-by.ts';

describe('parseMoney', () => {
  it.each([
    ['1234', 123400n],
    ['1234.5', 123450n],
    ['1234.50', 123450n],
    ['-3.00', -300n],
    ['0.07', 7n],
    ['-0.00', 0n],
    ['007', 700n],
    ['1000000000000000', 10n ** 17n],
    ['-1000000000000000.00', -(10n ** 17n)],
  ])('reads %s exactly', (text, fen) => {
    expect(parseMoney(text)).toBe(fen);
  });

  it.each([
    ['', 'the amount is empty'],
    ['1.234', 'has more than two decimals'],
    ['1e3', 'has an exponent'],
    ['1,234.50', 'has thousands separators'],
    ['NaN', 'is not a plain decimal number'],
    ['Infinity', 'is not a plain decimal number'],
    ['.5', 'is not a plain decimal number'],
    ['5.', 'is not a plain decimal number'],
    ['+5', 'is not a plain decimal number'],
    [' 5', 'is not a plain decimal number'],
    ['0x10', 'is not a plain decimal number'],
    ['１２', 'is not a plain decimal number'],
    ['5\n', 'is not a plain decimal number'],
    ['1000000000000000.01', 'is beyond 10^15 yuan'],
    ['-99999999999999999999', 'is beyond 10^15 yuan'],
  ])('refuses %j and says what would be right', (text, problem) => {
    expect(() => parseMoney(text)).toThrow(problem);
    expect(() => parseMoney(text)).toThrow('expected yuan in plain digits with at most two decimals');
  });

  it('never repeats the amount', () => {
    expect(thrownBy(() => parseMoney('782.123456')).message).not.toContain('782');
  });
});

describe('formatMoney', () => {
  it.each([
    [0n, '0.00'],
    [7n, '0.07'],
    [-5n, '-0.05'],
    [123450n, '1234.50'],
    [-300n, '-3.00'],
  ])('writes %s fen as yuan', (fen, text) => {
    expect(formatMoney(fen)).toBe(text);
  });

  it('is read back exactly, over the whole range', () => {
    const fen = fc.bigInt({ min: -(10n ** 17n), max: 10n ** 17n });
    fc.assert(
      fc.property(fen, (amount) => {
        expect(parseMoney(formatMoney(amount))).toBe(amount);
      }),
    );
  });
});
