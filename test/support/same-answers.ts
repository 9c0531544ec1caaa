/** The promise of the whole: a hub over nine courts answers exactly like one court with all rows. */

import fc from 'fast-check';
import { expect } from 'vitest';

import type { Answer } from '../../common/wire.ts';
import { coverageOf, toPlainCity } from './brute-force.ts';
import { toComparable } from './comparable.ts';
import { learnPersonIds } from './person-ids.ts';
import { randomQuestion, type RandomQuestion } from './random-question.ts';
import { randomRun } from './random-run.ts';
import { worksOnCases, type Viewer } from '../../common/viewer.ts';
import { askHub, type TestCity } from './test-city.ts';
import { someViewer, viewerHeaders } from './viewers.ts';
import { cursorAt, statusesOf, walkedPage } from './walked-page.ts';

/**
 * Asks `runs` random questions of both on behalf of a viewer, page by page; rejects with the smallest question whose answers
 * differ.
 */
export async function expectSameAnswers(city: TestCity, runs: number, viewer: Viewer = someViewer): Promise<void> {
  const rows = toPlainCity(city.records);
  const askOne = (query: string, variables: Record<string, unknown>): Promise<Answer> =>
    city.oracle.ask({ query, variables }, new AbortController().signal, viewerHeaders(viewer));
  const persons = await learnPersonIds(askOne, rows);
  // Who works on no cases may not ask by an identity number.
  const questions = randomQuestion(rows, persons.idOf).filter(
    ({ query, variables }) =>
      worksOnCases(viewer) || !`${query} ${JSON.stringify(variables)}`.includes('partyIdNumber'),
  );
  await fc.assert(fc.asyncProperty(questions, sameAnswers), randomRun(runs));

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
        askHub(city.hub, query, { ...variables, ...(after && { after: after[0] }) }, viewer),
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
}
