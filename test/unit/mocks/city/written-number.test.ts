import { describe, expect, it } from 'vitest';
import { formatCaseNumber, parseCaseNumber } from '../../../../common/case-number.ts';
import { randomAt } from '../../../../mocks/city/random.ts';
import { documentNumber, standardNumber, typeWords, writtenNumber } from '../../../../mocks/city/written-number.ts';
import { keyOf } from './two-cities.ts';

const facts = [
  { year: 2017, prefix: '苏0312', legacy: false, serial: 1234 },
  { year: 2017, prefix: '苏03', legacy: false, serial: 7 },
  { year: 2014, prefix: '铜', legacy: true, serial: 1234 },
  { year: 2013, prefix: '徐开', legacy: true, serial: 10_203 },
].flatMap((one) => typeWords.map((word) => ({ ...one, word })));

describe('a written case number', () => {
  it.each(facts)('of $year $prefix $word names the same case in each of its forms', (one) => {
    const random = randomAt('forms', one.prefix, one.word);
    const forms = new Set(Array.from({ length: 400 }, () => writtenNumber(random, one)));
    expect(forms.size).toBeGreaterThan(4);
    for (const form of forms) expect(keyOf(form)).toBe(keyOf(standardNumber(one)));
    expect(formatCaseNumber(parseCaseNumber(standardNumber(one)))).toBe(standardNumber(one));
    expect(parseCaseNumber(standardNumber(one))).toMatchObject({
      year: one.year,
      court: one.prefix,
      type: one.word,
      serial: one.serial,
    });
  });

  it.each(facts)('of $year $prefix $word has documents with a suffix', (one) => {
    for (const ordinal of [1, 4, 10]) {
      const document = documentNumber(one, ordinal);
      expect(keyOf(document)).toBe(keyOf(standardNumber(one)));
      expect(parseCaseNumber(document).sub).toBe(String(ordinal));
    }
  });
});
