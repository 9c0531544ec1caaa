/**
 * The rows of the audited city: small and nasty. The generated city gives people, teams and measures; what orders, sums and
 * keys depend on is set here so that everything ties, misses or exceeds what a double can hold.
 */

import type { CaseRecord, PartyRecord } from '../../common/case-record.ts';
import type { CourtRegistry } from '../../common/court-registry.ts';
import { generateCity } from '../../mocks/city/city.ts';

/** The published number of GB 11643's own example, in both its forms. */
export const sharedDebtor = { number: '11010519491231002X', shorter: '110105491231002', masked: '110105★★★★★★★★002X' };

/** The court without a row, and the one that has more than a third of all. */
export const emptyCourt = '苏0391';
export const largestCourt = '苏0312';

/** The court that has the cases of a merged one, and the code of that. */
export const mergedCourt = '苏0311';
export const formerCode = '苏0304';

/** The last day on which the shared debtor was sued, and where. */
const lastDay = { filedOn: '2017-12-30', court: '苏0303' };

/** Spellings whose order by UTF-16 is not that by UTF-8: the last two change places. */
export const spellings = ['吉田明', '𠮷田明', 'ﬁ田明'] as const;

const days = ['2017-03-01', '2017-03-31', '2016-12-31'];
const amounts = ['0.00', '1000.00', '1000.01', '1000.00', '4999.99', '5000.00'];
/** 2^53 + 1 fen, which no double can hold, beside its neighbour: once in each court, so that sums stay below 10^15 yuan. */
const beyond = ['90071992547409.93', '90071992547409.92'];

/** The records of each court, the same every time. */
export function recordsOf(registry: CourtRegistry): ReadonlyMap<string, readonly CaseRecord[]> {
  const city = generateCity({ seed: 'audit', registry, casesPerCourt: 48, today: '2018-01-31' });
  return new Map(
    registry.courts.map(({ code, legacyPrefixes }, court) => {
      const count = code === emptyCourt ? 0 : code === largestCourt ? 48 : 8 + (court % 3);
      const base = [...city.casesOf(code)].slice(0, count);
      return [code, base.map((record, index) => nasty(record, { code, prefix: legacyPrefixes[0]!, court, index }))];
    }),
  );
}

interface Place {
  readonly code: string;
  readonly prefix: string;
  readonly court: number;
  readonly index: number;
}

function nasty(record: CaseRecord, place: Place): CaseRecord {
  const { code, court, index } = place;
  const usual = index % 7 === 6 ? null : amounts[(index * 2 + court) % amounts.length]!;
  const outstanding = index === 3 ? beyond[court % 2]! : usual;
  const isLast = code === lastDay.court && index === 0;
  return {
    ...record,
    number: numberOf(place),
    filedOn: isLast ? lastDay.filedOn : index % 6 === 5 ? null : days[(index + court) % days.length]!,
    amountOutstanding: outstanding,
    // One court knows no amount that was due at all.
    amountDue: code === '苏0305' ? null : outstanding,
    amountRecovered: index % 4 === 3 ? null : '0.01',
    predecessor: null,
    ...course(index, place),
    parties: partiesOf(record.parties, place),
    measures: record.measures.slice(0, 2),
    coerciveMeasures: [],
  };
}

/** Serials count across courts alike, pass from 9 to 10, and stand in numbers of three kinds. */
function numberOf({ code, prefix, index }: Place): string {
  const serial = index + 1;
  if (index % 5 === 4) return `（2015）${prefix}执字第${serial}号`;
  const own = code === mergedCourt && (index === 2 || index === 3) ? formerCode : code;
  return `（${index % 2 === 0 ? 2017 : 2016}）${own}${['执', '执恢', '执保'][index % 3]!}${serial}号`;
}

/** A case cancelled because another continues it counts in no sum; one cancelled for good does. */
function course(index: number, place: Place): Partial<CaseRecord> {
  if (index !== 1 && index !== 4) return { successor: null };
  const successor = index === 1 ? `（2017）${place.code}执9${String(place.court)}01号` : null;
  return { stage: 'CLOSED', closingMode: 'CANCELLED', closedOn: '2017-06-01', successor };
}

/** Everywhere the same debtor and the same applicant, and somebody of the same name in each court whom nobody can tell apart. */
function partiesOf(own: readonly PartyRecord[], place: Place): readonly PartyRecord[] {
  const { index, court, code } = place;
  const parties = own.map((party) => ({ ...party, writ: null }));
  const add = (party: Partial<PartyRecord>) => {
    const ordinal = Math.max(0, ...parties.map((one) => one.ordinal)) + 1;
    parties.push({ ...nobody, ...party, ordinal, writ: null });
  };
  if (index === 0 || (code === largestCourt && index % 4 === 0)) {
    const idNumber = court % 2 === 0 ? sharedDebtor.number : sharedDebtor.shorter;
    add({ name: spellings[court % 3]!, idType: 'RESIDENT_ID', idNumber, idMissingReason: null, province: '北京市' });
  }
  if (index < 3) {
    const idType = court % 2 === 0 ? ('UNIFIED_SOCIAL_CREDIT_CODE' as const) : ('ORGANISATION_CODE' as const);
    const idNumber = court % 2 === 0 ? '91350100M000100Y43' : 'M000100Y-4';
    const who = { role: 'APPLICANT' as const, kind: 'LEGAL_PERSON' as const, name: '审计机械有限公司' };
    add({ ...who, idType, idNumber, idMissingReason: null });
  }
  if (index === 2) add({});
  return parties;
}

const nobody: Omit<PartyRecord, 'ordinal' | 'writ'> = {
  role: 'DEBTOR',
  kind: 'NATURAL_PERSON',
  name: '无名氏',
  idType: null,
  idNumber: null,
  idMissingReason: '被执行人身份不明',
  province: null,
  county: null,
  rural: null,
};
