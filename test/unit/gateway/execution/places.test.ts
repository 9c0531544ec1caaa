import type { FetchNode } from '@apollo/query-planner';
import { buildSchema, OperationTypeNode, parse } from 'graphql';
import { describe, expect, it } from 'vitest';

import { liftError, toThrown } from '../../../../gateway/execution/compiled/lifted.ts';
import { pathsAt, rowsAt } from '../../../../gateway/execution/compiled/places.ts';
import { compileRewrites, rewrittenPath } from '../../../../gateway/execution/compiled/rewrites.ts';
import { compileUnite, unite } from '../../../../gateway/execution/compiled/unite.ts';
import { HubError } from '../../../../gateway/errors.ts';

describe('places in an answer', () => {
  const tree = { a: [{ b: { c: 1 } }, null, { b: null }, { b: { c: 2 } }, 'no object', {}] };

  it('are found with their paths, without what is null, absent or no object', () => {
    expect(rowsAt(tree, ['a', '@', 'b'])).toEqual([{ c: 1 }, { c: 2 }]);
    expect(pathsAt(tree, ['a', '@', 'b'])).toEqual([
      ['a', 0, 'b'],
      ['a', 3, 'b'],
    ]);
    expect(rowsAt(tree, [])).toEqual([tree]);
    expect(rowsAt({ constructor: {} }, ['toString'])).toEqual([]);
    expect(rowsAt({ a: [[{}], [{}, {}]] }, ['a', '@', '@'])).toHaveLength(3);
  });

  it('are filled without losing what is there', () => {
    const target = { a: { x: 1 }, list: [{ x: 1 }, { x: 2 }], leaf: 1, other: [1] };
    unite(target, { a: { y: 2 }, list: [{ y: 1 }, null], leaf: 2, other: [1, 2], absent: undefined });
    expect(target).toEqual({ a: { x: 1, y: 2 }, list: [{ x: 1, y: 1 }, null], leaf: 2, other: [1, 2] });
  });

  it('are filled with what entities were asked for, and not with what they echo beside it', () => {
    const entities = (selections: string) =>
      compileUnite(parse(`query ($r: [_Any!]!) { _entities(representations: $r) { ${selections} } }`));
    const target = { a: { x: 1 }, list: [{ x: 1 }, { x: 2 }], leaf: 1 };
    const came = { a: { y: 2 }, list: [{ y: 1 }, null], other: null, _nonet_id: '7' };
    entities('... on A { a { y } list { y } leaf } ... on B { other absent: b }')(target, came);
    expect(target).toEqual({ a: { x: 1, y: 2 }, list: [{ x: 1, y: 1 }, null], leaf: 1, other: null });
  });

  it.each([
    ['a fragment of its own', 'query ($r: [_Any!]!) { _entities(representations: $r) { ...F } } fragment F on A { a }'],
    [
      'a key that every object has',
      'query ($r: [_Any!]!) { _entities(representations: $r) { ... on A { toString: a } } }',
    ],
    ['no entities', '{ a }'],
  ])('are filled with all that came where the question has %s', (_, question) => {
    expect(compileUnite(parse(question))).toBe(unite);
  });
});

describe('an error of a subgraph', () => {
  const node: FetchNode = {
    kind: 'Fetch',
    serviceName: 'one',
    operation: '{a}',
    operationName: undefined,
    operationKind: OperationTypeNode.QUERY,
    requires: [],
    outputRewrites: [{ kind: 'KeyRenamer', path: ['... on Book', 'n__alias_0'], renameKeyTo: 'n' }],
  };
  const pathsOf = (place: number) =>
    place === 1
      ? [
          ['a', 0],
          ['a', 4],
        ]
      : [];
  const paths = (path: (string | number)[] | undefined, own: FetchNode = node) =>
    liftError({ message: 'No.', ...(path && { path }) }, { path: ['a', '@'], node: own, pathsOf }).map(
      (error) => error.path,
    );

  it('stands at every place of its entity, under the key that the client sees', () => {
    expect(paths(['_entities', 1, 'n__alias_0', 2])).toEqual([
      ['a', 0, 'n', 2],
      ['a', 4, 'n', 2],
    ]);
  });

  it('without an entity of its own stands where the fetch belongs', () => {
    for (const path of [undefined, [], ['_entities'], ['_entities', 7]]) expect(paths(path)).toEqual([['a', '@']]);
    const root = { ...node };
    delete root.requires;
    expect(
      liftError({ message: 'No.', path: ['n__alias_0'] }, { path: [], node: root, pathsOf }).map(({ path }) => path),
    ).toEqual([['n']]);
  });

  it('that was thrown keeps its cause', () => {
    const cause = new HubError('NOT_FOUND', 'Nothing there.');
    expect(toThrown(cause, ['a', '@'])).toMatchObject({
      message: 'Nothing there.',
      path: ['a', '@'],
      originalError: cause,
    });
    expect(toThrown('text', [])).toMatchObject({ message: 'text' });
  });
});

describe('rewrites of the planner', () => {
  const schema = buildSchema(
    `interface I { a: Int } type A implements I { a: Int } type B { a: Int } type Query { a: I }`,
  );

  it('reach into lists and only objects of the type', () => {
    const rewrite = compileRewrites(schema, [
      { kind: 'KeyRenamer', path: ['list', '... on I', 'x'], renameKeyTo: 'y' },
      { kind: 'ValueSetter', path: ['list', '... on B', 'z'], setValueTo: 0 },
    ])!;
    const value = { list: [{ __typename: 'A', x: 1 }, [{ __typename: 'B', x: 2 }], null, { x: 3 }] };
    rewrite(value);
    expect(value).toEqual({
      list: [{ __typename: 'A', y: 1 }, [{ __typename: 'B', x: 2, z: 0 }], null, { y: 3, z: 0 }],
    });
    expect(compileRewrites(schema, [])).toBeNull();
  });

  it('change paths where they lead through what was renamed', () => {
    const rewrites = [{ kind: 'KeyRenamer' as const, path: ['list', '... on I', 'x'], renameKeyTo: 'y' }];
    expect(rewrittenPath(['list', 3, 'x', 'x'], rewrites)).toEqual(['list', 3, 'y', 'x']);
    expect(rewrittenPath(['x', 'list'], rewrites)).toEqual(['x', 'list']);
  });
});
