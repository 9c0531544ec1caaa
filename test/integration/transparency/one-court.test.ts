import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Answer } from '../../../common/wire.ts';
import { coverageOf, toPlainCity, type PlainCase } from '../../support/brute-force.ts';
import { toComparable } from '../../support/comparable.ts';
import { learnPersonIds, type PersonIds } from '../../support/person-ids.ts';
import { randomQuestion, type RandomQuestion } from '../../support/random-question.ts';
import { randomRun, randomTimeoutMs } from '../../support/random-run.ts';
import { startTestCity, type TestCity } from '../../support/test-city.ts';
import { cursorAt, statusesOf, walkedPage } from '../../support/walked-page.ts';

describe('nine courts behind the hub', () => {
  let city: TestCity;
  let rows: readonly PlainCase[];
  let persons: PersonIds;

  beforeAll(async () => {
    city = await startTestCity({ casesPerCourt: 40, seed: 'transparency' });
    rows = toPlainCity(city.records);
    persons = await learnPersonIds(askOne, rows);
  }, 120_000);
  afterAll(() => city[Symbol.asyncDispose]());

  const askOne = (query: string, variables: Record<string, unknown>): Promise<Answer> =>
    city.oracle.ask({ query, variables }, new AbortController().signal);

  it(
    'answer exactly like one court with all rows',
    () => fc.assert(fc.asyncProperty(randomQuestion(rows, persons.idOf), sameAnswers), randomRun(500)),
    randomTimeoutMs,
  );

  /** Asks both, then both again from the same row of what each gave, as often as the question says. */
  async function sameAnswers({ query, variables, steps, filter }: RandomQuestion): Promise<void> {
    let [hub, one] = await askBoth({});
    for (const step of steps) {
      const [page, expected] = [walkedPage(hub), walkedPage(one)];
      if (page === null || expected === null) break;
      const after = cursorAt(page, step);
      if (after === null) break;
      [hub, one] = await askBoth({ after: [after, cursorAt(expected, step)] });
    }

    async function askBoth({ after }: { after?: readonly (string | null)[] }): Promise<[Answer, Answer]> {
      const answers = await Promise.all([
        city.ask(query, { ...variables, ...(after && { after: after[0] }) }),
        askOne(query, { ...variables, ...(after && { after: after[1] }) }),
      ]);
      const [of, expected] = answers.map(toComparable);
      expect(of).toEqual(expected);
      // Questions are lawful: nothing but a bounded list may be missing, and every question has data.
      expect(expected!.codes.filter((code) => code !== 'LIST_TRUNCATED')).toEqual([]);
      expect(expected!.data).not.toBeNull();
      const page = walkedPage(answers[0]);
      if (page !== null && filter !== undefined) {
        expect(page.covered).toMatchObject({ complete: true, gaps: [] });
        expect(statusesOf(page)).toEqual(coverageOf(rows, filter, persons.identityOf));
      }
      return answers;
    }
  }
});
