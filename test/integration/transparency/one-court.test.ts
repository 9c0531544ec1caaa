import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Answer } from '../../../common/wire.ts';
import { identityOf, matching, toPlainCity, type PlainCase, type PlainFilter } from '../../support/brute-force.ts';
import { randomQuestion, type RandomQuestion } from '../../support/random-question.ts';
import { randomRun, randomTimeoutMs } from '../../support/random-run.ts';
import { personIdsOf, type PersonIds } from '../../support/person-ids.ts';
import { startTestCity, type TestCity } from '../../support/test-city.ts';
import { comparable, statusesOf } from '../../support/comparable.ts';

describe('nine courts behind the hub', () => {
  let city: TestCity;
  let plain: readonly PlainCase[];
  let persons: PersonIds;

  beforeAll(async () => {
    city = await startTestCity({ casesPerCourt: 40, seed: 'transparency' });
    plain = toPlainCity(city.records);
    persons = await personIdsOf(askOracle, plain);
  }, 120_000);
  afterAll(() => city[Symbol.asyncDispose]());

  const askOracle = (query: string, variables: Record<string, unknown> = {}): Promise<Answer> =>
    city.oracle.ask({ query, variables }, new AbortController().signal);

  it(
    'answer exactly like one court with all rows',
    async () => {
      const ask = fc.asyncProperty(
        fc.constant(null).chain(() => randomQuestion(plain, persons.idOf)),
        follow,
      );
      await fc.assert(ask, randomRun(500));
    },
    randomTimeoutMs,
  );

  /** Asks both, and both again from the same row of what they gave, as often as the question says. */
  async function follow({ query, variables, steps, filter }: RandomQuestion): Promise<void> {
    let after: readonly [string | null, string | null] = [null, null];
    for (const step of [undefined, ...steps]) {
      if (step !== undefined) {
        const next = [cursorAt(pageOf(hub), step), cursorAt(pageOf(one), step)] as const;
        expect(next[0] === null).toBe(next[1] === null);
        if (next[0] === null) return;
        after = next;
      }
      var hub = await city.ask(query, { ...variables, after: after[0] });
      var one = await askOracle(query, { ...variables, after: after[1] });
    }
  }
});
