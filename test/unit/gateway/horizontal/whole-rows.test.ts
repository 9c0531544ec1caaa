import { describe, expect, it } from 'vitest';

import type { Answer } from '../../../../common/wire.ts';
import { rowsByKey, takeWholeRows, type RowsAhead } from '../../../../gateway/horizontal/whole-rows.ts';

const rowsAhead = () =>
  ({
    path: ['cases', 'edges', '@', 'node'],
    selection: { keyFields: ['id'] },
    given: new Map(),
  }) as unknown as RowsAhead;
const answer = (): Answer => ({
  data: {
    cases: {
      edges: [1, 2, 3].map((id) => ({
        node: { _nonet_id: `${id}` },
        _nonet_cursor: `c${id}`,
        _nonet_whole: { id, x: 'x' },
      })),
    },
  },
});
const page = [1, 2, 3].map((id) => ({ node: { _nonet_id: `${id}` }, _nonet_cursor: `c${id}` }));
const edgesOf = (own: Answer | null) => (own?.data?.['cases'] as { edges: object[] }).edges;

it('takes whole rows out of a page, whose edges are then as if they had not been asked for', () => {
  const ahead = rowsAhead();
  const edges = edgesOf(takeWholeRows(answer(), ahead, '苏0305'));
  expect(edges).toStrictEqual(page);
  // Whoever looks whether an object has what was asked, and no more, counts its keys.
  expect(edges.map((edge) => Object.keys(edge).length)).toEqual([2, 2, 2]);
  expect(ahead.given.get('苏0305')).toEqual([1, 2, 3].map((id) => ({ key: `${id}`, whole: { id, x: 'x' } })));
});

it('keeps none of which anything went wrong, and the page all the same', () => {
  const ahead = rowsAhead();
  const errors = [{ message: 'x', path: ['cases', 'edges', 1, '_nonet_whole', 'x'] }];
  const own = takeWholeRows({ ...answer(), errors }, ahead, '苏0305');
  expect(edgesOf(own)).toStrictEqual(page);
  expect(own?.errors).toEqual([]);
  expect(ahead.given.get('苏0305')?.map(({ key }) => key)).toEqual(['1', '3']);
});

describe('rows that came whole, by key', () => {
  const given = (...rows: [key: string | null, echo: unknown][]) => {
    const ahead = rowsAhead();
    ahead.given.set(
      'A',
      rows.map(([key, echo]) => ({ key, whole: { _nonet_id: echo } })),
    );
    return ahead;
  };
  const keysBy = (ahead: RowsAhead, by: 'page' | 'echo') => {
    const rows = rowsByKey(ahead, 'A', by);
    return rows && [...rows.keys()];
  };

  it('are found at the rows beside which they came, and at those that they echo', () => {
    const ahead = given(['1', '2'], ['2', '1'], ['3', null]);
    expect([keysBy(ahead, 'page'), keysBy(ahead, 'echo')]).toEqual([
      ['1', '2', '3'],
      ['2', '1'],
    ]);
  });

  it('are found at what they echo alone where the page does not tell', () => {
    const ahead = given(['1', '1'], [null, '2']);
    expect([keysBy(ahead, 'page'), keysBy(ahead, 'echo')]).toEqual([null, ['1', '2']]);
  });

  it('are none where one is told twice', () => {
    expect(keysBy(given(['1', '1'], ['1', '2']), 'page')).toEqual([]);
    expect(keysBy(given(['1', '1'], ['2', '1']), 'echo')).toEqual([]);
  });

  it('have no key that is no scalar, however deep', () => {
    const deep = JSON.parse('['.repeat(20_000) + ']'.repeat(20_000)) as unknown;
    expect(keysBy(given(['1', deep], ['2', { toString: 1 }]), 'echo')).toEqual([]);
  });
});
