/** What a court's program makes of its standing: held against the contract, the registry and the city's key. */

import type { Speaker } from '../../common/court-registry.ts';
import type { Contract } from '../../schema/horizontal/contract.ts';
import { judgeMember, type Judgement } from '../../schema/horizontal/drift/judge.ts';
import type { Fault } from '../../schema/horizontal/fault.ts';
import { faultsOfClaims } from './claims.ts';
import type { Standing } from './membership.ts';
import type { Told } from './reading.ts';

/** Judges programs by one contract. Courts that serve the same are compared with it once: that takes tens of milliseconds. */
export interface Judge {
  standingOf(entry: Speaker, told: Told): Standing;
  /** Whether such a program was judged before, so that judging it takes no time. */
  knows(told: Told): boolean;
}

/** A judge by this contract; without a mark nobody's key is compared. */
export function createJudge(contract: Contract, personKeyMark: string | null): Judge {
  const known = new Map<string, Judgement>();
  const judgementOf = (sdl: string, member: string): Judgement => {
    const judgement = known.get(sdl) ?? judgeMember(contract, sdl, member);
    // Taken out and put back, it becomes the youngest of the map.
    known.delete(sdl);
    known.set(sdl, judgement);
    if (known.size > capacity) known.delete(known.keys().next().value!);
    return judgement;
  };
  return {
    knows: ({ sdl }) => sdl === null || known.has(sdl),
    standingOf(entry, { sdl, claims }) {
      if (sdl === null) return { kind: 'quarantined', faults: [notFederated(entry.code)] };
      const { capability, incompatible } = judgementOf(sdl, entry.code);
      const faults = [...faultsOfClaims(entry, claims, personKeyMark), ...incompatible];
      if (faults.length === 0) return { kind: 'joined', capability };
      return { kind: 'quarantined', faults: faults.map((fault) => ({ ...fault, member: entry.code })) };
    },
  };
}

/** What is wrong with a program that answers, but not as a federation subgraph does. */
export function notFederated(member: string): Fault {
  return {
    member,
    coordinate: 'Query._service',
    reason: 'What answers at this address does not give the SDL of its program.',
    remedy: 'Give the address of a federation subgraph, which answers { _service { sdl } }.',
  };
}

/** More than there are different programs in one city. */
const capacity = 16;
