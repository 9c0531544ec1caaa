import { afterAll, beforeAll, expect, test } from 'vitest';
import type { CaseRecord } from '../../../common/case-record.ts';
import { caseStages, closingModes } from '../../../common/vocabulary.ts';
import { type Courts, createCourts, type RunningCourt } from './court.ts';
import { docket } from './docket.ts';
import { caseRecord } from './records.ts';

let courts: Courts;
let court: RunningCourt;

beforeAll(async () => {
  courts = await createCourts();
  court = await courts.start(docket);
});

afterAll(() => courts.stop());

const everything = `query($filter: CaseFilter) { caseStatistics(filter: $filter) {
  count amountDue amountRecovered amountOutstanding totalIsLowerBound coverage { complete courts { status } }
  byStage { stage count amountOutstanding } byClosingMode { closingMode count amountRecovered } byMonth { month count amountDue } } }`;

/** Yuan of two decimals, added exactly; null when none is known. */
function sum(amounts: (string | null)[]): string | null {
  const known = amounts.filter((amount) => amount !== null);
  if (known.length === 0) return null;
  const fen = known
    .reduce((total, amount) => total + BigInt(amount.replace('.', '')), 0n)
    .toString()
    .padStart(3, '0');
  return `${fen.slice(0, -2)}.${fen.slice(-2)}`;
}

const counted = docket.filter(({ closingMode, successor }) => closingMode !== 'CANCELLED' || successor === null);

function expected(records: readonly CaseRecord[]): object {
  const group = (value: unknown, of: (record: CaseRecord) => unknown): readonly CaseRecord[] =>
    records.filter((record) => of(record) === value);
  const months = [...new Set(records.flatMap(({ filedOn }) => (filedOn === null ? [] : [filedOn.slice(0, 7)])))].sort();
  return {
    count: records.length,
    amountDue: sum(records.map(({ amountDue }) => amountDue)),
    amountRecovered: sum(records.map(({ amountRecovered }) => amountRecovered)),
    amountOutstanding: sum(records.map(({ amountOutstanding }) => amountOutstanding)),
    byStage: caseStages
      .map((stage) => ({ stage, of: group(stage, (record) => record.stage) }))
      .filter(({ of }) => of.length > 0)
      .map(({ stage, of }) => ({
        stage,
        count: of.length,
        amountOutstanding: sum(of.map((record) => record.amountOutstanding)),
      })),
    byClosingMode: closingModes
      .map((closingMode) => ({ closingMode, of: group(closingMode, (record) => record.closingMode) }))
      .filter(({ of }) => of.length > 0)
      .map(({ closingMode, of }) => ({
        closingMode,
        count: of.length,
        amountRecovered: sum(of.map((record) => record.amountRecovered)),
      })),
    byMonth: months
      .map((month) => ({ month, of: group(month, ({ filedOn }) => filedOn?.slice(0, 7)) }))
      .map(({ month, of }) => ({ month, count: of.length, amountDue: sum(of.map((record) => record.amountDue)) })),
  };
}

test('counts and sums are exact, in the order of the enums and months, without what another court continues', async () => {
  expect(counted.length).toBeLessThan(docket.length);
  const { caseStatistics } = await court.data(everything);
  expect(caseStatistics).toEqual({
    ...expected(counted),
    totalIsLowerBound: false,
    coverage: { complete: true, courts: [{ status: 'FOUND' }] },
  });
});

test('statistics speak of the filter', async () => {
  const { caseStatistics } = await court.data(everything, {
    filter: { types: ['RESUMED_EXECUTION'], filedFrom: '2017-02-01' },
  });
  const records = counted.filter(
    ({ number, filedOn }) => number.includes('执恢') && filedOn !== null && filedOn >= '2017-02-01',
  );
  expect(records.length).toBeGreaterThan(0);
  expect(caseStatistics).toMatchObject(expected(records));
});

test('of nothing the count is zero, the sums are unknown, and no group is listed', async () => {
  const { caseStatistics } = await court.data(everything, { filter: { stages: [] } });
  expect(caseStatistics).toEqual({
    count: 0,
    amountDue: null,
    amountRecovered: null,
    amountOutstanding: null,
    byStage: [],
    byClosingMode: [],
    byMonth: [],
    totalIsLowerBound: false,
    coverage: { complete: true, courts: [{ status: 'NONE' }] },
  });
});

test('a case left out of sums is still found, and still listed', async () => {
  const origin = docket.find(({ closingMode, successor }) => closingMode === 'CANCELLED' && successor !== null)!;
  const { cases, caseStatistics } = await court.data(
    `query($filter: CaseFilter) { cases(filter: $filter) { edges { node { number successorNumber } } }
      caseStatistics(filter: $filter) { count coverage { courts { status } } } }`,
    { filter: { numbers: [origin.number] } },
  );
  expect(cases.edges).toEqual([{ node: { number: origin.number, successorNumber: origin.successor } }]);
  expect(caseStatistics).toEqual({ count: 0, coverage: { courts: [{ status: 'FOUND' }] } });
});

test('sums beyond the integers of JavaScript stay exact', async () => {
  const rich = await courts.start(
    Array.from({ length: 10 }, (_, index) =>
      caseRecord({ number: `（2017）苏0312执${index + 1}号`, amountDue: '999999999999999.99' }),
    ),
  );
  expect(await rich.data('{ caseStatistics { amountDue } }')).toEqual({
    caseStatistics: { amountDue: '9999999999999999.90' },
  });
});

test('only what is asked for is counted', async () => {
  court.statements();
  await court.data('{ caseStatistics { count amountDue byStage { count } } }');
  expect(court.statements()).toHaveLength(2);
});
