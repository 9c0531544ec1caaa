import fc from 'fast-check';
import { buildSchema, parse, type OperationDefinitionNode } from 'graphql';
import { describe, expect, it } from 'vitest';

import { compileConformance } from '../../../../gateway/horizontal/conformance.ts';
import { FailedValue } from '../../../../gateway/horizontal/failed.ts';
import { compileGlance } from '../../../../gateway/horizontal/glance.ts';

const schema = buildSchema(`
  scalar Money scalar Date scalar DateTime
  enum Role { DEBTOR CREDITOR }
  type Query { row: Row }
  type Row {
    id: ID! number: String! role: Role amount: Money day: Date at: DateTime count: Int! share: Float open: Boolean!
    words: [String!]! maybe: [Int] inner: Inner needed: Inner! edges: [Edge!]!
  }
  type Inner { a: String b: [Inner!] }
  type Edge { node: Inner }
  enum Letter { A B C D E }
  type Counted { letter: Letter role: Role inner: Length }
  type Length { length: Int }
`);

const question = `{ row {
  __typename id number _nonet_number: number role amount day at count share open words maybe
  inner { a b { a } } needed { a } edges { node { a } }
} }`;

const row = () => ({
  __typename: 'Row',
  id: '1',
  number: 'n',
  _nonet_number: 'n',
  role: 'DEBTOR',
  amount: '-10.05',
  day: '2026-01-02',
  at: '2026-01-02T03:04:05Z',
  count: 3,
  share: 0.5,
  open: false,
  words: ['a', 'b'],
  maybe: [1, null],
  inner: { a: null, b: [{ a: 'x' }, { a: 'y' }] },
  needed: { a: 'z' },
  edges: [{ node: { a: 'e' } }, { node: null }],
});

function compiled(text: string, typeName = 'Row') {
  const operation = parse(text).definitions[0] as OperationDefinitionNode;
  const [field] = operation.selectionSet.selections;
  const sets = field && 'selectionSet' in field ? [{ set: field.selectionSet, conditions: [] }] : [];
  const scope = { schema, fragments: new Map<string, never>() };
  const type = schema.getType(typeName) as Parameters<typeof compileGlance>[1];
  return { glance: compileGlance(scope, type, sets), conform: compileConformance(scope, type, sets) };
}

type Place = { readonly holder: Record<string | number, unknown>; readonly key: string | number };

/** Every place of a value, however deep. */
function placesIn(value: unknown): Place[] {
  if (typeof value !== 'object' || value === null) return [];
  const holder = value as Record<string | number, unknown>;
  const keys = Array.isArray(value) ? [...value.keys()] : Object.keys(value);
  return keys.flatMap((key) => [{ holder, key }, ...placesIn(holder[key])]);
}

const odd = fc.constantFrom<() => unknown>(
  ...[null, undefined, '', 'x', 'DEBTOR', '1.00', 0, 1.5, NaN, true].map((value) => () => value),
  () => [],
  () => ['a'],
  () => ({}),
  () => ({ a: 'x' }),
  () => [{ a: 'x' }],
  () => new FailedValue('UNREACHABLE', 'DOWN'),
);
const fault = fc.record({ place: fc.nat(), value: odd, kind: fc.constantFrom('value', 'absent', 'more') });

describe('A glance at a value', () => {
  const { glance, conform } = compiled(question);

  it('is satisfied with what is just as it was asked', () => {
    expect(glance!(row())).toBe(true);
    expect(glance!({ ...row(), role: null, amount: null, maybe: null, inner: null })).toBe(true);
  });

  it('is never satisfied with what the careful check would change or tell', () => {
    let unsatisfied = 0;
    fc.assert(
      fc.property(fc.array(fault, { minLength: 1, maxLength: 3 }), (faults) => {
        const given = row();
        for (const { place, value: make, kind } of faults) {
          const value = make();
          const places = placesIn(given);
          const { holder, key } = places[place % places.length]!;
          if (kind === 'value') holder[key] = value;
          else if (kind === 'absent') Reflect.deleteProperty(holder, key);
          else holder[Array.isArray(holder) ? holder.length : 'more'] = value;
        }
        const isSatisfied = glance!(given);
        if (!isSatisfied) unsatisfied += 1;
        const before = structuredClone(given);
        const told: string[] = [];
        const stands = conform(given, {}, (field) => told.push(field));
        if (isSatisfied) expect([stands, told, given]).toEqual([true, [], before]);
      }),
      { numRuns: 3_000 },
    );
    expect(unsatisfied).toBeGreaterThan(1_000);
  });

  it('takes no list for an object, whatever is asked of it', () => {
    const own = compiled('{ row { inner { length } } }', 'Counted');
    expect(own.glance!({ inner: { length: 1 } })).toBe(true);
    expect(own.glance!({ inner: ['a'] })).toBe(false);
  });

  it('knows the names of enums, few and many', () => {
    const own = compiled('{ row { letter role } }', 'Counted');
    expect(own.glance!({ letter: 'E', role: 'DEBTOR' })).toBe(true);
    expect(own.glance!({ letter: 'F', role: 'DEBTOR' })).toBe(false);
    expect(own.glance!({ letter: 'E', role: 'E' })).toBe(false);
  });

  it('is not to be had of what a request decides', () => {
    expect(compiled('query ($on: Boolean!) { row { id @include(if: $on) } }').glance).toBeNull();
    expect(compiled('{ row { inner { a @skip(if: true) } } }').glance).toBeNull();
  });
});
