import { expect, test } from 'vitest';

import { requiredTypesOf } from '../../../gateway/sources/required-types.ts';
import { readContract } from '../../../schema/horizontal/contract.ts';
import { emitted } from '../../support/emitted.ts';

test('the values that agencies and courts require of others are those that half an answer would falsify', () => {
  const contract = readContract(emitted('court'), 'contract');
  expect([...requiredTypesOf(contract, emitted('supergraph'))].sort()).toEqual([
    'Mandate',
    'Subject',
    'TaskForceCriteria',
    'Writ',
  ]);
});
