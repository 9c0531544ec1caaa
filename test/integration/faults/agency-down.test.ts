import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import type { Answer } from '../../../common/wire.ts';
import { cityWide, connectionOf, expectNothingPrivate, expectWhole, type Debtor } from '../../support/city-answer.ts';
import { altered, hang, page, reset, says, truncated, upstreamText } from '../../support/faults.ts';
import { CLOSED, startFaultProxy, type Behaviour, type FaultProxy } from '../../support/fault-proxy.ts';
import { changeFields, changeLists, dropFields, failFields } from '../../support/tampering.ts';
import { startTestCity, type TestCity } from '../../support/test-city.ts';
import { deadlines, timed, warmUp } from './faulty-city.ts';

const agencies = new Map<string, FaultProxy>();
const fields = { bank: 'bank', vehicle: 'vehicle', property: 'realEstate' } as const;

/** A page of debtors with what agencies say, and nothing else. */
const assets = `query ($filter: CaseFilter) {
  cases(filter: $filter, first: 15, orderBy: AMOUNT_OUTSTANDING_DESC) {
    coverage { complete courts { court { code } status reason } }
    edges { node { number debtors {
      name
      bank { status accounts { bankName number balance } }
      vehicle { status vehicles { plateNumber model estimatedValue } }
      realEstate { status units { location area estimatedValue } }
    } } }
  }
}`;

let city: TestCity;
/** The whole answer to each question. */
const whole = new Map<string, Answer>();
beforeAll(async () => {
  for (const name of Object.keys(fields)) agencies.set(name, await startFaultProxy());
  city = await startTestCity({
    casesPerCourt: 6,
    seed: 'faults',
    breaker: null,
    deadlines: { ...deadlines, agencyMs: 1_500 },
    betweenAgency: (name, ask) => agencies.get(name)!.front(ask),
  });
  await warmUp(city);
  for (const query of [cityWide, assets]) {
    const answer = await city.ask(query, { filter: {} });
    expectWhole(answer);
    whole.set(query, answer);
  }
});
afterEach(() => Promise.all([...agencies.values()].map((agency) => agency.recover())));
afterAll(async () => {
  await city[Symbol.asyncDispose]();
  for (const agency of agencies.values()) await agency[Symbol.asyncDispose]();
});

const failure = { message: upstreamText, extensions: { stacktrace: [upstreamText] } };

describe.each<[string, Behaviour | typeof CLOSED, code: string]>([
  ['refuses connections', CLOSED, 'UPSTREAM_UNREACHABLE'],
  ['resets connections', reset, 'UPSTREAM_UNREACHABLE'],
  ['never answers', hang, 'UPSTREAM_TIMEOUT'],
  ['answers HTTP 403', page(403), 'UPSTREAM_REFUSED'],
  ['answers HTTP 500 with a page for people', page(500), 'UPSTREAM_UNREACHABLE'],
  ['answers JSON that ends in the middle', truncated, 'UPSTREAM_UNREACHABLE'],
  ['answers a list', says('[]'), 'UPSTREAM_UNREACHABLE'],
  ['answers an error without data', says(JSON.stringify({ errors: [failure] })), 'UPSTREAM_ERROR'],
  ['answers with entities that are no list', says('{"data":{"_entities":7}}'), 'UPSTREAM_UNREACHABLE'],
])('a bank that %s', (_, behaviour, code) => {
  test('costs the bank’s answers and one error that names it', async () => {
    const bank = agencies.get('bank')!;
    await bank.suffer(behaviour);
    const { answer, elapsedMs } = await timed(() => city.ask(assets, { filter: {} }));
    expect(elapsedMs).toBeLessThan(deadlines.requestMs);
    expectOnlyMissing(answer, 'bank');
    expect(answer.errors!.map(({ extensions }) => extensions?.['code'])).toEqual([code]);
    expectNothingPrivate(answer, bank.url);
  });
});

describe.each(Object.entries(fields))('the agency %s', (name, field) => {
  test('alone is missed when it is down, and is back when it is up', async () => {
    await agencies.get(name)!.suffer(CLOSED);
    expectMissing(await city.ask(cityWide, { filter: {} }), [name], cityWide);
    await agencies.get(name)!.recover();
    const answer = await city.ask(assets, { filter: {} });
    expectWhole(answer);
    expect(answer.data).toEqual(whole.get(assets)!.data);
  });

  test('may answer in any order, and each twice, without mixing up debtors', async () => {
    const changes = [
      (answer: Answer) => changeLists(answer, '_entities', (list) => list.reverse()),
      (answer: Answer) => changeLists(answer, '_entities', (list) => [...list.slice(3), ...list.slice(0, 3)]),
      (answer: Answer) => changeLists(answer, '_entities', (list) => [...list, ...list]),
    ];
    for (const change of changes) {
      await agencies.get(name)!.suffer(altered(change));
      const answer = await city.ask(assets, { filter: {} });
      expectWhole(answer);
      expect(answer.data).toEqual(whole.get(assets)!.data);
    }
  });

  test.each<[string, (answer: Answer) => unknown]>([
    ['leaves entities out', (answer) => changeLists(answer, '_entities', () => [])],
    ['gives null for entities', (answer) => changeLists(answer, '_entities', (list) => list.map(() => null))],
    ['answers about parties nobody asked for', (answer) => changeFields(answer, '_id', () => '999')],
    ['fails at its field', (answer) => failFields(answer, field, upstreamText)],
    ['leaves its field out', (answer) => dropFields(answer, field)],
    ['gives a text for its field', (answer) => changeFields(answer, field, () => 'fine')],
  ])('is missed once when it %s', async (_, change) => {
    const agency = agencies.get(name)!;
    await agency.suffer(altered(change));
    const answer = await city.ask(assets, { filter: {} });
    expectOnlyMissing(answer, name);
    expectNothingPrivate(answer, agency.url);
  });
});

test('an agency that invents a status costs that answer, and is told', async () => {
  await agencies.get('vehicle')!.suffer(altered((answer) => changeFields(answer, 'status', () => 'PERHAPS')));
  expectOnlyMissing(await city.ask(assets, { filter: {} }), 'vehicle');
});

test('all agencies down cost three errors, and no row of any court', async () => {
  await Promise.all([...agencies.values()].map((agency) => agency.suffer(CLOSED)));
  expectMissing(await city.ask(cityWide, { filter: {} }), ['bank', 'vehicle', 'property'], cityWide);
});

test('an agency that is not asked for is not missed', async () => {
  await agencies.get('bank')!.suffer(CLOSED);
  const before = agencies.get('vehicle')!.asked();
  const answer = await city.ask('{ cases { edges { node { debtors { name realEstate { status } } } } } }');
  expect(answer.errors).toBeUndefined();
  expect(agencies.get('vehicle')!.asked()).toBe(before);
});

function expectOnlyMissing(answer: Answer, name: string): void {
  expectMissing(answer, [name]);
}

/** Requires the whole answer but for these agencies' fields, which are null, and one error for each. */
function expectMissing(answer: Answer, names: readonly string[], query = assets): void {
  expect(answer.data ?? null, JSON.stringify(answer.errors)).not.toBeNull();
  const told = answer.errors?.map(({ extensions }) => extensions?.['agency']).sort();
  expect(told, JSON.stringify(answer.errors)).toEqual([...names].sort());
  for (const { path } of answer.errors!) expect(path?.slice(0, 2)).toEqual(['cases', 'edges']);
  const gone = names.map((name) => fields[name as keyof typeof fields]);
  const expected = connectionOf(whole.get(query)!).edges.map(({ node }) => ({
    ...node,
    debtors: node.debtors!.map((debtor): Debtor => ({
      ...debtor,
      ...Object.fromEntries(gone.map((field) => [field, null])),
    })),
  }));
  expect(connectionOf(answer).edges.map(({ node }) => node)).toEqual(expected);
  // Courts are whole: an agency is no part of their coverage.
  expect(connectionOf(answer).coverage.complete).toBe(true);
}
