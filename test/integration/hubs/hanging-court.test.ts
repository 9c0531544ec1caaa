import { afterAll, beforeAll, expect, it } from 'vitest';

import { startTestCity, type TestCity } from '../../support/test-city.ts';

const south = ['苏0324', '苏0381', '苏0382'];
const hanging = south[0]!;

let city: TestCity;
let isHanging = false;
beforeAll(async () => {
  city = await startTestCity({
    casesPerCourt: 5,
    seed: 'hanging',
    behind: { south },
    // A hub tells its own hubs how much time is left: the lower one gives up sooner.
    deadlines: { requestMs: 15_000, courtMs: 3_000, agencyMs: 5_000 },
    breaker: null,
    retry: null,
    between: (code, ask) => (question, signal, headers) => {
      if (!isHanging || code !== hanging) return ask(question, signal, headers);
      return new Promise((_, reject) => {
        signal.addEventListener('abort', () => reject(signal.reason as Error));
      });
    },
  });
}, 120_000);
afterAll(() => city[Symbol.asyncDispose]());

it('loses the rows of one court that hangs behind a hub, and of no other', async () => {
  isHanging = true;
  const { data } = await city.ask('{ cases { coverage { courts(only: GAPS) { court { code } status } } } }');
  isHanging = false;
  expect((data as { cases: { coverage: { courts: unknown } } }).cases.coverage.courts).toEqual([
    { court: { code: hanging }, status: 'TIMEOUT' },
  ]);
}, 60_000);

it('loses the persons of one court that hangs behind a hub, and of no other', async () => {
  isHanging = true;
  const query =
    '{ cases(first: 3, filter: { courts: ["苏0303"] }) { edges { node { debtors { person { name caseConnection { coverage { courts(only: GAPS) { court { code } status } } } } } } } } }';
  const { errors } = await city.ask(query);
  isHanging = false;
  expect((errors ?? []).map(({ extensions }) => [extensions?.['code'], extensions?.['court']])).toEqual([
    ['UPSTREAM_TIMEOUT', hanging],
  ]);
}, 60_000);
