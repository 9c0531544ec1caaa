import { describe, expect, it } from 'vitest';
import type { CaseRecord, MeasureRecord, PartyRecord } from '../../../../common/case-record.ts';
import { parseCaseNumber } from '../../../../common/case-number.ts';
import { parseIdentity } from '../../../../common/identity.ts';
import { parseMoney } from '../../../../common/money.ts';
import { generateCity } from '../../../../mocks/city/city.ts';
import { everyRecord, keyOf, nineCourts, otherCourts } from './two-cities.ts';

const today = '2018-01-31';
const closedStages = ['CLOSED', 'ARCHIVED', 'TERMINATED_MONITORED', 'SHIELDED', 'RESUMED'];
const terminatedStages = ['TERMINATED_MONITORED', 'SHIELDED', 'RESUMED'];
const teamNames = { FAST_EXECUTION: '快执团队', TERMINATION: '终本团队', PROPERTY_DISPOSAL: '财产处置团队' };

describe.each([
  { place: 'the nine courts', registry: nineCourts },
  { place: 'ten courts that the generator has never heard of', registry: otherCourts },
])('every record of $place', ({ registry }) => {
  const held = everyRecord(generateCity({ registry, today }), registry);
  const records = held.map(({ record }) => record);
  const parties = records.flatMap((record) => record.parties);

  it('has a number that its court owns, in the year of filing', () => {
    const wrong = held.filter(({ court, record: { number: text, filedOn } }) => {
      const number = parseCaseNumber(text);
      const year = filedOn === null ? number.year : Number(filedOn.slice(0, 4));
      return registry.ownerOf(number)?.code !== court || number.legacy !== number.year < 2016 || number.year !== year;
    });
    expect(wrong).toEqual([]);
    expect(new Set(records.map(({ number }) => keyOf(number))).size).toBe(records.length);
  });

  it('is numbered from 1 for each court, year and type, in order of filing', () => {
    const last = new Map<string, { serial: number; filedOn: string }>();
    const wrong = held.filter(({ court, record }) => {
      const { year, type, serial } = parseCaseNumber(record.number);
      const before = last.get(`${court} ${year} ${type}`) ?? { serial: 0, filedOn: '' };
      const filedOn = record.filedOn ?? before.filedOn;
      last.set(`${court} ${year} ${type}`, { serial, filedOn });
      return serial !== before.serial + 1 || filedOn < before.filedOn;
    });
    expect(wrong).toEqual([]);
  });

  it('has a closing day and mode exactly when its stage is a closed one', () => {
    const wrong = records.filter(({ stage, filedOn, closedOn, closingMode }) => {
      const closed = closedStages.includes(stage);
      const inTime = closedOn === null || (closedOn <= today && closedOn >= (filedOn ?? ''));
      const terminated = closingMode === 'TERMINATED_THIS_TIME';
      return (
        (closedOn !== null) !== closed ||
        (closingMode !== null) !== closed ||
        terminated !== terminatedStages.includes(stage) ||
        !inTime
      );
    });
    expect(wrong).toEqual([]);
  });

  it('is terminated this time only after three months', () => {
    const terminated = records.filter(({ closingMode }) => closingMode === 'TERMINATED_THIS_TIME');
    expect(terminated.length).toBeGreaterThan(100);
    const early = terminated.filter(
      ({ filedOn, closedOn }) => filedOn !== null && closedOn! <= later(filedOn, { months: 3 }),
    );
    expect(early).toEqual([]);
  });

  it('has amounts that add up', () => {
    expect(records.filter((record) => !addsUp(record))).toEqual([]);
  });

  it('has an applicant, then a debtor, counted from 1', () => {
    const wrong = records.filter(
      ({ parties: all }) =>
        all[0]?.role !== 'APPLICANT' ||
        !all.some(({ role }) => role === 'DEBTOR') ||
        all.some(({ ordinal }, at) => ordinal !== at + 1),
    );
    expect(wrong).toEqual([]);
  });

  it('has parties with a true number or the reason why there is none', () => {
    expect(parties.filter((party) => !isIdentified(party))).toEqual([]);
    expect(parties.filter(({ rural, kind }) => (rural === null) !== (kind !== 'NATURAL_PERSON'))).toEqual([]);
  });

  it('has writs on debtors only, signed by the judge of its team and numbered after the case', () => {
    const wrong = records.filter(({ number, filedOn, team, parties: all }) =>
      all
        .filter(({ writ }) => writ !== null)
        .some(({ role, writ }, at) => {
          const { sub } = parseCaseNumber(writ!.number);
          const numbered = keyOf(writ!.number) === keyOf(number) && sub === String(at + 1);
          const inTime =
            writ!.signedOn >= (filedOn ?? '') && writ!.signedOn <= today && writ!.validUntil > writ!.signedOn;
          return (
            role !== 'DEBTOR' || writ!.signedBy !== team?.judge || writ!.agencies.length === 0 || !numbered || !inTime
          );
        }),
    );
    expect(wrong).toEqual([]);
  });

  it('has measures within the time of the case and the terms of the law', () => {
    const wrong = records.filter(
      ({ measures, filedOn, closedOn }) =>
        measures.filter(({ action }) => action === 'FREEZE').length > 1 ||
        measures.some(({ from }) => from > (closedOn ?? today) || from < (filedOn ?? '')) ||
        measures.some((measure) => !hasLawfulTerm(measure)),
    );
    expect(wrong).toEqual([]);
    const taken = new Set(records.flatMap(({ measures }) => measures.map(({ action }) => action)));
    expect([...taken].sort()).toEqual(['DEDUCT', 'FREEZE', 'RELEASE', 'RENEW', 'SEAL', 'SEIZE_PHYSICAL', 'WAITLIST']);
  });

  it('has coercive measures against debtors only, within the time of the case', () => {
    const wrong = records.filter(({ coerciveMeasures, parties: all, filedOn, closedOn }) =>
      coerciveMeasures.some(
        ({ decidedOn, party }) =>
          all[party - 1]?.role !== 'DEBTOR' || decidedOn > (closedOn ?? today) || decidedOn < (filedOn ?? ''),
      ),
    );
    expect(wrong).toEqual([]);
  });

  it('restricts every debtor before a termination', () => {
    const unrestricted = records.filter(
      (record) =>
        record.closingMode === 'TERMINATED_THIS_TIME' &&
        record.parties.some(({ role, ordinal }) => role === 'DEBTOR' && !isRestricted(record, ordinal)),
    );
    expect(unrestricted).toEqual([]);
  });

  it('has a team by its track, with one judge for each', () => {
    const teamed = held.flatMap(({ court, record }) =>
      record.team === null ? [] : [{ court, record, team: record.team }],
    );
    const wrong = teamed.filter(
      ({ record: { stage, closingMode }, team: { name, type } }) =>
        name !== teamNames[type] ||
        (stage === 'FAST' && type !== 'FAST_EXECUTION') ||
        (stage === 'DISPOSING' && type !== 'PROPERTY_DISPOSAL') ||
        (closingMode === 'TERMINATED_THIS_TIME' && type !== 'TERMINATION'),
    );
    expect(wrong).toEqual([]);
    const judges = new Set(teamed.map(({ court, team }) => `${court} ${team.type} ${team.judge}`));
    expect(judges.size).toBe(3 * registry.courts.length);
  });
});

function addsUp({ closingMode, amountDue, amountRecovered, amountOutstanding }: CaseRecord): boolean {
  if (amountRecovered === null || amountOutstanding === null || amountDue === null) {
    return amountRecovered === null && amountOutstanding === null;
  }
  const [due, recovered, outstanding] = [
    parseMoney(amountDue),
    parseMoney(amountRecovered),
    parseMoney(amountOutstanding),
  ];
  if (closingMode === 'FULLY_EXECUTED' && outstanding !== 0n) return false;
  if (closingMode === 'TERMINATED_THIS_TIME' && outstanding === 0n) return false;
  return due > 0n && recovered >= 0n && outstanding >= 0n && outstanding === due - recovered;
}

function isIdentified({ idNumber, idType, idMissingReason }: PartyRecord): boolean {
  if (idNumber === null || idType === null) return idNumber === null && idType === null && idMissingReason !== null;
  const { type, warnings } = parseIdentity(idNumber, idType);
  return type === idType && warnings.length === 0 && idMissingReason === null;
}

function isRestricted({ coerciveMeasures }: CaseRecord, debtor: number): boolean {
  return coerciveMeasures.some(({ kind, party }) => kind === 'CONSUMPTION_RESTRICTION' && party === debtor);
}

function hasLawfulTerm({ action, property, from, expiresOn, queuePosition }: MeasureRecord): boolean {
  if (action === 'WAITLIST') return queuePosition >= 1 && expiresOn === null;
  if (action === 'DEDUCT' || action === 'RELEASE') return queuePosition === 0 && expiresOn === null;
  const years = property.includes('存款') ? 1 : property.endsWith('室') ? 3 : 2;
  return queuePosition === 0 && expiresOn === later(from, { months: 12 * years, days: -1 });
}

/** Plain calendar arithmetic; a day that a month does not have becomes the month's last. */
function later(date: string, { months, days = 0 }: { months: number; days?: number }): string {
  const [year, month, day] = date.split('-').map(Number) as [number, number, number];
  const length = new Date(Date.UTC(year, month + months, 0)).getUTCDate();
  const then = Date.UTC(year, month - 1 + months, Math.min(day, length) + days);
  return new Date(then).toISOString().slice(0, 10);
}
