import { afterAll, beforeAll, expect, it } from 'vitest';

import { readSettings } from '../../../cli/start/embedded-settings.ts';
import { toPlan } from '../../../cli/start/processes/plan.ts';
import { readProcessesSettings } from '../../../cli/start/processes/settings.ts';
import type { Viewer } from '../../../common/viewer.ts';
import { askHub, startTestCity, type TestCity } from '../../support/test-city.ts';

const perHour = 3;

let city: TestCity;
/** How often any court was asked. */
let asked = 0;
beforeAll(async () => {
  city = await startTestCity({
    casesPerCourt: 10,
    seed: 'searches',
    identitySearches: perHour,
    between:
      (_, ask) =>
      (...question) => ((asked += 1), ask(...question)),
  });
}, 120_000);
afterAll(() => city[Symbol.asyncDispose]());

const judgeOf = (subject: string, changes: Partial<Viewer> = {}): Viewer => ({
  ...{ subject, role: 'judge', court: '苏0312', taskForces: [], workId: null, dutyCertificate: null },
  ...changes,
});
/** Different numbers of people of the city. */
const numbers = () => [
  ...new Set([...city.records.values()].flat().flatMap(({ parties }) => parties.flatMap((one) => one.idNumber ?? []))),
];
const query =
  'query ($n: String, $after: String) { cases(first: 1, after: $after, filter: { partyIdNumber: $n }) { totalCount } }';
const search = (n: string, viewer: Viewer, text = query) => askHub(city.hub, text, { n }, viewer);

it('who has searched by as many numbers as he may searches by no more, and no court is asked', async () => {
  const viewer = judgeOf('tries');
  const [one, two, three, four] = numbers() as [string, string, string, string];
  for (const n of [one, two, three]) {
    const { data, errors } = await search(n, viewer);
    expect(errors).toBeUndefined();
    expect((data!['cases'] as { totalCount: number }).totalCount).toBeGreaterThan(0);
  }
  const before = asked;
  const refused = await search(four, viewer);
  expect(asked).toBe(before);
  expect(refused.data).toEqual({ cases: null });
  const [error, ...others] = refused.errors!;
  expect(others).toEqual([]);
  expect(error).toMatchObject({
    path: ['cases'],
    extensions: { code: 'TOO_MANY_SEARCHES', argument: 'filter.partyIdNumber' },
  });
  const { retryAfter } = error!.extensions as { retryAfter: number };
  expect(retryAfter).toBeGreaterThan(3_500);
  expect(retryAfter).toBeLessThanOrEqual(3_600);
  expect(error!.message).toContain(`${perHour} different identity numbers`);
  expect(JSON.stringify(refused)).not.toContain(four.slice(6, 14));
  // What he has is his; another token of his, of another role or court, is he; everything else is open to him.
  expect((await search(one, viewer)).errors).toBeUndefined();
  expect((await search(four, judgeOf('tries', { role: 'supervisor', court: '苏03' }))).errors).toHaveLength(1);
  expect((await askHub(city.hub, '{ cases(first: 1) { totalCount } }', {}, viewer)).errors).toBeUndefined();
  // Somebody else has his own.
  expect((await search(four, judgeOf('other'))).errors).toBeUndefined();
});

it('many in one request count each, and the refused ones take nothing from the others', async () => {
  const viewer = judgeOf('aliases');
  const five = numbers().slice(0, 5);
  const fields = five.map((n, at) => `n${at}: caseStatistics(filter: { partyIdNumber: "${n}" }) { count }`);
  const { data, errors } = await askHub(city.hub, `{ ${fields.join(' ')} }`, {}, viewer);
  expect(Object.values(data!).filter((value) => value === null)).toHaveLength(2);
  expect(errors).toMatchObject([{ extensions: { code: 'TOO_MANY_SEARCHES', count: 2, paths: ['n3', 'n4'] } }]);
  for (const n of five) expect(JSON.stringify({ data, errors })).not.toContain(n.slice(6, 14));
});

it('what is refused for another reason, or only foreseen, is no search', async () => {
  const viewer = judgeOf('explains');
  const all = numbers();
  for (const n of all.slice(0, 5)) {
    const contextValue = city.hub.contextOf(new AbortController().signal, undefined, viewer);
    const request = { query, variables: { n }, extensions: { explain: 'PLAN' } };
    const { body } = await city.hub.apollo.executeOperation(request, { contextValue });
    expect(body).toMatchObject({ singleResult: { data: {}, extensions: { explain: { mode: 'PLAN' } } } });
    const amiss = await askHub(city.hub, query, { n, after: 'nonsense' }, viewer);
    expect(amiss.errors).toMatchObject([{ extensions: { code: 'BAD_CURSOR' } }]);
  }
  for (const n of all.slice(5, 5 + perHour)) expect((await search(n, viewer)).errors).toBeUndefined();
  expect((await search(all[9]!, viewer)).errors).toHaveLength(1);
});

it('the number is a setting of each way to start', () => {
  expect(readSettings([], {}).identitySearches).toBe(600);
  expect(readSettings(['--searches=20'], {}).identitySearches).toBe(20);
  const told = '--searches is "0"; it has to be a whole number from 1 to 1000000.';
  expect(() => readSettings(['--searches=0'], {})).toThrow(told);
  const { args } = toPlan(readProcessesSettings([], { NONET_SEARCHES: '30' }), [4000], 0).gateway;
  expect(args).toContain('--searches=30');
});
