import { describe, expect, it } from 'vitest';
import { formatCaseNumber, parseCaseNumber } from '../../../../common/case-number.ts';
import { generateCity } from '../../../../mocks/city/city.ts';
import { everyRecord, nineCourts, percent, personOf } from './two-cities.ts';

const today = '2018-01-31';
const city = generateCity({ registry: nineCourts });
const held = everyRecord(city, nineCourts);
const records = held.map(({ record }) => record);
const parties = records.flatMap((record) => record.parties);
const ofCreditor = held.filter(({ record }) => record.parties.some(({ name }) => name === city.creditor.name));

describe('the city of nine courts with 300 cases each', () => {
  it('has 75 % of its natural persons in the countryside', () => {
    const persons = parties.filter(({ kind }) => kind === 'NATURAL_PERSON');
    expect(Math.abs(percent(persons, ({ rural }) => rural === true) - 75)).toBeLessThan(3);
  });

  it('has mostly claims of at most 50,000 yuan, and a long tail', () => {
    const claims = records.flatMap(({ amountDue }) => (amountDue === null ? [] : [Number(amountDue)]));
    expect(percent(claims, (yuan) => yuan <= 50_000)).toBeGreaterThan(54);
    expect(claims.reduce((one, other) => Math.max(one, other))).toBeGreaterThan(10_000_000);
  });

  it('has about 15 % of its debtors in two to six cases, many of them in several courts', () => {
    const cases = new Map<string, string[]>();
    for (const { court, record } of held) {
      for (const party of record.parties.filter(({ role }) => role === 'DEBTOR')) {
        const person = personOf(party);
        if (person !== null) cases.set(person, [...(cases.get(person) ?? []), court]);
      }
    }
    const courts = [...cases.values()];
    expect(Math.abs(percent(courts, (list) => list.length > 1) - 15)).toBeLessThan(3);
    expect(percent(courts, (list) => new Set(list).size > 1)).toBeGreaterThan(6);
    expect(courts.reduce((most, list) => Math.max(most, list.length), 0)).toBe(6);
  });

  it('has one large creditor with about 6 % of the cases, in every court, against debtors in 30 provinces', () => {
    expect(Math.abs((100 * ofCreditor.length) / held.length - 6.5)).toBeLessThan(1.5);
    expect(new Set(ofCreditor.map(({ court }) => court)).size).toBe(nineCourts.courts.length);
    const debtors = ofCreditor.flatMap(({ record }) => record.parties.filter(({ role }) => role === 'DEBTOR'));
    expect(new Set(debtors.map(({ province }) => province)).size).toBe(30);
    const sealed = ofCreditor.flatMap(({ record }) => record.measures.map(({ property }) => property));
    expect(percent(sealed, (property) => property.includes('机号'))).toBeGreaterThan(50);
  });

  it('has numbers of before 2016 in several written forms', () => {
    const legacy = records.map(({ number }) => number).filter((number) => parseCaseNumber(number).legacy);
    expect(Math.abs((100 * legacy.length) / records.length - 20)).toBeLessThan(2);
    const written = (form: RegExp): number => legacy.filter((number) => form.test(number)).length;
    for (const form of [/^\(/, /^（/, /^〔/, / /, /第0\d+号/, /第[1-9]\d*号/, /-1号/])
      expect(written(form)).toBeGreaterThan(3);
    expect(records.some(({ number }) => number === formatCaseNumber(parseCaseNumber(number)))).toBe(true);
  });

  it('has mostly first executions, then preservations, resumptions and a few objections', () => {
    const share = (type: string): number => percent(records, ({ number }) => parseCaseNumber(number).type === type);
    expect(share('执')).toBeGreaterThan(78);
    for (const type of ['执恢', '执保']) expect(Math.abs(share(type) - 6.5)).toBeLessThan(3);
    expect(Math.abs(share('执异') - 3)).toBeLessThan(1.5);
  });

  it('has organisations with new and old codes on both sides', () => {
    for (const role of ['APPLICANT', 'DEBTOR']) {
      for (const type of ['UNIFIED_SOCIAL_CREDIT_CODE', 'ORGANISATION_CODE']) {
        expect(parties.filter((party) => party.role === role && party.idType === type).length).toBeGreaterThan(20);
      }
    }
  });

  it('has about 2 % of parties without a number, a few with one of 15 digits', () => {
    expect(Math.abs(percent(parties, ({ idNumber }) => idNumber === null) - 2)).toBeLessThan(1);
    const persons = parties.filter(({ idType }) => idType === 'RESIDENT_ID');
    expect(Math.abs(percent(persons, ({ idNumber }) => idNumber?.length === 15) - 4)).toBeLessThan(2);
  });

  it('has writs on about 80 % of the debtors in open cases, a few expired, a few for some agencies only', () => {
    const debtors = records
      .filter(({ closedOn }) => closedOn === null)
      .flatMap((record) => record.parties.filter(({ role }) => role === 'DEBTOR'));
    const writs = debtors.flatMap(({ writ }) => (writ === null ? [] : [writ]));
    expect(Math.abs((100 * writs.length) / debtors.length - 80)).toBeLessThan(5);
    expect(Math.abs(percent(writs, ({ validUntil }) => validUntil < today) - 5)).toBeLessThan(3.5);
    expect(Math.abs(percent(writs, ({ agencies }) => agencies.length < 3) - 8)).toBeLessThan(4);
  });

  it('spells a few people differently in different courts', () => {
    const names = new Map<string, Set<string>>();
    for (const party of parties.filter(({ kind }) => kind === 'NATURAL_PERSON')) {
      const person = personOf(party);
      if (person !== null) names.set(person, (names.get(person) ?? new Set()).add(party.name));
    }
    const several = [...names.values()].filter((spellings) => spellings.size > 1);
    expect(several.length).toBeGreaterThan(3);
    expect((100 * several.length) / names.size).toBeLessThan(3);
  });

  it('has a few gaps, as real tables have', () => {
    for (const column of ['filedOn', 'amountDue', 'amountOutstanding'] as const) {
      const empty = percent(records, (record) => record[column] === null);
      expect(empty).toBeGreaterThan(0.1);
      expect(empty).toBeLessThan(15);
    }
  });
});
