/** The cities that these tests read: the project's own courts, and courts that the generator has never heard of. */

import type { CaseRecord, PartyRecord } from '../../../../common/case-record.ts';
import { parseCourtRegistry, readCourtRegistry } from '../../../../common/court-registry.ts';
import type { CourtRegistry } from '../../../../common/court-registry.ts';
import { caseNumberKey, parseCaseNumber } from '../../../../common/case-number.ts';
import { parseIdentity } from '../../../../common/identity.ts';
import { personId, personIdVector } from '../../../../common/person-id.ts';
import type { City } from '../../../../mocks/city/city.ts';

export const nineCourts = readCourtRegistry();

/** Ten courts of another province: one whose old prefix is unknown, one with two of them, one without a division. */
export const otherCourts = parseCourtRegistry({
  courts: ['01', '0102', '0105', '0106', '0108', '0109', '0110', '0111', '0122', '0191'].map((digits, at) => ({
    code: `浙${digits}`,
    name: `第${at}法院`,
    englishName: `Court ${at}`,
    level: digits.length === 2 ? 'INTERMEDIATE' : 'BASIC',
    division: digits === '0191' ? null : `33${digits.padEnd(4, '0')}`,
    codes: [`浙${digits}`],
    legacyPrefixes: digits === '0102' ? [] : digits === '0105' ? ['拱', '拱商'] : ['甲乙丙丁戊己庚辛壬癸'.charAt(at)],
    contractVersion: '1.0',
    endpoint: 'embedded',
  })),
});

/** A record and the court that holds it. */
export interface Held {
  readonly court: string;
  readonly record: CaseRecord;
}

/** Every record of a city, in the order of the registry. */
export function everyRecord(city: City, registry: CourtRegistry): readonly Held[] {
  return registry.courts.flatMap(({ code }) => Array.from(city.casesOf(code), (record) => ({ court: code, record })));
}

/** The normal key of a written case number. */
export function keyOf(number: string): string {
  return caseNumberKey(parseCaseNumber(number));
}

/** What joins a party with the same person elsewhere; null without a number. */
export function personOf(party: PartyRecord): string | null {
  if (party.idNumber === null || party.idType === null) return null;
  return personId(personIdVector.key, parseIdentity(party.idNumber, party.idType));
}

/** How many per cent of the values are so. */
export function percent<T>(values: readonly T[], isSo: (value: T) => boolean): number {
  return (100 * values.filter(isSo).length) / values.length;
}
