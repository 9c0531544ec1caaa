import { expect } from 'vitest';

import { readContract } from '../../../schema/horizontal/contract.ts';
import { refusalsOf } from '../../../schema/horizontal/refusals.ts';
import { shopsSdl } from '../../support/shops-contract.ts';

/** The faults of the shops' contract after changes; each has to name the member, the place, a reason and a remedy. */
export function faultsAfter(...changes: readonly (readonly [from: string, to: string])[]) {
  const sdl = changes.reduce((text, [from, to]) => {
    expect(text).toContain(from);
    return text.replace(from, to);
  }, shopsSdl);
  const contract = readContract(sdl, 'shop 7');
  const faults = refusalsOf(contract, 'shop 7');
  for (const fault of faults) {
    expect(fault.member).toBe('shop 7');
    expect(fault.reason).toMatch(/^.+\.$/s);
    expect(fault.remedy).toMatch(/^.+\.$/s);
  }
  return faults.map(({ coordinate, reason, remedy }) => `${coordinate}: ${reason} ${remedy}`);
}
