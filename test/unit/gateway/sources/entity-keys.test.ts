import fc from 'fast-check';
import { describe, expect, it } from 'vitest';

import { hiddenKey } from '../../../../gateway/horizontal/hidden.ts';
import { createEntityKeys } from '../../../../gateway/sources/entity-keys.ts';

const keyFields: Readonly<Record<string, readonly string[]>> = { Case: ['number'], Party: ['caseNumber', 'id'] };
const keys = createEntityKeys({ names: Object.keys(keyFields), keyFieldsOf: (typeName) => keyFields[typeName] ?? [] });

const value = fc.oneof(
  fc.constantFrom('', '1', '1:1', '11:1', '=4:null', '"1"', 'null', '1:11:1'),
  fc.string({ maxLength: 4 }),
  fc.constantFrom(1, 0, null, undefined, true, ['1'], { a: 1 }),
);
const representation = fc.record({
  __typename: fc.constantFrom('Case', 'Party', 'Person'),
  number: value,
  caseNumber: value,
  id: value,
});
type Given = Readonly<Record<string, unknown>>;

/** The key as a tuple, written the slow way. */
function tupleOf(own: Given): string {
  const typeName = String(own['__typename']);
  return JSON.stringify([typeName, ...(keyFields[typeName] ?? []).map((name) => own[name] ?? null)]);
}

function echoOf(own: Given): Given {
  return Object.fromEntries(Object.entries(own).map(([name, each]) => [hiddenKey(name), each]));
}

describe('Keys of entities', () => {
  it('are known where each part of them is', () => {
    const party = { __typename: 'Party', caseNumber: 'a', id: '1' };
    expect(keys.textOfKnown(party)).toBe(keys.textOf(party));
    expect(keys.textOfKnown({ ...party, id: null })).toBeNull();
    expect(keys.textOfKnown({ __typename: 'Party', caseNumber: 'a' })).toBeNull();
    expect(keys.textOfKnown({ __typename: 'Person' })).toBeNull();
  });

  it('have the same text exactly when type and key fields are the same', () => {
    fc.assert(
      fc.property(representation, representation, (one, other) => {
        expect(keys.textOf(one) === keys.textOf(other)).toBe(tupleOf(one) === tupleOf(other));
      }),
      { numRuns: 2_000 },
    );
  });

  it('have the text of their echo', () => {
    fc.assert(
      fc.property(representation, (own) => {
        expect(keys.textOfEcho(echoOf(own))).toBe(keys.textOf(own));
      }),
    );
  });

  it('are recognised at a glance only in what certainly echoes them', () => {
    expect(
      keys.isEcho(echoOf({ __typename: 'Party', caseNumber: '1', id: '2' }), {
        __typename: 'Party',
        caseNumber: '1',
        id: '2',
      }),
    ).toBe(true);
    fc.assert(
      fc.property(representation, representation, (one, other) => {
        if (keys.isEcho(echoOf(one), other)) expect(tupleOf(one)).toBe(tupleOf(other));
      }),
      { numRuns: 2_000 },
    );
  });
});
