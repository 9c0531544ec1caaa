import { afterAll, beforeAll, expect, test } from 'vitest';

import type { Answer } from '../../../common/wire.ts';
import { startTestCity, type TestCity } from '../../support/test-city.ts';

let city: TestCity;
let force: string;
beforeAll(async () => {
  city = await startTestCity({ casesPerCourt: 25, seed: 'aliases' });
  const criteria = {
    creditorName: city.creditor.name.slice(0, 4),
    amountOutstandingMin: '1000.00',
    courts: ['苏0312', '苏0311'],
  };
  const made = await city.ask(
    `mutation ($criteria: TaskForceCriteriaInput!) {
      createTaskForce(input: { name: "别名", criteria: $criteria }, idempotencyKey: "aliases") { id }
    }`,
    { criteria },
  );
  force = (made.data!['createTaskForce'] as { id: string }).id;
}, 120_000);
afterAll(() => city[Symbol.asyncDispose]());

/** The same question with an alias that is the name of another field, and with one that is not. */
async function expectSame(query: string, ...aliases: readonly string[]): Promise<Answer> {
  const fresh = aliases.reduce((text, alias) => text.replaceAll(`${alias}:`, `fresh_${alias}:`), query);
  expect(fresh).not.toBe(query);
  const variables = query.includes('$id') ? { id: force } : {};
  const [misleading, plain] = [await city.ask(query, variables), await city.ask(fresh, variables)];
  expect(plain.errors).toBeUndefined();
  const renamed = JSON.parse(JSON.stringify(plain).replaceAll('fresh_', '')) as Answer;
  expect(timeless(misleading)).toEqual(timeless(renamed));
  return misleading;
}

function timeless(answer: Answer): unknown {
  return JSON.parse(
    JSON.stringify(answer, (key, value: unknown) => (key === 'requestNumber' || key === 'answeredAt' ? null : value)),
  );
}

const cases = 'cases(first: 5) { totalCount coverage { complete } edges { node { number } } }';

test.each([
  ['creditorName: creditorPersonId', 'creditorName'],
  ['amountOutstandingMin: amountOutstandingMax', 'amountOutstandingMin'],
  ['courts: stages', 'courts'],
  ['provinces: creditorName', 'provinces'],
])('criteria { %s } widens nothing', async (selection, alias) => {
  const answer = await expectSame(
    `query ($id: ID!) { taskForce(id: $id) { criteria { ${selection} } ${cases} } }`,
    alias,
  );
  const alone = await city.ask(`query ($id: ID!) { taskForce(id: $id) { ${cases} } }`, { id: force });
  const of = (one: Answer) => (one.data!['taskForce'] as { cases: { totalCount: number } }).cases;
  expect(of(alone).totalCount).toBeGreaterThan(0);
  expect(of(answer)).toEqual(of(alone));
});

test.each([
  ['criteria: name', 'criteria'],
  ['criteria: courts { code }', 'criteria'],
  ['...F', 'stages'],
])('a task force with %s has its own cases', async (selection, alias) => {
  const fragment = selection === '...F' ? 'fragment F on TaskForce { criteria { stages: provinces } }' : '';
  await expectSame(`query ($id: ID!) { taskForce(id: $id) { ${selection} ${cases} } } ${fragment}`, alias);
});

const debtors = (selection: string) =>
  `{ cases(first: 60) { edges { node { number debtors { ${selection} bank { status reason accounts { number balance } } } } } } }`;

test.each([
  ['writ { validUntil: handlerName }', 'validUntil'],
  ['writ { signedBy: handlerName }', 'signedBy'],
  ['writ { number: courtName }', 'number'],
  ['writ: name', 'writ'],
  ['subject: name', 'subject'],
  ['id: name', 'id'],
])('a party with %s is asked about on its own writ', async (selection, alias) => {
  const inner = debtors(selection).replace('accounts { number balance }', 'accounts { balance }');
  await expectSame(alias === 'number' ? inner.replace('node { number', 'node {') : inner, alias);
});

test.each([
  ['{ cases(first: 5) { edges { node { number: stage key: number court { name } } } } }', 'number'],
  ['{ cases(first: 5) { edges { node { debtors { person { __typename: name cases { number } } } } } } }', '__typename'],
  ['{ cases(first: 5) { edges { node { debtors { person { id: name names } } } } } }', 'id'],
  ['{ courts: taskForces { totalCount } taskForces: courts { code } }', 'courts', 'taskForces'],
])('%s keeps every value in its place', async (query, ...aliases) => {
  await expectSame(query, ...aliases);
});

test('errors and coverage speak of the client’s own aliases', async () => {
  const answer = await city.ask('{ person: cases(first: 1000) { totalCount } bank: cases(first: 1) { totalCount } }');
  expect(answer.errors).toMatchObject([{ path: ['person'], extensions: { paths: ['person'] } }]);
  expect(answer.data).toMatchObject({ person: null, bank: { totalCount: expect.any(Number) } });
  expect((answer.extensions!['coverage'] as { path: string }[]).map(({ path }) => path)).toEqual(['bank']);
  expect(JSON.stringify(answer)).not.toContain('_nonet_');
});
