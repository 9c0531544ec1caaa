import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  caseNumberFromKey,
  caseNumberKey,
  caseTypeOf,
  formatCaseNumber,
  isCourtCode,
  parseCaseNumber,
  type CaseNumber,
} from '../../../common/case-number.ts';
import { ValueError } from '../../../common/value-error.ts';
import { thrownBy } from './thrown-by.ts';

const standard = fc.record({
  year: fc.integer({ min: 1949, max: 2099 }),
  court: fc.constantFrom('苏', '苏03', '苏0303', '苏0312', '苏0391', '新', '京', '最高法', '兵0101'),
  type: fc.constantFrom('执', '执恢', '执保', '执异', '执督', '民初', '司惩复'),
  serial: fc.oneof(fc.integer({ min: 1, max: 30 }), fc.integer({ min: 1, max: 99_999_999 })),
  legacy: fc.constant(false),
  sub: fc.constant(null),
});
const older = fc.record({
  year: fc.integer({ min: 1949, max: 2016 }),
  court: fc.constantFrom('徐', '铜', '新', '云', '徐开', '苏', '睢宁'),
  type: fc.constantFrom('执', '执恢', '执异', '执督', '执请'),
  serial: fc.integer({ min: 1, max: 99_999_999 }),
  legacy: fc.constant(true),
  sub: fc.constant(null),
});
const caseNumber: fc.Arbitrary<CaseNumber> = fc.oneof(standard, older);

const bytes = (a: string, b: string): number => Math.sign(Buffer.compare(Buffer.from(a), Buffer.from(b)));

/** The order that the rules promise, written out. */
function order(a: CaseNumber, b: CaseNumber): number {
  const older = Number(a.legacy) - Number(b.legacy);
  return Math.sign(a.year - b.year) || bytes(a.court, b.court) || bytes(a.type, b.type) || a.serial - b.serial || older;
}

describe('parseCaseNumber', () => {
  it.each([
    ['（2017）苏0312执1234号', '2017 苏0312 执 00001234', null],
    ['(2017)苏0312执1234号', '2017 苏0312 执 00001234', null],
    ['〔2017〕苏0312执1234号', '2017 苏0312 执 00001234', null],
    ['【2017】苏0312执1234号', '2017 苏0312 执 00001234', null],
    ['[2017]苏0312执1234号', '2017 苏0312 执 00001234', null],
    ['［２０１７］苏０３１２执１２３４号', '2017 苏0312 执 00001234', null],
    ['\ufeff（2017） 苏0312\u200b执　1234\t号\n', '2017 苏0312 执 00001234', null],
    ['（2017）苏0312执01234号', '2017 苏0312 执 00001234', null],
    ['（2017）苏0312执1234号之一', '2017 苏0312 执 00001234', '1'],
    ['（2017）苏0312执1234号之二十一', '2017 苏0312 执 00001234', '21'],
    ['（2017）苏0312执1234号之十', '2017 苏0312 执 00001234', '10'],
    ['（2017）苏0312执1234号之12', '2017 苏0312 执 00001234', '12'],
    ['（2017）苏0312恢执7号', '2017 苏0312 执恢 00000007', null],
    ['（2016）苏0312执字第00007号', '2016 苏0312 执 00000007', null],
    ['（2016）苏执异4号', '2016 苏 执异 00000004', null],
    ['（2017）最高法执监9号', '2017 最高法 执监 00000009', null],
    ['（2014）铜执字第01234号', '2014 铜 执 00001234 字', null],
    ['(2014)铜执字01234号', '2014 铜 执 00001234 字', null],
    ['（2014）铜执字第01234-1号', '2014 铜 执 00001234 字', '1'],
    ['（2014）铜执字第01234号-3', '2014 铜 执 00001234 字', '3'],
    ['（2014）铜执字第01234－2号', '2014 铜 执 00001234 字', '2'],
    ['（2013）徐恢执字第00033号', '2013 徐 执恢 00000033 字', null],
    ['（2013）徐执恢字第33号', '2013 徐 执恢 00000033 字', null],
    ['（2015）苏执复字第00033号', '2015 苏 执复 00000033 字', null],
    ['（2014）徐开执督字第5号', '2014 徐开 执督 00000005 字', null],
  ])('reads %j', (text, key, sub) => {
    const number = parseCaseNumber(text);
    expect(caseNumberKey(number)).toBe(key);
    expect(number.sub).toBe(sub);
  });

  it('keeps the older form apart, for one character may name two courts', () => {
    expect(parseCaseNumber('（2015）新执字第5号')).toMatchObject({ court: '新', legacy: true });
    expect(parseCaseNumber('（2015）新执5号')).toMatchObject({ court: '新', legacy: false });
  });

  it.each([
    ['', 'does not begin with a year in brackets'],
    ['2017苏0312执1234号', 'does not begin with a year in brackets'],
    ['（1817）苏0312执1234号', 'does not begin with a year in brackets'],
    ['（2017）苏0312执1234', 'has no 号 after its serial'],
    ['（2017）苏03121执1234号', 'the court code of the case number has 5 digits instead of none, two or four'],
    ['（2017）苏031执1234号', 'the court code of the case number has 3 digits'],
    ['（2017）铜执1234号', 'does not begin with the character of a province, and 字第 is missing'],
    ['（2017）苏0312执0号', 'the serial of the case number is zero'],
    ['（2017）苏0312执123456789号', 'has more than 8 digits'],
    ['（2017）苏0312执号', 'the court, type or serial of the case number cannot be read'],
    ['（2017）苏0312民初终再审1号', 'the court, type or serial of the case number cannot be read'],
    ['（2017）苏0312执1234号之一一', 'the document suffix of the case number is no positive number'],
    ['（2017）苏0312执1234号之0', 'the document suffix of the case number is no positive number'],
    ['（2014）铜执字第1-1号之二', 'has two document suffixes'],
    [`（2017）苏0312执1234号${' '.repeat(100)}`, 'is longer than 100 characters'],
  ])('refuses %j and says why and what would be right', (text, problem) => {
    expect(() => parseCaseNumber(text)).toThrow(problem);
    expect(() => parseCaseNumber(text)).toThrow('expected a case number such as （2017）苏0312执1234号');
    expect(() => parseCaseNumber(text)).toThrow(ValueError);
  });

  it('repeats no digits of an identity number that was put in the wrong place', () => {
    expect(thrownBy(() => parseCaseNumber('11010519491231002X')).message).not.toContain('1949');
    const error = thrownBy(() => parseCaseNumber('（2017）苏11010519491231002执1号'));
    expect(error.message).not.toContain('1949');
  });

  it('answers any text with a number or a ValueError', () => {
    const soup = fc.string({
      unit: fc.constantFrom(...Array.from('（(2017)）苏新铜0312执恢字第1号之-一十 ')),
      maxLength: 24,
    });
    fc.assert(
      fc.property(fc.oneof(soup, fc.string()), (text) => {
        try {
          const number = parseCaseNumber(text);
          expect(caseNumberFromKey(caseNumberKey(number))).toEqual({ ...number, sub: null });
        } catch (error) {
          expect(error).toBeInstanceOf(ValueError);
        }
      }),
      { numRuns: 2000 },
    );
  });
});

describe('formatCaseNumber', () => {
  it('writes full-width brackets, no padding, no document suffix', () => {
    expect(formatCaseNumber(parseCaseNumber('(2017)苏0312恢执01234号之一'))).toBe('（2017）苏0312执恢1234号');
    expect(formatCaseNumber(parseCaseNumber('[2014]铜恢执字01234-1号'))).toBe('（2014）铜执恢字第1234号');
  });

  it('is read back as the same number', () => {
    fc.assert(
      fc.property(caseNumber, (number) => {
        expect(parseCaseNumber(formatCaseNumber(number))).toEqual(number);
      }),
    );
  });

  it('is read back as the same number after the accidents of typing', () => {
    const bracket = fc.constantFrom(['(', ')'], ['〔', '〕'], ['【', '】'], ['[', ']'], ['［', '］'], ['（', '）']);
    const noise = fc.constantFrom('', ' ', '　', '\u200b', '\ufeff', '\u2060');
    fc.assert(
      fc.property(caseNumber, bracket, noise, fc.boolean(), (number, [open, close], space, wide) => {
        let text = formatCaseNumber(number).replace('（', open).replace('）', close);
        if (wide) text = text.replace(/\d/g, (digit) => String.fromCharCode(digit.charCodeAt(0) + 0xfee0));
        expect(parseCaseNumber(Array.from(text).join(space))).toEqual(number);
      }),
    );
  });
});

describe('caseNumberKey', () => {
  it('orders by year, court, type and serial when bytes are compared', () => {
    fc.assert(
      fc.property(caseNumber, caseNumber, fc.boolean(), fc.boolean(), (a, b, sameYear, sameCourt) => {
        const near = { ...b, year: sameYear ? a.year : b.year };
        const other = sameCourt && a.legacy === b.legacy ? { ...near, court: a.court, type: a.type } : near;
        expect(bytes(caseNumberKey(a), caseNumberKey(other))).toBe(Math.sign(order(a, other)));
      }),
      { numRuns: 1000 },
    );
  });

  it('puts 苏03 before 苏0303, and the 9th case before the 10th', () => {
    const keys = ['（2017）苏0303执1号', '（2017）苏03执10号', '（2017）苏03执9号'].map((text) =>
      caseNumberKey(parseCaseNumber(text)),
    );
    expect(keys.sort(bytes)).toEqual(['2017 苏03 执 00000009', '2017 苏03 执 00000010', '2017 苏0303 执 00000001']);
  });

  it('is read back, without the document suffix', () => {
    fc.assert(
      fc.property(caseNumber, (number) => {
        expect(caseNumberFromKey(caseNumberKey(number))).toEqual(number);
      }),
    );
    const withSuffix = parseCaseNumber('（2017）苏0312执1号之一');
    expect(caseNumberFromKey(caseNumberKey(withSuffix))).toEqual({ ...withSuffix, sub: null });
  });

  it.each([
    '',
    '2017 苏0312 执 1234',
    '2017 苏0312 执 00000000',
    '2017 苏0312 恢执 00000001',
    '2017 铜 执 00000001',
    '2014 铜恢 执 00000001 字',
    ' 2017 苏0312 执 00000001',
  ])('has no second spelling: %j is refused', (key) => {
    expect(() => caseNumberFromKey(key)).toThrow('not the key of a case number; expected a key such as');
  });
});

describe('caseTypeOf', () => {
  it.each([
    ['执', 'FIRST_EXECUTION'],
    ['执恢', 'RESUMED_EXECUTION'],
    ['恢执', 'RESUMED_EXECUTION'],
    ['执保', 'PRESERVATION_EXECUTION'],
    ['执异', 'OBJECTION'],
    ['执复', 'RECONSIDERATION'],
    ['执监', 'SUPERVISION'],
    ['执督', 'SUPERVISION'],
    ['执协', 'COORDINATION'],
    ['执请', 'OTHER'],
    ['执他', 'OTHER'],
    ['民初', 'OTHER'],
  ])('says what %s is', (word, type) => {
    expect(caseTypeOf(parseCaseNumber(`（2017）苏0312${word}1号`))).toBe(type);
  });
});

describe('isCourtCode', () => {
  it('takes a province with no, two or four digits, and the supreme court', () => {
    expect(['苏', '苏03', '苏0312', '最高法'].filter(isCourtCode)).toHaveLength(4);
    expect(['', '铜', '苏0', '苏031', '苏03121', '苏0312 ', '最高'].filter(isCourtCode)).toEqual([]);
  });
});
