/** Holds what a court's program says of itself against what the hub knows of that court. */

import type { Speaker } from '../../common/court-registry.ts';
import type { Fault } from '../../schema/horizontal/fault.ts';
import type { Claims } from './reading.ts';

/** Why nothing may be asked of this program as that court; empty when all is well. A hub that knows no mark compares none. */
export function faultsOfClaims(
  entry: Pick<Speaker, 'code' | 'contractVersion'>,
  claims: Claims | null,
  personKeyMark: string | null,
): Fault[] {
  const { code } = entry;
  const fault = (coordinate: string, reason: string, remedy: string): Fault => ({
    member: code,
    coordinate,
    reason,
    remedy,
  });
  if (claims === null) {
    if (personKeyMark === null) return [];
    return [
      fault(
        'Query._member',
        'The program does not say with which key it makes the ids of persons, and under another key nobody would be found in two courts.',
        'Serve _member { court contractVersion personKeyMark } beside _service, as the contract describes it.',
      ),
    ];
  }
  const faults: Fault[] = [];
  if (claims.court !== code) {
    faults.push(
      fault(
        '_Member.court',
        `At this address answers ${claims.court === null ? 'a program that does not say whose rows it has' : `the program of court ${shownClaim(claims.court)}`}.`,
        `Give ${code} the address of its own program in the registry.`,
      ),
    );
  }
  if (majorOf(claims.contractVersion) !== majorOf(entry.contractVersion)) {
    faults.push(
      fault(
        '_Member.contractVersion',
        `The program serves the contract ${shownClaim(claims.contractVersion)}, and the registry says ${entry.contractVersion}.`,
        'Start the program that serves the contract of the registry, or correct contractVersion there when the hub reads that contract.',
      ),
    );
  }
  if (personKeyMark !== null && claims.personKeyMark !== personKeyMark) {
    faults.push(
      fault(
        '_Member.personKeyMark',
        `The ids of its persons are made with another key (its mark ends in ${endOf(claims.personKeyMark)}) than that of the city (${endOf(personKeyMark)}): the same man would be two people.`,
        'Start it with the file of the key of the city (--person-key or NONET_PERSON_KEY_FILE) over rows of that key.',
      ),
    );
  }
  return faults;
}

/** A stranger's text as far as it can be a code, a version or a mark. */
export function shownClaim(text: string | null): string {
  if (text === null) return 'none';
  return /^[\w.\p{Script=Han}-]{1,64}$/u.test(text) ? text : 'that cannot be read';
}

/** Within one major version courts may have less or more, and that is routed around. */
function majorOf(version: string | null): string | null {
  return /^(\d+)\.\d+$/.exec(version ?? '')?.[1] ?? null;
}

/** Enough to tell two keys apart; a whole mark may look like a number that nobody may see. */
function endOf(mark: string | null): string {
  return mark !== null && /^[\w.-]{20,100}$/.test(mark) ? mark.slice(-6) : 'nothing that can be read';
}
