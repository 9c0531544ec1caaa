/** What the composer refuses in a contract: everything that could not be merged truly, with the remedy. */

import type { Contract } from './contract.ts';
import type { Fault } from './fault.ts';
import { checkEntities } from './refusals/entities.ts';
import { checkMerges } from './refusals/merges.ts';
import { checkPaths } from './refusals/paths.ts';
import { checkPlaces } from './refusals/places.ts';
import { checkRequirements } from './refusals/requirements.ts';
import { checkRoots } from './refusals/roots.ts';
import { checkValues } from './refusals/values.ts';

export { madeByHub } from './merged-types.ts';
export { orderFieldsOf } from './order.ts';

/** Every reason why this contract cannot be split and merged; empty when it can. */
export function refusalsOf(contract: Contract, member = 'contract'): Fault[] {
  const faults: Fault[] = [];
  const checks = [checkRoots, checkPlaces, checkPaths, checkRequirements, checkEntities, checkMerges, checkValues];
  for (const check of checks) {
    check(contract, (coordinate, reason, remedy) => faults.push({ member, coordinate, reason, remedy }));
  }
  return faults;
}
