import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { emittedGraph } from '../../../cli/start/hub.ts';
import { createHub } from '../../../gateway/hub.ts';
import {
  cityWide,
  connectionOf,
  courtOf,
  coverageAt,
  expectGap,
  expectOneError,
  expectWhole,
  liveRows,
  othersThan,
  reachPath,
  rowsOf,
  rowsQuery,
  someNumber,
  type Gap,
} from '../../support/city-answer.ts';
import { cutOff, reset } from '../../support/faults.ts';
import { CLOSED } from '../../support/fault-proxy.ts';
import { askHub } from '../../support/test-city.ts';
import { broken, deadlines, startFaultyCity, timed, type FaultyCity } from './faulty-city.ts';

let faulty: FaultyCity;
beforeAll(async () => {
  faulty = await startFaultyCity();
});
afterEach(() => faulty.court.recover());
afterAll(() => faulty[Symbol.asyncDispose]());

const down = (): Gap => ({
  court: broken,
  code: 'UPSTREAM_UNREACHABLE',
  status: 'UNREACHABLE',
  reason: 'DOWN',
  url: faulty.court.url,
});

describe.each([
  ['refuses connections', CLOSED],
  ['resets connections', reset],
  ['breaks off in the middle of its answer', cutOff],
] as const)('a court that %s', (_, behaviour) => {
  test('costs its own rows and one error, and the next request after it came back is whole', async () => {
    const { city, court } = faulty;
    await court.suffer(behaviour);
    const answer = await city.ask(rowsQuery);
    expectOneError(answer, down());
    expectGap(city, answer, down());
    const live = await liveRows(city, { cases: [broken], reach: [broken] });
    expect(rowsOf(answer)).toEqual(live.rows);
    expect(connectionOf(answer).totalCount).toBe(live.totalCount);
    expect(coverageAt(answer, reachPath)?.complete).toBe(false);

    await court.recover();
    const again = await city.ask(rowsQuery);
    expectWhole(again);
    expect(rowsOf(again)).toEqual((await liveRows(city, {})).rows);
  });
});

describe('the one request of a task force', () => {
  test('has the other eight courts whole, with agencies and names of courts', async () => {
    const { city, court } = faulty;
    const healthy = await city.ask(cityWide, { filter: { courts: othersThan(city, broken) } });
    await court.suffer(CLOSED);
    const { answer, elapsedMs } = await timed(() => city.ask(cityWide, { filter: {} }));
    expect(elapsedMs).toBeLessThan(deadlines.requestMs);
    expectOneError(answer, down());
    expectGap(city, answer, down());
    const live = await liveRows(city, { cases: [broken], reach: [broken] }, { first: 50 });
    expect(rowsOf(answer)).toEqual(live.rows);
    expect(inquiriesOf(answer)).toEqual(inquiriesOf(healthy));
    expect(coverageAt(answer, reachPath)?.courts.find(({ code }) => code === broken)?.status).toBe('UNREACHABLE');
  });

  test('becomes one error that lists the gap when only a complete answer will do', async () => {
    const { city, court } = faulty;
    await court.suffer(CLOSED);
    const answer = await city.ask(rowsQuery, { completeness: 'COMPLETE' });
    expect(answer.data).toEqual({ cases: null });
    expect(answer.errors).toMatchObject([
      {
        path: ['cases'],
        extensions: { code: 'INCOMPLETE', gaps: [{ court: broken, status: 'UNREACHABLE', reason: 'DOWN' }] },
      },
    ]);
  });
});

describe('other questions', () => {
  test('a question that excludes the court does not notice', async () => {
    const { city, court } = faulty;
    await court.suffer(CLOSED);
    const answer = await city.ask('query ($filter: CaseFilter) { cases(filter: $filter) { coverage { complete } } }', {
      filter: { courts: othersThan(city, broken) },
    });
    expect(answer.errors).toBeUndefined();
    expect(answer.data).toEqual({ cases: { coverage: { complete: true } } });
  });

  test('its own case is null with an error; the court is still known by name; siblings answer', async () => {
    const { city, court } = faulty;
    const number = someNumber(city, broken);
    const other = (await liveRows(city, { cases: [broken] })).rows[0]!.number;
    await court.suffer(CLOSED);
    const answer = await city.ask(
      `query ($number: CaseNumber!, $other: CaseNumber!) {
        own: case(number: $number) { number stage }
        other: case(number: $other) { number court { code } }
        courts { code name }
      }`,
      { number, other },
    );
    expectOneError(answer, down());
    expect(answer.errors![0]!.path).toEqual(['own']);
    expect(answer.data).toMatchObject({ own: null, other: { number: other, court: { code: courtOf(city, other) } } });
    expect(answer.data!['courts']).toHaveLength(9);
  });

  test('sums become lower bounds over the courts that answered', async () => {
    const { city, court } = faulty;
    const sums = 'count amountDue amountOutstanding byStage { stage count amountOutstanding } byMonth { month count }';
    const query = `query ($filter: CaseFilter) {
      caseStatistics(filter: $filter) { ${sums} totalIsLowerBound coverage { complete } }
    }`;
    const expected = await city.ask(query, { filter: { courts: othersThan(city, broken) } });
    await court.suffer(CLOSED);
    const answer = await city.ask(query);
    expectOneError(answer, down());
    expect(answer.data).toEqual({
      caseStatistics: {
        ...(expected.data!['caseStatistics'] as object),
        totalIsLowerBound: true,
        coverage: { complete: false },
      },
    });
  });

  test('a court that the hub has no way to counts as unreachable', async () => {
    const { city } = faulty;
    const hub = await createHub({
      registry: city.registry,
      ...emittedGraph(),
      courts: new Map([...city.courts].filter(([code]) => code !== broken).map(([code, { ask }]) => [code, ask])),
      agencies: new Map(
        ['bank', 'vehicle', 'property'].map((name) => [name, () => Promise.reject(new Error('not asked here'))]),
      ),
      command: city.command.ask,
      asking: { deadlines },
    });
    const answer = await askHub(hub, rowsQuery, {});
    await hub.stop();
    expectOneError(answer, down());
    expectGap(city, answer, down());
    expect(rowsOf(answer)).toEqual((await liveRows(city, { cases: [broken], reach: [broken] })).rows);
  });
});

function inquiriesOf(answer: Parameters<typeof connectionOf>[0]) {
  return connectionOf(answer).edges.map(({ node }) => [
    node.number,
    node.court,
    node.debtors!.map(({ bank, vehicle, realEstate }) => ({ bank, vehicle, realEstate })),
  ]);
}
