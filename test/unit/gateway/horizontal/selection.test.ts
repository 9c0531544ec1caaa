import { Kind, parse, type GraphQLObjectType, type OperationDefinitionNode } from 'graphql';
import { describe, expect, it } from 'vitest';

import { compileProjection } from '../../../../gateway/horizontal/projection.ts';
import {
  collectFields,
  fragmentsOf,
  isIncluded,
  subselectionsOf,
  type Variables,
} from '../../../../gateway/horizontal/selection.ts';
import { toCoverage, toCoverageSource } from '../../../../gateway/horizontal/coverage.ts';
import { shopsContract } from '../../../support/shops.ts';

const { schema } = shopsContract;

/** The fields that a selection of a type collects. */
function collected(typeName: string, text: string) {
  const document = parse(text);
  const operation = document.definitions.find(
    (definition): definition is OperationDefinitionNode => definition.kind === Kind.OPERATION_DEFINITION,
  )!;
  const scope = { schema, fragments: fragmentsOf(document) };
  const sets = [{ set: operation.selectionSet, conditions: [] }];
  return { scope, sets, fields: collectFields(scope, schema.getType(typeName) as GraphQLObjectType, sets) };
}

/** Which keys count with these variables. */
function included(text: string, variables: Variables): string[] {
  return collected('Sales', text)
    .fields.filter((field) => isIncluded(field, variables))
    .map((field) => field.key);
}

describe('a selection', () => {
  it('is flattened by response key, in order of first appearance', () => {
    const { fields } = collected(
      'Sales',
      '{ n: count ... on Sales { revenue } ...F n: count ... { allPaid } } fragment F on Sales { anyReturned revenue }',
    );
    expect(fields.map(({ key, name, uses }) => [key, name, uses.length])).toEqual([
      ['n', 'count', 2],
      ['revenue', 'revenue', 2],
      ['anyReturned', 'anyReturned', 1],
      ['allPaid', 'allPaid', 1],
    ]);
  });

  it('leaves out fragments on other types', () => {
    expect(
      collected('Sales', '{ count ... on Order { number } ...F } fragment F on Order { price }').fields,
    ).toHaveLength(1);
  });

  it.each([
    [{ a: true, b: true }, ['x', 'y']],
    [{ a: true, b: false }, ['y']],
    [{ a: false, b: true }, []],
    [{ a: false, b: false }, []],
  ])('counts with its own conditions and those around it: %j', (variables, keys) => {
    const text = `query ($a: Boolean!, $b: Boolean!) {
      ... @include(if: $a) { x: count @include(if: $b) ... on Sales @include(if: true) { y: revenue } }
      z: allPaid @skip(if: true)
    }`;
    expect(included(text, variables)).toEqual(keys);
  });

  it.each([
    [true, true, false],
    [true, false, true],
    [false, true, false],
    [false, false, false],
  ])('with both @include(%j) and @skip(%j) it counts only if included and not skipped', (include, skip, counts) => {
    const text = 'query ($i: Boolean!, $s: Boolean!) { count @include(if: $i) @skip(if: $s) }';
    expect(included(text, { i: include, s: skip })).toEqual(counts ? ['count'] : []);
    const fragment =
      'query ($i: Boolean!, $s: Boolean!) { ...F @skip(if: $s) @include(if: $i) } fragment F on Sales { count }';
    expect(included(fragment, { i: include, s: skip })).toEqual(counts ? ['count'] : []);
  });

  it('counts when one of its uses does', () => {
    const text = 'query ($a: Boolean!) { count @include(if: $a) ...F } fragment F on Sales { count @skip(if: $a) }';
    expect(included(text, { a: true })).toEqual(['count']);
    expect(included(text, { a: false })).toEqual(['count']);
  });

  it('hands the conditions of a use down to what is selected in it', () => {
    const text = 'query ($a: Boolean!) { bySize @include(if: $a) { size } bySize { count } }';
    const { fields, scope } = collected('Sales', text);
    const below = collectFields(scope, schema.getType('SizeSales') as GraphQLObjectType, subselectionsOf(fields[0]!));
    const keysWith = (a: boolean) => below.filter((field) => isIncluded(field, { a })).map((field) => field.key);
    expect(keysWith(true)).toEqual(['size', 'count']);
    expect(keysWith(false)).toEqual(['count']);
  });
});

describe('a projection of what the hub makes itself', () => {
  const coverage = toCoverageSource([
    toCoverage('a', 'FOUND', null, 3),
    toCoverage('b', 'TIMEOUT', 'DEADLINE', 5),
    toCoverage('c', 'NOT_ASKED'),
  ]);
  const project = (text: string, variables: Variables = {}) => {
    const { scope, sets } = collected('Coverage', text);
    return compileProjection(scope, schema.getType('Coverage') as GraphQLObjectType, sets)(coverage, variables);
  };

  it('answers aliases and __typename at every level', () => {
    expect(
      project(
        '{ t: __typename whole: complete all: courts { __typename who: court { __typename c: code } s: status elapsedMs asOf } }',
      ),
    ).toEqual({
      t: 'Coverage',
      whole: false,
      all: [
        { __typename: 'ShopCoverage', who: { __typename: 'Shop', c: 'a' }, s: 'FOUND', elapsedMs: 3, asOf: null },
        { __typename: 'ShopCoverage', who: { __typename: 'Shop', c: 'b' }, s: 'TIMEOUT', elapsedMs: 5, asOf: null },
        {
          __typename: 'ShopCoverage',
          who: { __typename: 'Shop', c: 'c' },
          s: 'NOT_ASKED',
          elapsedMs: null,
          asOf: null,
        },
      ],
    });
  });

  it('answers arguments: only the gaps, also by variable, also beside the whole', () => {
    expect(project('{ gaps: courts(only: GAPS) { reason } courts { status } }')).toEqual({
      gaps: [{ reason: 'DEADLINE' }],
      courts: [{ status: 'FOUND' }, { status: 'TIMEOUT' }, { status: 'NOT_ASKED' }],
    });
    const text = 'query ($only: CoverageSelection) { courts(only: $only) { court { code } } }';
    expect(project(text, { only: 'GAPS' })).toEqual({ courts: [{ court: { code: 'b' } }] });
    expect(project(text, {})['courts']).toHaveLength(3);
  });

  it('leaves out what is skipped', () => {
    const text =
      'query ($a: Boolean!) { complete @skip(if: $a) courts(only: GAPS) { reason ... @include(if: $a) { status } } }';
    expect(project(text, { a: true })).toEqual({ courts: [{ reason: 'DEADLINE', status: 'TIMEOUT' }] });
    expect(project(text, { a: false })).toEqual({ complete: false, courts: [{ reason: 'DEADLINE' }] });
  });
});
