import { describe, expect, it } from 'vitest';

import type { PersonKey } from '../../../common/person-id.ts';
import { createMarking, markColumns, unkeyed } from '../../../subgraphs/kit/inquiry/marks.ts';
import { askingOf } from '../../support/askings.ts';

const key: PersonKey = { version: 1, secret: new Uint8Array(32).fill(7) };
const keyed = createMarking(key);
const asking = askingOf(1);
const renamed = { ...asking, name: '别人' };
const other = askingOf(1, { identity: askingOf(2).identity });

it('marks without a key are those of programs before there was one', () => {
  expect({ ...unkeyed.marksOf(asking), person: unkeyed.personMark(asking.identity) }).toEqual({
    about: 'e94b7473',
    wording: '765b731a',
    person: '23f248fc',
  });
});

describe.each([
  ['without a key', unkeyed, unkeyed.marksOf(asking)],
  ['by a key', keyed, keyed.marksOf(asking)],
  ['of before, with a key', keyed, unkeyed.marksOf(asking)],
  [
    'of before, sealed',
    keyed,
    {
      about: keyed.seal('about', unkeyed.marksOf(asking).about)!,
      wording: keyed.seal('wording', unkeyed.marksOf(asking).wording)!,
    },
  ],
])('marks %s', (_, marking, marks) => {
  it('fit their question, and say whether another is about somebody else or in other words', () => {
    expect(marking.fit(marks, asking)).toEqual({ about: true, wording: true });
    expect(marking.fit(marks, renamed)).toEqual({ about: true, wording: false });
    expect(marking.fit(marks, other).about).toBe(false);
    expect(marking.fit(marks, { ...asking, series: `${asking.series}x` })).toEqual({ about: false, wording: false });
  });
});

it('another key fits nothing, sealed or not', () => {
  const stranger = createMarking({ version: 1, secret: new Uint8Array(32).fill(8) });
  const none = { about: false, wording: false };
  expect(stranger.fit(keyed.marksOf(asking), asking)).toEqual(none);
  const { about, wording } = unkeyed.marksOf(asking);
  const sealed = { about: keyed.seal('about', about)!, wording: keyed.seal('wording', wording)! };
  expect(stranger.fit(sealed, asking)).toEqual(none);
  expect(unkeyed.fit(sealed, asking)).toEqual(none);
});

it('what is sealed, or was made by a key, is not sealed again', () => {
  for (const column of markColumns) {
    const sealed = keyed.seal(column, '0123abcd')!;
    expect(sealed).toMatch(/^w[\w-]{22}$/);
    expect(keyed.seal(column, sealed)).toBeNull();
    expect(keyed.seal(column, keyed.personMark(asking.identity))).toBeNull();
  }
  // One column's says nothing of another's.
  expect(new Set(markColumns.map((column) => keyed.seal(column, '0123abcd'))).size).toBe(3);
});

it('a key that would hide nothing marks nothing', () => {
  expect(() => createMarking({ version: 1, secret: new Uint8Array(8) })).toThrow(RangeError);
});
