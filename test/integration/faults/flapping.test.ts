import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import type { Answer } from '../../../common/wire.ts';
import {
  cityWide,
  connectionOf,
  courtOf,
  coverageAt,
  expectOneError,
  expectWhole,
  gapsOf,
  liveRows,
  numbersOf,
  plainQuery,
  reachPath,
  type Connection,
  type Debtor,
} from '../../support/city-answer.ts';
import { asksEntities, reset, towards } from '../../support/faults.ts';
import { CLOSED } from '../../support/fault-proxy.ts';
import { broken, deadlines, inTwoHops, startFaultyCity, type FaultyCity } from './faulty-city.ts';

let faulty: FaultyCity;
beforeAll(async () => {
  faulty = await startFaultyCity(deadlines, inTwoHops);
});
afterEach(() => faulty.court.recover());
afterAll(() => faulty[Symbol.asyncDispose]());

const missedEarlier = [{ court: broken, status: 'DEGRADED', reason: 'MISSED_EARLIER' }];
const unreachable = [{ court: broken, status: 'UNREACHABLE', reason: 'DOWN' }];

describe('a court that goes down between two hops of one request', () => {
  test('leaves its rows with what the first hop knew, and is told once', async () => {
    const { city, court } = faulty;
    const whole = await city.ask(cityWide, { filter: {} });
    await court.suffer(towards(asksEntities, reset));
    const answer = await city.ask(cityWide, { filter: {} });
    expectOneError(answer, { court: broken, code: 'UPSTREAM_UNREACHABLE', url: court.url });
    expect(numbersOf(answer)).toEqual(numbersOf(whole));
    const expected = new Map(connectionOf(whole).edges.map(({ node }) => [node.number, node]));
    for (const { node } of connectionOf(answer).edges) {
      const { debtors, ...leaves } = expected.get(node.number)!;
      expect(node).toMatchObject(leaves);
      if (courtOf(city, node.number) === broken) expect(node.debtors).toBeNull();
      else expect(node.debtors?.map(assetsOf)).toEqual(debtors?.map(assetsOf));
    }
    const reach = coverageAt(answer, reachPath);
    expect(reach?.courts.find(({ code }) => code === broken)).toMatchObject({ status: 'UNREACHABLE', reason: 'DOWN' });
  });
});

describe('a court that is missing on the second page of a walk and back on the third', () => {
  test('stays a gap until the walk starts again; no row comes twice, and no other court loses one', async () => {
    const { city, court } = faulty;
    const pages: Answer[] = [];
    let after: string | null = null;
    do {
      if (pages.length === 1) await court.suffer(CLOSED);
      else await court.recover();
      const answer: Answer = await city.ask(plainQuery, { first: 15, after });
      pages.push(answer);
      after = connectionOf(answer).pageInfo.hasNextPage ? connectionOf(answer).pageInfo.endCursor : null;
    } while (after !== null && pages.length < 20);
    expect(pages.length).toBeGreaterThan(3);

    const [first, second, ...later] = pages as [Answer, Answer, ...Answer[]];
    expectWhole(first);
    expect(gapsOf(connectionOf(second).coverage)).toEqual(unreachable);
    expectOneError(second, { court: broken, code: 'UPSTREAM_UNREACHABLE', url: court.url });
    for (const answer of later) {
      const { coverage, totalIsLowerBound } = connectionOf(answer);
      expect(coverage.complete).toBe(false);
      expect(gapsOf(coverage)).toEqual(missedEarlier);
      expect(totalIsLowerBound).toBe(true);
    }

    const numbers = pages.flatMap(numbersOf);
    expect(new Set(numbers).size).toBe(numbers.length);
    const all = (await liveRows(city, {})).rows.map(({ number }) => number);
    const given = new Set(numbers);
    expect(numbers).toEqual(all.filter((number) => given.has(number) || courtOf(city, number) !== broken));
    expect(numbers.slice(0, 15)).toEqual(all.slice(0, 15));

    expectWhole(await city.ask(plainQuery, { first: 15 }));
  });

  test('is a gap of a page that has to be complete', async () => {
    const { city, court } = faulty;
    await court.suffer(CLOSED);
    const { endCursor } = connectionOf(await city.ask(plainQuery, { first: 10 })).pageInfo;
    await court.recover();
    const answer = await city.ask(plainQuery, { first: 10, after: endCursor, completeness: 'COMPLETE' });
    expect(answer.data).toEqual({ cases: null });
    expect(answer.errors).toMatchObject([{ extensions: { code: 'INCOMPLETE', gaps: missedEarlier } }]);
  });

  test('stays a gap through the one request of a task force', async () => {
    const { city, court } = faulty;
    await court.suffer(CLOSED);
    const first = await city.ask(cityWide, { filter: {} });
    await court.recover();
    const { endCursor } = connectionOf(first).pageInfo;
    const second = await city.ask(cityWide, { filter: {}, after: endCursor });
    expect(gapsOf(connectionOf(second).coverage)).toEqual(missedEarlier);
    expect(coverageAt(second, reachPath)?.complete).toBe(true);
    const numbers = [...numbersOf(first), ...numbersOf(second)];
    expect(new Set(numbers).size).toBe(numbers.length);
  });
});

test('a walk through one person’s cases remembers who was missing', async () => {
  const { city, court } = faulty;
  const id = await busiestPerson();
  const query = `query ($id: ID!, $after: String) { person(id: $id) { caseConnection(first: 1, after: $after) {
    totalIsLowerBound pageInfo { hasNextPage endCursor } edges { node { number } }
    coverage { complete courts { court { code } status reason } } } } }`;
  const ask = async (after: string | null) => {
    const answer = await city.ask(query, { id, after });
    return (answer.data!['person'] as { caseConnection: Connection }).caseConnection;
  };
  await court.suffer(CLOSED);
  const first = await ask(null);
  expect(gapsOf(first.coverage)).toEqual(unreachable);
  await court.recover();
  const seen = first.edges.map(({ node }) => node.number);
  let page = first;
  while (page.pageInfo.hasNextPage && seen.length < 50) {
    page = await ask(page.pageInfo.endCursor);
    seen.push(...page.edges.map(({ node }) => node.number));
    expect(gapsOf(page.coverage)).toEqual(missedEarlier);
    expect(page.totalIsLowerBound).toBe(true);
  }
  expect(seen.length).toBeGreaterThan(1);
  expect(new Set(seen).size).toBe(seen.length);
  expect(gapsOf((await ask(null)).coverage)).toEqual([]);
});

/** The person with most cases that are not the failing court's. */
async function busiestPerson(): Promise<string> {
  const { rows } = await liveRows(faulty.city, { cases: [broken], reach: [broken] });
  const persons = rows.flatMap(({ debtors }) => debtors!.flatMap(({ person }) => (person ? [person] : [])));
  const [busiest] = persons.sort((left, right) => right.cases!.length - left.cases!.length);
  return busiest!.id;
}

function assetsOf({ name, role, bank, vehicle, realEstate }: Debtor) {
  return { name, role, bank, vehicle, realEstate };
}
