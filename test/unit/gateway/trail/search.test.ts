import { expect, it } from 'vitest';

import { createChainReader } from '../../../../gateway/trail/chain-reader.ts';
import { countRecords, recordsOf, toQuestionLines, type TrailRecord } from '../../../../gateway/trail/records.ts';
import { searchTrail, type Wanted } from '../../../../gateway/trail/search.ts';
import { chainDirectory } from '../../../../gateway/trail/segments.ts';
import { createMemoryTrail, type Trail } from '../../../../gateway/trail/trail.ts';
import { ownTrail } from '../../../support/own-trail.ts';

const officers = ['甲', '乙', 'Li"Si'];

/** A record of a moment: the seconds of an hour. */
function recordAt(second: number): string {
  const at = `2018-01-31T09:${String(Math.floor(second / 60)).padStart(2, '0')}:${String(second % 60).padStart(2, '0')}.000+08:00`;
  const subject = officers[second % officers.length];
  // What somebody wrote looks like a field of another's record.
  const purpose = '"subject":"甲"';
  return JSON.stringify({ at, who: { subject }, person: `p1.${second % 5}`, purpose, second }).slice(1, -1);
}

async function allPages(search: (after: string | null) => ReturnType<Trail['search']>): Promise<unknown[]> {
  const seconds: unknown[] = [];
  for (let after: string | null = null; ;) {
    const { records, hasNextPage, endCursor } = await search(after);
    seconds.push(...records.map(({ record }) => record['second']));
    if (!hasNextPage) return seconds;
    after = endCursor;
  }
}

it('gives the records of an officer or a person of all chains, newest first, each once, whatever the size of the page', async () => {
  using own = ownTrail();
  const trails = await Promise.all(['1', '2'].map((chain) => own.open({ chain, segmentBytes: 6_000 })));
  for (let second = 0; second < 60; second += 1) await trails[second % 7 < 3 ? 0 : 1]!.append([recordAt(second)]);
  const wanted: Wanted[] = [
    ...officers.map((value) => ({ field: 'subject', value }) as const),
    { field: 'person', value: 'p1.3' },
    { field: 'person', value: 'p1.33' },
  ];
  for (const one of wanted) {
    const matches = (second: number) =>
      one.field === 'subject' ? officers[second % officers.length] === one.value : `p1.${second % 5}` === one.value;
    const expected = Array.from({ length: 60 }, (_, second) => 59 - second).filter(matches);
    for (const first of [1, 7]) {
      expect(await allPages((after) => trails[0]!.search(one, { first, after }))).toEqual(expected);
    }
  }
  for (const trail of trails) await trail.stop();
});

it('ends a page early when it has read as much as it may, and goes on from there', async () => {
  using own = ownTrail();
  const trail = await own.open({ segmentBytes: 6_000 });
  for (let second = 0; second < 60; second += 1) await trail.append([recordAt(second)]);
  await trail.stop();
  const reader = createChainReader(chainDirectory(own.directory, '1'), '1');
  let pages = 0;
  const found = await allPages((after) => {
    pages += 1;
    return searchTrail([reader], { field: 'person', value: 'p1.0' }, { first: 100, after }, 5_000);
  });
  expect(found).toEqual(Array.from({ length: 12 }, (_, place) => 55 - 5 * place));
  expect(pages).toBeGreaterThan(2);
});

it('reads from the end where a place is made up behind it', async () => {
  using own = ownTrail();
  const trail = await own.open();
  for (let second = 0; second < 5; second += 1) await trail.append([recordAt(second)]);
  await trail.stop();
  const reader = createChainReader(chainDirectory(own.directory, '1'), '1');
  const find = (before: readonly [number, number] | null) => reader.find('"person":"p1.3"', before, { bytes: 1e6 });
  expect(await find(null)).toMatchObject({ line: expect.stringContaining('"second":3') as string });
  expect(await find([1, 1e15])).toEqual(await find(null));
});

it('refuses a cursor of another search, and what is none', async () => {
  const trail = createMemoryTrail();
  await trail.append([recordAt(1), recordAt(4), recordAt(7)]);
  const { endCursor: after } = await trail.search({ field: 'subject', value: '乙' }, { first: 1, after: null });
  const other = trail.search({ field: 'subject', value: '甲' }, { first: 1, after });
  await expect(other).rejects.toMatchObject({ code: 'BAD_CURSOR' });
  for (const wrong of ['x', '', 'bnVsbA', Buffer.from('["a",{"memory":[1,-1]}]').toString('base64url')]) {
    const search = trail.search({ field: 'subject', value: '甲' }, { first: 1, after: wrong });
    await expect(search).rejects.toMatchObject({ code: 'BAD_CURSOR' });
  }
});

it('holds the newest records in memory, and the same pages of them', async () => {
  const trail = createMemoryTrail();
  await trail.append(Array.from({ length: 60 }, (_, second) => recordAt(second)));
  const found = await allPages((after) => trail.search({ field: 'person', value: 'p1.1' }, { first: 9, after }));
  expect(found).toEqual(Array.from({ length: 12 }, (_, place) => 56 - 5 * place));
});

/** Questions of one moment about persons, in one line; every third moment has a record of the older form instead. */
function linesAt(second: number): string[] {
  if (second % 3 === 2) return [recordAt(second)];
  const [common, end] = recordAt(second).split(/,(?="person":)/) as [string, string];
  const purpose = end.replace(/^"person":"[^"]*",/, '').replace(/,"second":\d+$/, '');
  const questions = Array.from(
    { length: 4 },
    (_, place) => `"case":"{\\"case\\":","person":"p1.${(second + place) % 3}","second":${second * 10 + place}`,
  );
  return toQuestionLines(`${common},${purpose}`, questions);
}

it.each(['on disk', 'in memory'])('gives each question of a line by itself, once, %s', async (where) => {
  using own = ownTrail();
  const trail = where === 'on disk' ? await own.open({ segmentBytes: 6_000 }) : createMemoryTrail();
  const all: { subject: string; person: string; second: number }[] = [];
  for (let second = 0; second < 30; second += 1) {
    await trail.append(linesAt(second));
    for (const line of linesAt(second)) {
      for (const record of recordsOf(JSON.parse(`{${line}}`) as TrailRecord)) {
        const {
          who,
          person,
          second: moment,
        } = record as unknown as { who: { subject: string }; person: string; second: number };
        all.push({ subject: who.subject, person, second: moment });
      }
    }
  }
  expect(all).toHaveLength(20 * 4 + 10);
  const moments = (found: readonly { readonly second: number }[]) => found.map(({ second }) => second);
  for (const field of ['subject', 'person'] as const) {
    for (const value of new Set(all.map((one) => one[field]))) {
      const expected = all.filter((one) => one[field] === value);
      for (const first of [1, 2, 3, 7, 100]) {
        const found = (await allPages((after) => trail.search({ field, value }, { first, after }))) as number[];
        expect(new Set(found), `${value} by ${first}`).toEqual(new Set(moments(expected)));
        expect(found).toHaveLength(expected.length);
      }
    }
  }
  await trail.stop();
});

it('a page that has read as much as it may in the middle of a line goes on there', async () => {
  using own = ownTrail();
  const trail = await own.open();
  for (let second = 0; second < 9; second += 3) await trail.append(linesAt(second));
  await trail.stop();
  const reader = createChainReader(chainDirectory(own.directory, '1'), '1');
  const wanted: Wanted = { field: 'subject', value: '甲' };
  const one = await searchTrail([reader], wanted, { first: 3, after: null });
  const nothing = await searchTrail([reader], wanted, { first: 3, after: one.endCursor }, 0);
  expect(nothing.records).toEqual([]);
  const rest = await searchTrail([reader], wanted, { first: 100, after: nothing.endCursor });
  const seconds = [...one.records, ...rest.records].map(({ record }) => record['second']);
  expect(seconds).toEqual([60, 61, 62, 63, 30, 31, 32, 33, 0, 1, 2, 3]);
});

it('counts the questions of a line, and makes lines that are short enough to be found', () => {
  const question = `"case":"（2017）苏0312执1号","note":"${'张'.repeat(80)}","text":"{\\"case\\":"`;
  const lines = toQuestionLines(
    '"at":"x"',
    Array.from({ length: 250 }, () => question),
  );
  expect(lines.map((line) => countRecords(`{${line}}`))).toEqual([100, 100, 50]);
  expect(countRecords(`{${recordAt(1)}}`)).toBe(1);
  const long = toQuestionLines(
    '"at":"x"',
    Array.from({ length: 90 }, () => `"case":"${'张'.repeat(900)}"`),
  );
  expect(long.map((line) => countRecords(`{${line}}`))).toEqual([33, 33, 24]);
  expect(Math.max(...long.map((line) => Buffer.byteLength(line)))).toBeLessThan(100_000);
  expect(toQuestionLines('"at":"x"', [])).toEqual([]);
});
