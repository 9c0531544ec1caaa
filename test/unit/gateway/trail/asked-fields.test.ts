import { buildSchema, parse, type GraphQLObjectType, type OperationDefinitionNode } from 'graphql';
import { expect, test } from 'vitest';

import { hiddenKey } from '../../../../gateway/horizontal/hidden.ts';
import { collectFields } from '../../../../gateway/horizontal/selection.ts';
import { compileAskedRoots, outcomeOfValue } from '../../../../gateway/trail/asked-fields.ts';

const said = (status: unknown, reason: unknown = null) => ({
  [hiddenKey('status')]: status,
  [hiddenKey('reason')]: reason,
});

test.each([
  ['what says so itself', said('REFUSED', 'NO_WRIT'), true, 'REFUSED NO_WRIT'],
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
