import { isDeepStrictEqual } from 'node:util';
import { expect, it } from 'vitest';

import { keptWith } from '../../../common/kept-with.ts';

it('keeps with each owner what is its own, and nothing under another place', () => {
  const [bytes, texts] = [keptWith<object, string>(), keptWith<object, string>()];
  const [one, other] = [{ own: 1 }, [1, 2]];
  bytes.keep(one, 'of one');
  bytes.keep(other, 'of the other');
  expect([bytes.of(one), bytes.of(other), texts.of(one)]).toEqual(['of one', 'of the other', undefined]);
  bytes.keep(one, 'anew');
  expect(bytes.of(one)).toBe('anew');
});

it('is not seen by whoever copies, compares or writes the owner', () => {
  const kept = keptWith<object, string>();
  const owner = [{ a: 1 }];
  const alike = [{ a: 1 }];
  kept.keep(owner, 'secret');
  expect(isDeepStrictEqual(owner, alike)).toBe(true);
  expect(JSON.stringify(owner)).toBe(JSON.stringify(alike));
  expect(kept.of([...owner])).toBeUndefined();
  const record = { id: 'r' };
  kept.keep(record, 'secret');
  expect(kept.of({ ...record })).toBeUndefined();
  expect(Object.keys(owner)).toEqual(['0']);
});
