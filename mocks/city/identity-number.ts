/** Identity numbers with true check characters, made for people and organisations that do not exist. */

import { organisationCheck, registrationCheck, socialCreditCheck } from '../../common/organisation-code.ts';
import { residentCheck } from '../../common/resident-id.ts';

/** The 18 characters of a resident number (GB 11643-1999): six of region, `YYYYMMDD`, a sequence of 1 … 999, the check. */
export function residentNumber(region: string, birth: string, sequence: number): string {
  const body = `${region}${birth}${String(sequence).padStart(3, '0')}`;
  return body + residentCheck(body);
}

/** The nine characters of an organisation code (GB 11714) without its hyphen, from eight digits. */
export function organisationBody(digits: string): string {
  return digits + organisationCheck(digits);
}

/** The 18 characters of a unified social credit code (GB 32100-2015): registrar and class, division, organisation code, check. */
export function creditCode(registrar: string, division: string, body: string): string {
  const stem = registrar + division + body;
  return stem + socialCreditCheck(stem);
}

/** The 15 digits of an old business registration number: six of the registering authority, eight of sequence, the check. */
export function businessNumber(authority: string, sequence: string): string {
  return authority + sequence + registrationCheck(authority + sequence);
}
