/** Three courts whose programs are not of today: one lacks a field, one a filter, one has another type for an amount. */

import type { Front } from './front.ts';
import { changedContract, type Change } from './contract.ts';

/** Which courts lack what while they are drifted. */
export interface Drift {
  /** Its contract has neither `Case.transferKind`, a value, nor `Case.team`, an object. */
  readonly withoutField: string;
  /** Its contract has no `CaseFilter.closingModes`. */
  readonly withoutFilter: string;
  /** Its `Case.amountDue` is a Float: incompatible with the contract. */
  readonly incompatible: string;
}

/** How long a gateway has to notice a court that changed, in milliseconds. */
export const noticedWithinMs = 10_000;

/** The drift of these courts, by code; all of them have rows. */
export function driftOf(codes: readonly string[]): Drift {
  return { withoutField: codes[1]!, withoutFilter: codes[2]!, incompatible: codes[5] ?? codes[0]! };
}

/** Lets the courts speak those contracts, or their own again. */
export function drifted(fronts: ReadonlyMap<string, Front>, drift: Drift, sdl: string, isOn: boolean): void {
  const contracts = {
    [drift.withoutField]: () => changedContract(sdl, lacking('Case.transferKind', 'Case.team')),
    [drift.withoutFilter]: () => changedContract(sdl, lacking('CaseFilter.closingModes')),
    [drift.incompatible]: () => incompatible(sdl),
  };
  for (const [code, contract] of Object.entries(contracts)) fronts.get(code)!.speak(isOn ? contract() : null);
}

/** A contract that no gateway can join with the others. */
export function incompatible(sdl: string) {
  return changedContract(sdl, [{ coordinate: 'Case.amountDue', type: 'Float' }]);
}

function lacking(...coordinates: readonly string[]): readonly Change[] {
  return coordinates.map((coordinate) => ({ coordinate, type: null }));
}
