/** The courts of the registry as members of the horizontal dimension: case numbers name their owner. */

import { caseNumberFromKey, caseNumberKey, parseCaseNumber } from '../common/case-number.ts';
import { hubOf, type CourtRegistry } from '../common/court-registry.ts';
import { caseKeyOfLocalPerson } from '../common/person-id.ts';
import { ifReadable, ValueError } from '../common/value-error.ts';
import { HubError } from './errors.ts';
import type { Members } from './members.ts';

/** Members by the registry; codes are exact (苏03 is no prefix of 苏0312). */
export function toMembers(registry: CourtRegistry): Members {
  const codes = registry.courts.map((court) => court.code);
  const hubs = new Map(
    registry.courts.flatMap(({ code, endpoint }) => (hubOf(endpoint) === null ? [] : [[code, hubOf(endpoint)!]])),
  );
  const behind = new Map(registry.hubs.map(({ code }) => [code, codes.filter((court) => hubs.get(court) === code)]));
  const owners = new Map<string, string>();
  const ownerOf = (key: unknown): string | undefined => {
    const number = String(key);
    const known = owners.get(number);
    if (known !== undefined) return known;
    const owner = ifReadable(() => registry.ownerOf(parseCaseNumber(number))?.code);
    // Rows name the same cases again and again; who made one up names it once.
    if (owner === undefined || number.length > mostOfNumber) return owner;
    if (owners.size >= mostOwners) owners.clear();
    owners.set(number, owner);
    return owner;
  };
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
    ownerOf,
    canonical: (key) => ifReadable(() => caseNumberKey(parseCaseNumber(String(key)))),
    misfit: (key) => misfitOf(key, codes),
    homeOf(typeName, representation) {
      if (typeName !== 'Person') return undefined;
      const caseKey = ifReadable(() => caseKeyOfLocalPerson(String(representation['id'])));
      return caseKey == null ? undefined : ifReadable(() => registry.ownerOf(caseNumberFromKey(caseKey))?.code);
    },
  };
}

/** Cases whose courts are remembered, and characters of a number that is. */
const mostOwners = 20_000;
const mostOfNumber = 40;

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
