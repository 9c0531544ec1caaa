import { buildSchema, parse, print, type GraphQLObjectType, type OperationDefinitionNode } from 'graphql';
import { expect, test } from 'vitest';

import { hiddenKey } from '../../../../gateway/horizontal/hidden.ts';
import { collectFields } from '../../../../gateway/horizontal/selection.ts';
import { compileAskedRoots, outcomeOfValue, withOutcome } from '../../../../gateway/trail/asked-fields.ts';

const said = (status: unknown, reason: unknown = null) => ({
  [hiddenKey('status')]: status,
  [hiddenKey('reason')]: reason,
});

test.each([
  ['what says so itself', said('REFUSED', 'NO_WRIT'), true, 'REFUSED NO_WRIT'],
  ['what says so under its own names', { status: 'REFUSED', reason: 'NO_WRIT' }, true, 'REFUSED NO_WRIT'],
  ['what says so under both', { ...said('REFUSED', 'a'), status: 'FOUND', reason: 'b' }, true, 'REFUSED a'],
  ['another value with such names', { status: 'REFUSED', reason: 'NO_WRIT' }, false, 'FOUND NO_STATUS'],
  ['nothing at all', undefined, false, 'UNREACHABLE NO_VALUE'],
  ['a null of a type that says so', null, true, 'UNREACHABLE NO_VALUE'],
  ['a value of such a type without a status', said(null), true, 'UNREACHABLE NO_STATUS'],
  ['an empty value of such a type', {}, true, 'UNREACHABLE NO_STATUS'],
  ['a null of another type', null, false, 'NONE NULL'],
  ['a value of another type', {}, false, 'FOUND NO_STATUS'],
  ['a leaf', 7, false, 'FOUND NO_STATUS'],
] as const)('the outcome of %s', (_, value, isTelling, outcome) => {
  const { status, reason } = outcomeOfValue(value, isTelling);
  expect(`${status} ${reason}`).toBe(outcome);
});

test.each([
  ['accounts { balance }', 'accounts { balance } _nonet_status: status _nonet_reason: reason'],
  ['status accounts { balance }', 'status accounts { balance } _nonet_reason: reason'],
  ['reason status', 'reason status'],
  ['status: status reason', 'status: status reason'],
  ['status: reason', 'status: reason _nonet_status: status _nonet_reason: reason'],
  ['s: status reason', 's: status reason _nonet_status: status'],
  ['status @include(if: $a) reason', 'status @include(if: $a) reason _nonet_status: status'],
  ['... { status } ...F reason', '... { status } ...F reason _nonet_status: status'],
])('an inquiry is asked what became of it, once: %s', (asked, told) => {
  const setOf = (text: string) => (parse(`{ ${text} }`).definitions[0] as OperationDefinitionNode).selectionSet;
  expect(print(withOutcome(setOf(asked)))).toBe(print(setOf(told)));
});

test('fields whose values say what became of their questions are known by their types', () => {
  const schema = buildSchema(`
    type Inquiry { status: String! reason: String }
    type Half { status: String! }
    type Query { one: Inquiry two: Inquiry! many: [Inquiry!] half: Half leaf: Int }
  `);
  const { selectionSet } = parse('{ a: one { status } two { reason } many { status } half { status } leaf }')
    .definitions[0] as OperationDefinitionNode;
  const scope = { schema, fragments: new Map() };
  const query: GraphQLObjectType = schema.getQueryType()!;
  const fields = collectFields(scope, query, [{ set: selectionSet, conditions: [] }]);
  const telling = [...compileAskedRoots(scope, query, fields).values()].flatMap((asked) => [...asked.telling]);
  expect(telling).toEqual(['a', 'two']);
});
