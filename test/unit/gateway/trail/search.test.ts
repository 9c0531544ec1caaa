import { readFileSync, writeFileSync } from 'node:fs';

import { expect, it } from 'vitest';

import { createChainReader } from '../../../../gateway/trail/chain-reader.ts';
import { recordsOf, toQuestionLines, type TrailRecord } from '../../../../gateway/trail/records.ts';
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

it('gives the records of a person with those that name nobody and one of his parties, by pages of any size', async () => {
  using own = ownTrail();
  const written = await own.open({ segmentBytes: 4_000 });
  const parties = new Set(['m1', 'm3']);
  const isHis = (second: number) => second % 4 === 0 || (second % 4 === 1 && parties.has(`m${second % 5}`));
  for (const trail of [written, createMemoryTrail()]) {
    for (let second = 0; second < 90; second += 1) {
      // Of others, and of nobody.
      const person = ['p1.his', null, 'p1.other', null][second % 4];
      const party = second % 4 === 3 ? null : `m${second % 5}`;
      const at = `2018-01-31T09:00:${String(second).padStart(3, '0')}`;
      await trail.append([JSON.stringify({ at, party, person, second }).slice(1, -1)]);
    }
    const expected = Array.from({ length: 90 }, (_, second) => 89 - second).filter(isHis);
    for (const first of [1, 7, 100]) {
      const wanted: Wanted = { field: 'person', value: 'p1.his', parties };
      expect(await allPages((after) => trail.search(wanted, { first, after }))).toEqual(expected);
      const alone = { field: 'person', value: 'p1.his' } as const;
      const known = expected.filter((second) => second % 4 === 0);
      expect(await allPages((after) => trail.search(alone, { first, after }))).toEqual(known);
    }
    await trail.stop();
  }
});

it('finds a person among thousands of records that name nobody, and reads each byte once', async () => {
  using own = ownTrail();
  const trail = await own.open({ segmentBytes: 400_000 });
  const line = (number: number, party: string | null, person: string | null = null) =>
    JSON.stringify({ at: `2018-01-31T09:00:${String(number).padStart(6, '0')}`, number, party, person }).slice(1, -1);
  const others = (from: number) => Array.from({ length: 2_000 }, (_, at) => line(from + at, at % 3 ? `m${at}` : null));
  await trail.append([line(0, 'his.1'), ...others(1), line(2_001, 'his.2'), line(2_002, 'his.2', 'p1.other')]);
  await trail.append([...others(2_003), line(4_003, null, 'p1.his'), ...others(4_004), ...others(6_004)]);
  await trail.stop();
  const bytes = own.segments().reduce((sum, file) => sum + readFileSync(file).length, 0);
  const reader = createChainReader(chainDirectory(own.directory, '1'), '1');
  const parties = new Set(['his.1', 'his.2', ...Array.from({ length: 98 }, (_, at) => `none.${at}`)]);
  const wanted: Wanted = { field: 'person', value: 'p1.his', parties };
  // What is read twice is what lines reach over from chunk to chunk.
  const page = await searchTrail([reader], wanted, { first: 100, after: null }, { bytes: 1.1 * bytes });
  expect(page.records.map(({ record }) => record['number'])).toEqual([4_003, 2_001, 0]);
  expect(page.hasNextPage).toBe(false);
  const gone = AbortSignal.abort();
  const nobody = await searchTrail([reader], wanted, { first: 100, after: null }, { bytes: 1e9, signal: gone });
  expect(nobody).toMatchObject({ records: [], hasNextPage: true });
});

it('finds lines of any length over the borders of what it reads at once, and steps over what is damaged', async () => {
  using own = ownTrail();
  const trail = await own.open();
  // Some of them are longer than what is read at once, some end just at a border.
  const lengths = [10, 300_000, 10, 130_000, 262_000, 10, 261_900, 140_000, 140_000, 10, 600_000, 10];
  const at = (number: number) => `2018-01-31T09:00:${String(number).padStart(6, '0')}`;
  for (const [number, length] of lengths.entries()) {
    const asked = Array.from({ length: 3 }, (_, place) => ({ party: 'his', person: null, place }));
    await trail.append([JSON.stringify({ at: at(number), number, text: '张'.repeat(length / 3), asked }).slice(1, -1)]);
  }
  await trail.stop();
  const expected = lengths.flatMap((_, number) => [0, 1, 2].map((place) => `${number} ${place}`));
  const numbersOf = ({ record }: { readonly record: TrailRecord }) =>
    `${String(record['number'])} ${String(record['place'])}`;
  const reader = createChainReader(chainDirectory(own.directory, '1'), '1');
  const wanted: Wanted = { field: 'person', value: 'p1.x', parties: new Set(['his']) };
  for (const first of [1, 2, 5, 100]) {
    const found: string[] = [];
    for (let after: string | null = null; ;) {
      const page: Awaited<ReturnType<Trail['search']>> = await searchTrail(
        [reader],
        wanted,
        { first, after },
        { bytes: 1e8 },
      );
      found.push(...page.records.map(numbersOf));
      if (!page.hasNextPage) break;
      after = page.endCursor;
    }
    expect(found.sort(), `pages of ${first}`).toEqual([...expected].sort());
  }
  // A stretch of 20 MiB without a line's end, between lines.
  const [file = ''] = own.segments();
  const whole = readFileSync(file);
  const border = whole.lastIndexOf(0x0a, whole.length - 700_000) + 1;
  writeFileSync(file, Buffer.concat([whole.subarray(0, border), Buffer.alloc(20 << 20, 'x'), whole.subarray(border)]));
  const page = await searchTrail([reader], wanted, { first: 100, after: null }, { bytes: 1 << 28 });
  expect(page.hasNextPage).toBe(false);
  expect(new Set(page.records.map(numbersOf)).size).toBeGreaterThanOrEqual(expected.length - 3);
});

it('goes on in the middle of a line though other parties are looked for than before', async () => {
  using own = ownTrail();
  for (const trail of [await own.open(), createMemoryTrail()]) {
    for (const [minute, letter] of ['b', 'a'].entries()) {
      const asked = [1, 2, 3].map((place) => ({ party: letter, person: null, place: `${letter}${place}` }));
      await trail.append([JSON.stringify({ at: `2018-01-31T09:0${minute}:00`, asked }).slice(1, -1)]);
    }
    const search = (parties: readonly string[], first: number, after: string | null) =>
      trail.search({ field: 'person', value: 'p1.x', parties: new Set(parties) }, { first, after });
    const placesOf = ({ records }: Awaited<ReturnType<typeof search>>) => records.map(({ record }) => record['place']);
    const one = await search(['a', 'b'], 2, null);
    expect(placesOf(one)).toEqual(['a1', 'a2']);
    expect(placesOf(await search(['b'], 9, one.endCursor))).toEqual(['b1', 'b2', 'b3']);
    expect(placesOf(await search(['a', 'b'], 9, one.endCursor))).toEqual(['a3', 'b1', 'b2', 'b3']);
    await trail.stop();
  }
});

it('costs no more in memory either, and lets others have their turn', async () => {
  const trail = createMemoryTrail();
  const line = `"at":"x","text":"${'x'.repeat(10_000)}"`;
  for (let number = 0; number < 200; number += 1) await trail.append([line]);
  let turns = 0;
  const turn = () => {
    turns += 1;
    next = setImmediate(turn);
  };
  let next = setImmediate(turn);
  const wanted: Wanted = { field: 'person', value: 'p1.x' };
  const page = await trail.search(wanted, { first: 1, after: null });
  clearImmediate(next);
  expect(page).toMatchObject({ records: [], hasNextPage: false });
  expect(turns).toBeGreaterThan(5);
  const some = await trail.search(wanted, { first: 1, after: null }, { bytes: 100_000 });
  expect(some.hasNextPage).toBe(true);
  const none = await trail.search(
    wanted,
    { first: 1, after: some.endCursor },
    { bytes: 1e9, signal: AbortSignal.abort() },
  );
  expect(none.hasNextPage).toBe(true);
});

it('ends a page early when it has read as much as it may, and goes on from there', async () => {
  using own = ownTrail();
  const trail = await own.open({ segmentBytes: 2_000 });
  for (let second = 0; second < 60; second += 1) await trail.append([recordAt(second)]);
  await trail.stop();
  const reader = createChainReader(chainDirectory(own.directory, '1'), '1');
  let pages = 0;
  const found = await allPages((after) => {
    pages += 1;
    return searchTrail([reader], { field: 'person', value: 'p1.0' }, { first: 100, after }, { bytes: 2_500 });
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
  const sought = { text: '"person":"p1.3"', parties: null };
  const find = async (before: readonly [number, number] | null) => {
    for await (const found of reader.find(sought, before, { bytes: 1e6 })) return found;
    return null;
  };
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
  const [at, who] = common.split(/,(?="who":)/) as [string, string];
  const about = Array.from(
    { length: 4 },
    (_, place) => `"case":"{\\"case\\":","person":"p1.${(second + place) % 3}","second":${second * 10 + place}`,
  );
  return toQuestionLines(`${who},${purpose}`, [{ question: at, about, outcomes: about.map(() => '"FOUND",null') }]);
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
  const one = await searchTrail([reader], wanted, { first: 3, after: null }, { bytes: 1e6 });
  const nothing = await searchTrail([reader], wanted, { first: 3, after: one.endCursor }, { bytes: 0 });
  expect(nothing.records).toEqual([]);
  const rest = await searchTrail([reader], wanted, { first: 100, after: nothing.endCursor }, { bytes: 1e6 });
  const seconds = [...one.records, ...rest.records].map(({ record }) => record['second']);
  expect(seconds).toEqual([60, 61, 62, 63, 30, 31, 32, 33, 0, 1, 2, 3]);
});
