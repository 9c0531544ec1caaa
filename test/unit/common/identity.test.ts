import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { maskIdNumber, parseIdentity } from '../../../common/identity.ts';
import { organisationCheck, registrationCheck, socialCreditCheck } from '../../../common/organisation-code.ts';
import { residentCheck, toEighteen, toFifteen } from '../../../common/resident-id.ts';
import { ValueError } from '../../../common/value-error.ts';
import { idTypes, type IdType } from '../../../common/vocabulary.ts';
import { thrownBy } from './thrown-by.ts';

const digits = (length: number): fc.Arbitrary<string> =>
  fc.string({ unit: fc.constantFrom(...Array.from('0123456789')), minLength: length, maxLength: length });

/** Invented people: any region digits, any day of two centuries. */
const residentNumber = fc
  .tuple(
    fc.constantFrom('320323', '320312', '110105', '440524', '659001'),
    fc.date({ min: new Date('1880-01-01'), max: new Date('2017-12-31'), noInvalidDate: true }),
    digits(3),
  )
  .map(([region, birth, sequence]) => {
    const body = region + birth.toISOString().slice(0, 10).replaceAll('-', '') + sequence;
    return body + residentCheck(body);
  });

const ALPHABET = '0123456789ABCDEFGHJKLMNPQRTUWXY';
const socialCreditNumber = fc
  .tuple(
    fc.constantFrom('91', '92', '93', '52', '12', 'N2'),
    digits(6),
    fc.string({ unit: fc.constantFrom(...Array.from(ALPHABET)), minLength: 8, maxLength: 8 }),
  )
  .map(([head, division, body]) => {
    const seventeen = head + division + body + organisationCheck(body);
    return seventeen + socialCreditCheck(seventeen);
  });

describe('a resident number (GB 11643)', () => {
  it.each([
    ['11010519491231002X', '11010519491231002X', '110105491231002'],
    ['440524188001010014', '440524188001010014', null],
    ['110105491231002', '11010519491231002X', '110105491231002'],
    ['11010519491231002x', '11010519491231002X', '110105491231002'],
    ['１１０１０５１９４９１２３１００２ｘ', '11010519491231002X', '110105491231002'],
    [' 110105 19491231 002X\u200b', '11010519491231002X', '110105491231002'],
  ])('is read from %j', (text, number, number15) => {
    const identity = { type: 'RESIDENT_ID', number, number15, warnings: [] };
    expect(parseIdentity(text)).toEqual(identity);
    expect(parseIdentity(text, 'RESIDENT_ID')).toEqual(identity);
  });

  it('is the same whether typed with 18 or with 15 characters', () => {
    fc.assert(
      fc.property(residentNumber, (number) => {
        const number15 = toFifteen(number);
        expect(number15 === null).toBe(number.slice(6, 8) !== '19');
        if (number15 === null) return;
        expect(toEighteen(number15)).toBe(number);
        expect(parseIdentity(number15, 'RESIDENT_ID')).toEqual(parseIdentity(number, 'RESIDENT_ID'));
      }),
    );
  });

  it('is refused when one digit is changed', () => {
    fc.assert(
      fc.property(residentNumber, fc.nat({ max: 16 }), fc.integer({ min: 1, max: 9 }), (number, index, shift) => {
        const digit = String((Number(number[index]) + shift) % 10);
        const wrong = number.slice(0, index) + digit + number.slice(index + 1);
        const error = thrownBy(() => parseIdentity(wrong, 'RESIDENT_ID'));
        expect(error).toBeInstanceOf(ValueError);
        expect(error.message).toMatch(/check character|date of birth|18 or 15 digits|begins with 9|residence permit/);
      }),
      { numRuns: 500 },
    );
  });

  it('is refused when its check character is another', () => {
    fc.assert(
      fc.property(residentNumber, fc.constantFrom(...Array.from('0123456789X')), (number, check) => {
        fc.pre(check !== number[17]);
        expect(() => parseIdentity(number.slice(0, 17) + check, 'RESIDENT_ID')).toThrow(
          'the check character of the resident number does not fit its digits',
        );
      }),
    );
  });

  it('is refused when two neighbouring digits are exchanged', () => {
    fc.assert(
      fc.property(residentNumber, fc.nat({ max: 15 }), (number, index) => {
        fc.pre(number[index] !== number[index + 1]);
        const wrong = number.slice(0, index) + number[index + 1]! + number[index]! + number.slice(index + 2);
        expect(() => parseIdentity(wrong, 'RESIDENT_ID')).toThrow(ValueError);
      }),
    );
  });

  it.each([
    ['110105190002290020', 'the date of birth in the resident number is no day of the calendar'],
    ['110105491331002', 'the date of birth in the resident number is no day of the calendar'],
    ['1101051949123100', 'does not have 18 or 15 digits'],
    ['911350100M00100Y43', 'does not have 18 or 15 digits'],
    ['810000199408230021', 'type HMT_RESIDENCE'],
    ['', 'the identity number is empty'],
    ['1'.repeat(101), 'has more than 100 characters'],
  ])('is refused as %j', (text, problem) => {
    expect(() => parseIdentity(text, 'RESIDENT_ID')).toThrow(problem);
  });

  it('may have a region that no longer exists', () => {
    expect(parseIdentity('11022319491231' + '002' + residentCheck('11022319491231002')).type).toBe('RESIDENT_ID');
  });
});

describe('a unified social credit code (GB 32100)', () => {
  it('is read without a warning when its check character is right', () => {
    const identity = parseIdentity('91350100m000100y43');
    expect(identity).toEqual({
      type: 'UNIFIED_SOCIAL_CREDIT_CODE',
      number: '91350100M000100Y43',
      number15: null,
      warnings: [],
    });
  });

  it('is read with a warning when it fails the check, as valid codes of early pilot regions do', () => {
    const identity = parseIdentity('91350100M0001TGQXM');
    expect(identity.number).toBe('91350100M0001TGQXM');
    expect(identity.warnings).toEqual([
      'the check character of the unified social credit code is not the computed one',
    ]);
  });

  it('has a check character that makes the sum of value times 3^(i-1) a multiple of 31', () => {
    fc.assert(
      fc.property(socialCreditNumber, (number) => {
        expect(number).toHaveLength(18);
        const terms = Array.from(
          number,
          (character, index) => BigInt(ALPHABET.indexOf(character)) * 3n ** BigInt(index),
        );
        // The check character itself counts once (GB 32100 gives it no weight of its own).
        const body = terms.slice(0, 17).reduce((sum, term) => sum + term, 0n);
        expect((body + BigInt(ALPHABET.indexOf(number[17]!))) % 31n).toBe(0n);
      }),
      { numRuns: 500 },
    );
  });

  it('warns of every wrong check character and of no right one', () => {
    fc.assert(
      fc.property(socialCreditNumber, fc.constantFrom(...Array.from(ALPHABET)), (number, check) => {
        const changed = number.slice(0, 17) + check;
        const { warnings } = parseIdentity(changed, 'UNIFIED_SOCIAL_CREDIT_CODE');
        expect(warnings).toHaveLength(changed === number ? 0 : 1);
      }),
    );
  });

  it.each(['91350100I000100Y43', '91350100M000100Y4', '9135010OM000100Y43', '01350100M000100Y43'])(
    'is refused as %s',
    (text) => {
      expect(() => parseIdentity(text, 'UNIFIED_SOCIAL_CREDIT_CODE')).toThrow(
        'this is no unified social credit code; expected 18',
      );
    },
  );
});

describe('older numbers of organisations', () => {
  it('reads an organisation code with and without its hyphen', () => {
    const code = `12345678${organisationCheck('12345678')}`;
    expect(parseIdentity(`12345678-${code[8]!}`)).toMatchObject({
      type: 'ORGANISATION_CODE',
      number: code,
      warnings: [],
    });
    expect(parseIdentity(code)).toMatchObject({ type: 'ORGANISATION_CODE', number: code, warnings: [] });
    expect(parseIdentity('D2143569-X')).toMatchObject({ type: 'ORGANISATION_CODE', number: 'D2143569X', warnings: [] });
  });

  it('warns when an organisation code fails its check', () => {
    expect(parseIdentity('D2143569-0').warnings).toEqual([
      'the check character of the organisation code is not the computed one',
    ]);
  });

  it('reads a business registration number', () => {
    const number = `32030050001234${registrationCheck('32030050001234')}`;
    expect(parseIdentity(number)).toMatchObject({ type: 'BUSINESS_REGISTRATION', number, warnings: [] });
    const wrong = number.slice(0, 14) + String((Number(number[14]) + 1) % 10);
    expect(parseIdentity(wrong, 'BUSINESS_REGISTRATION').warnings).toHaveLength(1);
    expect(() => parseIdentity(wrong)).toThrow('or it is mistyped');
  });

  it('checks a business registration number as its published example', () => {
    expect(registrationCheck('11010800000001')).toBe('6');
  });
});

describe('other documents', () => {
  const permanent = (body: string): string => body + residentCheck(body);

  it.each<[string, IdType, string]>([
    ['E12345678', 'CN_PASSPORT', 'E12345678'],
    ['eb1234567', 'CN_PASSPORT', 'EB1234567'],
    ['H12345678', 'HK_MO_PERMIT', 'H12345678'],
    ['m1234567801', 'HK_MO_PERMIT', 'M1234567801'],
    ['12345678', 'TW_PERMIT', '12345678'],
    ['1234567890（A）', 'TW_PERMIT', '1234567890A'],
    [permanent('81000019940823002'), 'HMT_RESIDENCE', permanent('81000019940823002')],
    ['USA110000000001', 'FOREIGN_PR', 'USA110000000001'],
    [permanent('91184019800101001'), 'FOREIGN_PR', permanent('91184019800101001')],
    ['K1234567', 'FOREIGN_PASSPORT', 'K1234567'],
    ['军字第1234567号', 'MILITARY', '军字第1234567号'],
  ])('reads %s as %s without being told', (text, type, number) => {
    const identity = { type, number, number15: null, warnings: [] };
    expect(parseIdentity(text)).toEqual(identity);
    expect(parseIdentity(text, type)).toEqual(identity);
  });

  it.each(['不详', '无', '0000000000', '1', '******', 'no number'])('refuses the placeholder %j', (text) => {
    expect(() => parseIdentity(text, 'OTHER')).toThrow(/placeholder|signs that no document bears/);
    expect(() => parseIdentity(text, 'OTHER')).toThrow('null when there is none');
  });

  it('refuses what shows no type', () => {
    expect(() => parseIdentity('12345')).toThrow('or the type beside the number');
  });
});

describe('parseIdentity', () => {
  it('never repeats the number in an error or a warning', () => {
    const near = fc
      .tuple(residentNumber, fc.nat({ max: 17 }), fc.constantFrom(...Array.from('0123456789XA')))
      .map(([number, index, sign]) => number.slice(0, index) + sign + number.slice(index + 1));
    const text = fc.oneof(near, digits(9), digits(15), digits(18), fc.string({ minLength: 5 }));
    fc.assert(
      fc.property(text, fc.option(fc.constantFrom(...idTypes), { nil: undefined }), (number, type) => {
        let said: string;
        try {
          said = parseIdentity(number, type).warnings.join();
        } catch (error) {
          expect(error).toBeInstanceOf(ValueError);
          said = JSON.stringify(error) + String(error);
        }
        const secret = number.replace(/\D/g, '').slice(-6);
        if (secret.length === 6 && !/^8[123]0000$/.test(secret)) expect(said).not.toContain(secret);
      }),
      { numRuns: 2000 },
    );
  });

  it('gives a normal form that is its own normal form', () => {
    fc.assert(
      fc.property(fc.oneof(residentNumber, socialCreditNumber), (number) => {
        const identity = parseIdentity(number);
        expect(parseIdentity(identity.number, identity.type)).toEqual(identity);
      }),
    );
  });
});

describe('maskIdNumber', () => {
  it.each([
    ['11010519491231002X', '110105★★★★★★★★002X'],
    ['110105491231002', '11010★★★★★★★002'],
    ['M000100Y4', 'M00★★★★Y4'],
    ['12345678', '12★★★★★8'],
    ['123', '1★★'],
    ['12', '★★'],
    ['', ''],
  ])('shows %s as %s', (number, masked) => {
    expect(maskIdNumber(number)).toBe(masked);
  });

  it('hides at least four ninths of any number and keeps its length', () => {
    fc.assert(
      fc.property(fc.string({ unit: fc.constantFrom(...Array.from('0123456789AX号')), maxLength: 40 }), (number) => {
        const masked = maskIdNumber(number);
        expect(masked).toHaveLength(number.length);
        expect(masked.split('★').length - 1).toBeGreaterThanOrEqual((number.length * 4) / 9);
      }),
    );
  });
});
