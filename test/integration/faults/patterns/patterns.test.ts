import { afterAll, beforeAll, describe, expect, test } from 'vitest';

import { readCourtRegistry } from '../../../../common/court-registry.ts';
import { liveRows, type CaseRow } from '../../../support/city-answer.ts';
import { deadlines, startDarkCity, type DarkCity } from './dark-city.ts';
import { expectAnswer, question } from './expected.ts';
import { kinds, patternsOf, toText, type Pattern } from './pattern.ts';

/** The seed is new every time; a failure prints it, and `NONET_PATTERN_SEED` replays it. */
const seed = process.env['NONET_PATTERN_SEED'] ?? String(Date.now());

/** Each round gives every off court another fault. */
const isSoak = process.env['NONET_SOAK'] !== undefined;
const rounds = isSoak ? kinds.length : 1;

/** Requests that courts work for at once; those that only wait for a hang are not counted. */
const atWork = 4;

/** In CI every fourth pattern is asked two hops further, which costs as much as the rest; another fourth for each seed. */
const nestedEvery = isSoak ? 1 : 4;

const codes = readCourtRegistry().courts.map(({ code }) => code);

let dark: DarkCity;
let all: readonly CaseRow[];
beforeAll(async () => {
  dark = await startDarkCity();
  all = (await liveRows(dark.city, {})).rows;
  const [nobodyOff] = patternsOf(codes, seed, 0);
  await dark.ask({ ...nobodyOff!, name: 'warm-up' }, question, { number: all[0]!.number, nested: true }).answered;
});
afterAll(() => dark[Symbol.asyncDispose]());

describe(`all ${2 ** codes.length} patterns of courts that are off (seed ${seed})`, () => {
  test.each(Array.from({ length: rounds }, (_, round) => round))(
    'in round %d are answered in time, with every row of the others and the truth about who is missing',
    async (round) => {
      const patterns = patternsOf(codes, seed, round);
      expect(new Set(patterns.map(({ off }) => [...off.keys()].join())).size).toBe(512);
      const failures: string[] = [];
      const offset = Number(seed) % nestedEvery;
      await together(patterns, (pattern, index) => {
        const variables = { number: all[index % all.length]!.number, nested: index % nestedEvery === offset };
        const { answered, quiet } = dark.ask(pattern, question, variables);
        const judged = answered.then(({ status, answer, elapsedMs }) => {
          try {
            expect(status).toBe(200);
            expect(elapsedMs).toBeLessThan(deadlines.requestMs);
            expectAnswer({ city: dark.city, all }, pattern, variables, answer);
          } catch (error) {
            failures.push(`${toText(pattern)}\n${(error as Error).message}`);
          }
        });
        return { quiet, judged };
      });
      expect(failures.length, `seed ${seed}, ${failures.length} patterns\n${failures.slice(0, 5).join('\n\n')}`).toBe(
        0,
      );
    },
    300_000,
  );
});

/** Begins with the next pattern when one that is at work becomes quiet; ends when all are judged. */
async function together(
  patterns: readonly Pattern[],
  begin: (pattern: Pattern, index: number) => { quiet: Promise<void>; judged: Promise<void> },
): Promise<void> {
  const queue = patterns.entries();
  const all: Promise<void>[] = [];
  const lane = async () => {
    for (const [index, pattern] of queue) {
      const { quiet, judged } = begin(pattern, index);
      all.push(judged);
      await quiet;
    }
  };
  await Promise.all(Array.from({ length: atWork }, lane));
  await Promise.all(all);
}
