import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Answer } from '../../../common/wire.ts';
import { startTestCity, type TestCity } from '../../support/test-city.ts';

let city: TestCity;

beforeAll(async () => {
  city = await startTestCity({ casesPerCourt: 3, seed: 'names of criteria' });
}, 120_000);
afterAll(() => city[Symbol.asyncDispose]());

/** What the first court answers about a task force with these criteria. */
function askCourt(criteria: Record<string, unknown>): Promise<Answer> {
  const none = {
    creditorPersonId: null,
    creditorName: null,
    amountOutstandingMin: null,
    amountOutstandingMax: null,
    stages: null,
    courts: null,
    provinces: null,
  };
  const query = `query ($representations: [_Any!]!) {
    _entities(representations: $representations) { ... on TaskForce { cases { totalCount } } }
  }`;
  const representations = [{ __typename: 'TaskForce', id: '1', criteria: { ...none, ...criteria } }];
  const court = city.courts.get(city.registry.courts[0]!.code)!;
  return court.ask({ query, variables: { representations } }, new AbortController().signal);
}

test.each<[string, unknown, string]>([
  ['creditorName', '徐', 'BAD_USER_INPUT'],
  ['creditorName', '徐'.repeat(201), 'BAD_USER_INPUT'],
  ['creditorPersonId', 'nobody', 'BAD_USER_INPUT'],
  ['courts', ['苏0302'], 'UNKNOWN_COURT'],
  ['courts', ['320312 1980 0101 1232'], 'UNKNOWN_COURT'],
])('a court that refuses %s of a task force names it as the criteria do', async (field, value, code) => {
  const { data, errors } = await askCourt({ [field]: value });
  const argument = `criteria.${field}`;
  expect(data).toEqual({ _entities: [{ cases: null }] });
  expect(errors).toMatchObject([{ extensions: { code, argument } }]);
  expect(errors![0]!.message.startsWith(`${argument}: `)).toBe(true);
  expect(JSON.stringify(errors)).not.toMatch(/filter|320312/);
});

test('a name that the command centre takes is one that courts search', async () => {
  const created = await city.ask(
    `mutation ($criteria: TaskForceCriteriaInput!) {
      createTaskForce(input: { name: "行动", criteria: $criteria }, idempotencyKey: "long-name") { id }
    }`,
    { criteria: { creditorName: '𠮷'.repeat(150) } },
  );
  const { id } = created.data!['createTaskForce'] as { id: string };
  const found = await city.ask(
    'query ($id: ID!) { taskForce(id: $id) { cases { totalCount coverage { complete } } } }',
    { id },
  );
  expect(found.errors).toBeUndefined();
  expect(found.data).toEqual({ taskForce: { cases: { totalCount: 0, coverage: { complete: true } } } });
});
