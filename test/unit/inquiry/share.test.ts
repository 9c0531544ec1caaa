import { expect, it } from 'vitest';
import { readShare } from '../../../subgraphs/property/upstream/share.ts';

it.each([
  ['50%', '按份共有', '1/2'],
  ['33.33%', '按份共有', '3333/10000'],
  ['100%', '单独所有', '1/1'],
  ['2/6', '按份共有', '1/3'],
  [null, '单独所有', '1/1'],
  [null, null, '1/1'],
  [null, '共同共有', null],
  [null, '按份共有', undefined],
  ['3/2', '按份共有', undefined],
  ['0%', '按份共有', undefined],
  ['1/0', '按份共有', undefined],
  ['一半', '按份共有', undefined],
])('reads a share of %s held as %s as %s', (share, coOwnership, fraction) => {
  expect(readShare(share, coOwnership)).toBe(fraction);
});
