import { afterAll, beforeAll, expect, it, vi } from 'vitest';

import { rowsQuery, seenOf, startFollowedCity, type FollowedCity, type HttpAnswer } from './followed-city.ts';

const changes = 200;
const inFlight = 8;
/** Of each court. */
const rows = 2;

let city: FollowedCity;
beforeAll(async () => {
  city = await startFollowedCity({ courts: 5, waiting: 2, lookEveryMs: 10, casesPerCourt: rows });
}, 120_000);
afterAll(() => city[Symbol.asyncDispose]());

/** What is wrong with an answer as far as those courts are concerned that stay all the time; null when nothing is. */
function wrongWith(answer: HttpAnswer, staying: readonly string[]): string | null {
  if (answer.status !== 200) return `HTTP ${answer.status}`;
  const foreign = (answer.errors ?? []).find(({ extensions }) => !moving().includes(String(extensions?.['court'])));
  if (foreign) return JSON.stringify(foreign);
  const lacking = staying.find((code) => {
    const seen = seenOf(answer, code);
    return seen?.status !== 'FOUND' || seen.rows !== rows;
  });
  return lacking === undefined ? null : `rows of ${lacking} are missing: ${JSON.stringify(answer.data)}`;
}

const moving = () => city.entries.slice(3).map(({ code }) => code);

it(`no request fails while courts join and leave ${changes} times`, { timeout: 120_000 }, async () => {
  const staying = city.entries.slice(0, 3).map(({ code }) => code);
  const wrong: string[] = [];
  let answered = 0;
  let isOver = false;
  const load = Array.from({ length: inFlight }, async () => {
    while (!isOver) {
      const fault = wrongWith(await city.ask(rowsQuery), staying);
      answered += 1;
      if (fault !== null) wrong.push(fault);
    }
  });
  // Neither of the two, one, both, the other: 苏03 … are there all the time.
  const rounds = [[], [3], [3, 4], [4]];
  try {
    for (let change = 1; change <= changes; change += 1) {
      const before = joinsAndLeaves();
      const here = rounds[change % rounds.length]!;
      city.register(city.entries.filter((_, index) => index < 3 || here.includes(index)));
      await vi.waitFor(() => expect(joinsAndLeaves()).toBe(before + 1), { timeout: 10_000, interval: 2 });
    }
    // Those who joined last are heard of again.
    await vi.waitFor(async () => {
      const answer = await city.ask(rowsQuery);
      for (const index of rounds[changes % rounds.length]!)
        expect(seenOf(answer, city.entries[index]!.code)?.rows).toBe(rows);
    });
  } finally {
    isOver = true;
    await Promise.all(load);
  }
  expect(wrong).toEqual([]);
  expect(joinsAndLeaves()).toBe(changes);
  expect(answered).toBeGreaterThan(changes);
});

function joinsAndLeaves(): number {
  return city.lines.filter((line) => /a court (joins|leaves) the registry/.test(line)).length;
}
