import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { matching, ordered, toPlainCity, yuanOf, type PlainCase } from '../../support/brute-force.ts';
import { statisticsOf } from '../../support/brute-statistics.ts';
import { learnPersonIds, type PersonIds } from '../../support/person-ids.ts';
import { randomFilter } from '../../support/random-filter.ts';
import { randomRun, randomTimeoutMs } from '../../support/random-run.ts';
import { orders } from '../../support/random-selection.ts';
import { startTestCity, type TestCity } from '../../support/test-city.ts';

const page = `query($filter: CaseFilter, $first: Int!, $after: String, $orderBy: CaseOrder) {
  cases(filter: $filter, first: $first, after: $after, orderBy: $orderBy) {
    totalCount totalIsLowerBound edges { node { number filedOn amountOutstanding } } pageInfo { hasNextPage endCursor }
  }
}`;
const statistics = `query($filter: CaseFilter) {
  caseStatistics(filter: $filter) {
    count amountDue amountRecovered amountOutstanding
    byStage { stage count amountOutstanding } byClosingMode { closingMode count amountRecovered }
    byMonth { month count amountDue } totalIsLowerBound
  }
}`;

describe('the hub', () => {
  let city: TestCity;
  let rows: readonly PlainCase[];
  let persons: PersonIds;

  beforeAll(async () => {
    city = await startTestCity({ casesPerCourt: 40, seed: 'by hand' });
    rows = toPlainCity(city.records);
    persons = await learnPersonIds((query, variables) => city.ask(query, variables), rows);
  }, 120_000);
  afterAll(() => city[Symbol.asyncDispose]());

  it(
    'walks through what plain loops find, in their order and with their total',
    async () => {
      const asked = fc.record({
        filter: randomFilter(rows, persons.idOf),
        orderBy: fc.constantFrom(...orders),
        size: fc.integer({ min: 1, max: 100 }),
      });
      const walk = fc.asyncProperty(asked, async ({ filter, orderBy, size }) => {
        const expected = ordered(matching(rows, filter, persons.identityOf), orderBy);
        // Small pages of small answers: no walk has more than five.
        const first = Math.max(size, Math.ceil(expected.length / 5));
        let after: unknown = null;
        for (let at = 0; at === 0 || at < expected.length; at += first) {
          const answer = await city.ask(page, { filter, first, after, orderBy });
          expect(answer.errors).toBeUndefined();
          expect(answer.data?.cases).toEqual({
            totalCount: expected.length,
            totalIsLowerBound: false,
            edges: expected.slice(at, at + first).map(toNode),
            pageInfo: {
              hasNextPage: at + first < expected.length,
              endCursor: expected.length === 0 ? null : expect.any(String),
            },
          });
          after = (answer.data?.cases as { pageInfo: { endCursor: unknown } }).pageInfo.endCursor;
        }
      });
      await fc.assert(walk, randomRun(100));
    },
    randomTimeoutMs,
  );

  it(
    'counts and sums what plain loops count and sum, to the fen',
    async () => {
      const sums = fc.asyncProperty(randomFilter(rows, persons.idOf), async (filter) => {
        const answer = await city.ask(statistics, { filter });
        expect(answer.errors).toBeUndefined();
        expect(answer.data?.caseStatistics).toEqual(statisticsOf(matching(rows, filter, persons.identityOf)));
      });
      await fc.assert(sums, randomRun(100));
    },
    randomTimeoutMs,
  );

  it('lists the cancelled origin of a designated case and counts it in no sum', async () => {
    const origins = rows.filter(({ record }) => record.closingMode === 'CANCELLED' && record.successor !== null);
    const cancelled = rows.filter(({ record }) => record.closingMode === 'CANCELLED' && record.successor === null);
    expect(origins.length).toBeGreaterThan(0);
    const filter = { numbers: [...origins, ...cancelled].map(({ record }) => record.number) };
    const listed = await city.ask(page, { filter, first: 100, orderBy: 'NUMBER_ASC' });
    expect(listed.data?.cases).toMatchObject({
      totalCount: origins.length + cancelled.length,
      edges: ordered([...origins, ...cancelled], 'NUMBER_ASC').map(toNode),
    });
    const counted = await city.ask(statistics, { filter });
    expect(counted.data?.caseStatistics).toMatchObject({ count: cancelled.length });
    const all = await city.ask(statistics, {});
    expect(all.data?.caseStatistics).toEqual(statisticsOf(rows));
    expect(all.data?.caseStatistics).toMatchObject({ count: rows.length - origins.length });
  });
});

function toNode({ display, record, outstanding }: PlainCase): { node: Record<string, unknown> } {
  return { node: { number: display, filedOn: record.filedOn, amountOutstanding: yuanOf(outstanding) } };
}
