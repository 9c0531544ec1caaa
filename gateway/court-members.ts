/** The courts of the registry as members of the horizontal dimension: case numbers name their owner. */

import { caseNumberFromKey, caseNumberKey, parseCaseNumber } from '../common/case-number.ts';
import { hubOf, type CourtRegistry } from '../common/court-registry.ts';
import { caseKeyOfLocalPerson } from '../common/person-id.ts';
import { ValueError } from '../common/value-error.ts';
import { HubError } from './errors.ts';
import type { Members } from './members.ts';

/** Members by the registry; codes are exact (苏03 is no prefix of 苏0312). */
export function toMembers(registry: CourtRegistry): Members {
  const codes = registry.courts.map((court) => court.code);
  const hubs = new Map(
    registry.courts.flatMap(({ code, endpoint }) => (hubOf(endpoint) === null ? [] : [[code, hubOf(endpoint)!]])),
  );
  const behind = new Map(registry.hubs.map(({ code }) => [code, codes.filter((court) => hubs.get(court) === code)]));
  const nameOf = (code: string) =>
    registry.byCode(code)?.name ?? registry.hubs.find((hub) => hub.code === code)?.name ?? code;
  return {
    codes,
    speakers: registry.speakers.map(({ code }) => code),
    speakerOf: (member) => hubs.get(member) ?? member,
    behind: (speaker) => behind.get(speaker) ?? null,
    isPart: false,
    nameOf,
    memberOf: (code) => registry.byCode(code)?.code,
    ownerOf: (key) => valid(() => registry.ownerOf(parseCaseNumber(String(key)))?.code),
    canonical: (key) => valid(() => caseNumberKey(parseCaseNumber(String(key)))),
    misfit: (key) => misfitOf(key, codes),
    homeOf(typeName, representation) {
      if (typeName !== 'Person') return undefined;
      const caseKey = valid(() => caseKeyOfLocalPerson(String(representation['id'])));
      return caseKey == null ? undefined : valid(() => registry.ownerOf(caseNumberFromKey(caseKey))?.code);
    },
  };
}

function misfitOf(key: unknown, codes: readonly string[]): HubError {
  try {
    const { court } = parseCaseNumber(String(key));
    return new HubError('UNKNOWN_COURT', `No court of the registry is "${court}". Known: ${codes.join(', ')}.`, {
      known: codes,
    });
  } catch (error) {
    if (!(error instanceof ValueError)) throw error;
    return new HubError('BAD_USER_INPUT', error.message, { expected: error.expected });
  }
}

/** A value that cannot be read names nobody. */
function valid<T>(read: () => T): T | undefined {
  try {
    return read();
  } catch (error) {
    if (error instanceof ValueError) return undefined;
    throw error;
  }
}
