import { expect, it } from 'vitest';

import type { Answer } from '../../../../common/wire.ts';
import { takeWholeRows, type RowsAhead } from '../../../../gateway/horizontal/whole-rows.ts';

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
