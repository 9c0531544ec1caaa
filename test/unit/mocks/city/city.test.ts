import { describe, expect, it } from 'vitest';
import { parseCourtRegistry } from '../../../../common/court-registry.ts';
import { parseIdentity } from '../../../../common/identity.ts';
import { generateCity } from '../../../../mocks/city/city.ts';
import { everyRecord, nineCourts, otherCourts } from './two-cities.ts';

describe('generateCity', () => {
  it('has the asked number of cases for each court of the registry', () => {
    expect(everyRecord(generateCity({ registry: otherCourts, casesPerCourt: 7 }), otherCourts)).toHaveLength(70);
  });

  it('names a creditor that its cases name too', () => {
    const city = generateCity({ registry: nineCourts, casesPerCourt: 60 });
    const { name, identityNumber } = city.creditor;
    expect(parseIdentity(identityNumber)).toMatchObject({ type: 'UNIFIED_SOCIAL_CREDIT_CODE', warnings: [] });
    const applicants = everyRecord(city, nineCourts).flatMap(({ record }) => record.parties);
    expect(applicants.some((party) => party.name === name && party.idNumber === identityNumber)).toBe(true);
  });

  it('ends on the day that is called today', () => {
    const records = everyRecord(generateCity({ registry: nineCourts, today: '2024-02-29' }), nineCourts);
    const days = records.flatMap(({ record }) => [record.filedOn ?? '', record.closedOn ?? '']);
    expect(days.filter((day) => day > '2024-02-29')).toEqual([]);
    expect(days.some((day) => day > '2024-02-01')).toBe(true);
    expect(generateCity({ registry: nineCourts }).today).toBe('2018-01-31');
  });

  it('has no transfers, and no old numbers, for a lone court whose old prefix is unknown', () => {
    const court = { ...otherCourts.byCode('浙0102')! };
    const lone = parseCourtRegistry({ courts: [court] });
    const records = Array.from(generateCity({ registry: lone }).casesOf(court.code));
    expect(records).toHaveLength(300);
    expect(records.every(({ transferKind, number }) => transferKind === null && !number.includes('字'))).toBe(true);
  });

  it('refuses what it cannot make', () => {
    expect(() => generateCity({ registry: nineCourts, casesPerCourt: 0 })).toThrow(
      /casesPerCourt is 0; expected a whole/,
    );
    expect(() => generateCity({ registry: nineCourts, casesPerCourt: 1.5 })).toThrow(RangeError);
    expect(() => generateCity({ registry: nineCourts, casesPerCourt: 1_000_000 })).toThrow(/ask for fewer cases/);
    expect(() => generateCity({ registry: nineCourts, today: '2018-02-30' })).toThrow(/expected YYYY-MM-DD/);
    expect(() => generateCity({ registry: nineCourts, today: '2015-12-31' })).toThrow(/expected 2016-07-01 or later/);
    expect(() => generateCity({ registry: nineCourts }).casesOf('苏99')).toThrow(/no court 苏99/);
  });
});
