import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import type { Answer, Question } from '../../../common/wire.ts';
import {
  cityWide,
  connectionOf,
  courtOf,
  coverageAt,
  expectDegraded,
  expectToldOnce,
  expectWhole,
  liveRows,
  numbersOf,
  othersThan,
  plainQuery,
  reachPath,
  rowsOf,
  rowsQuery,
  someNumber,
} from '../../support/city-answer.ts';
import { altered, asksCases, asksEntities, towards } from '../../support/faults.ts';
import { changeFields, changeLists } from '../../support/tampering.ts';
import { broken, deadlines, inTwoHops, startFaultyCity, type FaultyCity } from './faulty-city.ts';

let faulty: FaultyCity;
beforeAll(async () => {
  faulty = await startFaultyCity(deadlines, inTwoHops);
});
afterEach(() => faulty.court.recover());
afterAll(() => faulty[Symbol.asyncDispose]());

/** A number that this court could have given and did not. */
const unknownNumber = `（2017）${broken}执99999号`;

const asksTypes = (typeName: string) => (question: Question) =>
  asksEntities(question) && question.query.includes(`on ${typeName}`);

const broke = () => ({ court: broken, url: faulty.court.url });

describe('entities', () => {
  test('in another order are matched by their keys', async () => {
    const { city, court } = faulty;
    await court.suffer(
      towards(
        asksEntities,
        altered((answer) => changeLists(answer, '_entities', (list) => list.reverse())),
      ),
    );
    const answer = await city.ask(rowsQuery);
    expectWhole(answer);
    expect(rowsOf(answer)).toEqual((await liveRows(city, {})).rows);
  });

  test('in another order do not mix up the assets of debtors', async () => {
    const { city, court } = faulty;
    const whole = await city.ask(cityWide, { filter: {} });
    await court.suffer(
      towards(
        asksEntities,
        altered((answer) => changeLists(answer, '_entities', (list) => list.reverse())),
      ),
    );
    const answer = await city.ask(cityWide, { filter: {} });
    expectWhole(answer);
    expect(answer.data).toEqual(whole.data);
  });

  test('that come twice count once', async () => {
    const { city, court } = faulty;
    await court.suffer(
      towards(
        asksEntities,
        altered((answer) => changeLists(answer, '_entities', (list) => [...list, ...list])),
      ),
    );
    const answer = await city.ask(rowsQuery);
    expect(rowsOf(answer)).toEqual((await liveRows(city, {})).rows);
  });

  test.each<[string, (answer: Answer) => void]>([
    ['with keys that nobody asked for', (answer) => changeFields(answer, 'number', () => unknownNumber)],
    ['with keys of another type', (answer) => changeFields(answer, 'typename', () => 'Party')],
    ['that are null without an error', (answer) => changeLists(answer, '_entities', (list) => list.map(() => null))],
    ['that are left out', (answer) => changeLists(answer, '_entities', () => [])],
  ])('of cases %s leave the rows, with nothing below and one error', async (_, change) => {
    const { city, court } = faulty;
    await court.suffer(towards(asksTypes('Case'), altered(change)));
    const answer = await city.ask(rowsQuery);
    expectToldOnce(answer, broke());
    const { rows } = await liveRows(city, {});
    expect(rowsOf(answer).map(withoutKnownPersons)).toEqual(
      rows
        .map((row) => (courtOf(city, row.number) === broken ? { ...row, debtors: null } : row))
        .map(withoutKnownPersons),
    );
  });

  test('one of which is missing cost that one alone', async () => {
    const { city, court } = faulty;
    await court.suffer(
      towards(
        asksTypes('Case'),
        altered((answer) => changeLists(answer, '_entities', ([, ...list]) => list)),
      ),
    );
    const answer = await city.ask(rowsQuery);
    expectToldOnce(answer, broke());
    const without = rowsOf(answer).filter(({ debtors }) => debtors === null);
    expect(without.map(({ number }) => courtOf(city, number))).toEqual([broken]);
  });

  test.each<[string, (answer: Answer) => void]>([
    ['with keys that nobody asked for', (answer) => changeFields(answer, '_id', () => 'p1.AAAA')],
    ['of another type', (answer) => changeFields(answer, 'typename', () => 'Case')],
    ['that are left out', (answer) => changeLists(answer, '_entities', () => [])],
  ])('of persons %s are a gap, never "no cases here"', async (_, change) => {
    const { city, court } = faulty;
    await court.suffer(towards(asksTypes('Person'), altered(change)));
    const answer = await city.ask(rowsQuery);
    expectToldOnce(answer, broke());
    expect(rowsOf(answer)).toEqual((await liveRows(city, { reach: [broken] })).rows);
    const stated = coverageAt(answer, reachPath);
    expect(stated?.complete).toBe(false);
    expect(stated?.courts.filter(({ status }) => !['FOUND', 'NONE', 'NOT_ASKED'].includes(status))).toHaveLength(1);
  });

  test('that are null stand for persons whom this court does not know', async () => {
    const { city, court } = faulty;
    await court.suffer(
      towards(
        asksTypes('Person'),
        altered((answer) => changeLists(answer, '_entities', (list) => list.map(() => null))),
      ),
    );
    const answer = await city.ask(rowsQuery);
    expectWhole(answer);
    expect(rowsOf(answer)).toEqual((await liveRows(city, { reach: [broken] })).rows);
    const stated = coverageAt(answer, reachPath);
    expect(stated?.courts.find(({ code }) => code === broken)?.status).toBe('NONE');
  });
});

describe('rows with the number of another court', () => {
  /** Gives its rows numbers of the court 苏0324, whose own rows are in the city too. */
  const renumbered = (count: number) => (answer: Answer) => {
    const foreign = faulty.city.records.get('苏0324')!.map(({ number }) => number);
    const numbers = new Map<unknown, string>();
    changeFields(answer, 'number', (value) => {
      if (!numbers.has(value) && numbers.size < count) numbers.set(value, foreign[numbers.size % foreign.length]!);
      return numbers.get(value) ?? value;
    });
  };

  test.each([1, Infinity])('are left out and told, and the rest stands (%d of them)', async (count) => {
    const { city, court } = faulty;
    await court.suffer(towards(asksCases, altered(renumbered(count))));
    const answer = await city.ask(plainQuery);
    expectToldOnce(answer, broke());
    expect(answer.errors![0]!.extensions?.['code']).toBe('MISPLACED_ROW');
    expectDegraded(answer, broken);
    const { rows } = await liveRows(city, {});
    const [first] = rows.filter(({ number }) => courtOf(city, number) === broken);
    const left = rows.filter(({ number }) =>
      count === 1 ? number !== first!.number : courtOf(city, number) !== broken,
    );
    expect(numbersOf(answer)).toEqual(left.map(({ number }) => number));
  });

  test('cost nobody else anything in the one request of a task force', async () => {
    const { city, court } = faulty;
    const whole = await city.ask(cityWide, { filter: { courts: othersThan(city, broken) } });
    await court.suffer(towards(asksCases, altered(renumbered(Infinity))));
    const answer = await city.ask(cityWide, { filter: {} });
    expectToldOnce(answer, broke());
    expectDegraded(answer, broken);
    expect(connectionOf(answer).edges.map(({ node }) => node)).toEqual(
      connectionOf(whole).edges.map(({ node }) => node),
    );
  });

  test('make an answer that has to be complete an error', async () => {
    const { city, court } = faulty;
    await court.suffer(towards(asksCases, altered(renumbered(1))));
    const answer = await city.ask(plainQuery, { completeness: 'COMPLETE' });
    expect(answer.data).toEqual({ cases: null });
    expect(answer.errors?.map(({ extensions }) => extensions?.['code'])).toContain('INCOMPLETE');
  });

  test('are left out of a person’s cases, and told', async () => {
    const { city, court } = faulty;
    await court.suffer(towards(asksTypes('Person'), altered(renumbered(Infinity))));
    const answer = await city.ask(rowsQuery);
    expectToldOnce(answer, broke());
    expect(rowsOf(answer)).toEqual((await liveRows(city, { reach: [broken] })).rows);
    const stated = coverageAt(answer, reachPath);
    expect(stated?.courts.find(({ code }) => code === broken)?.status).toBe('DEGRADED');
  });

  test('never stand for the case that was asked for', async () => {
    const { city, court } = faulty;
    const number = someNumber(city, broken);
    for (const other of [unknownNumber, someNumber(city, '苏0324')]) {
      await court.suffer(altered((answer) => changeFields(answer, 'number', () => other)));
      const answer = await city.ask('query ($number: CaseNumber!) { case(number: $number) { number stage } }', {
        number,
      });
      expectToldOnce(answer, broke());
      expect(answer.data).toEqual({ case: null });
    }
  });
});

describe('rows out of order', () => {
  test.each<[string, (answer: Answer) => void]>([
    ['backwards', (answer) => changeLists(answer, 'edges', (list) => list.reverse())],
    [
      'with the last one first',
      (answer) => changeLists(answer, 'edges', (list) => [...list.slice(-1), ...list.slice(0, -1)]),
    ],
    ['each of them twice', (answer) => changeLists(answer, 'edges', (list) => list.flatMap((edge) => [edge, edge]))],
  ])('%s leave the city in order, without a row twice, and are told once', async (_, change) => {
    const { city, court } = faulty;
    await court.suffer(towards(asksCases, altered(change)));
    const answer = await city.ask(plainQuery);
    expectToldOnce(answer, broke());
    expect(answer.errors![0]!.extensions?.['code']).toBe('BAD_ORDER');
    expectDegraded(answer, broken);
    await expectOrderedRows(numbersOf(answer));
  });

  test('never hold up a walk, whose other courts have every row once', async () => {
    const { city, court } = faulty;
    await court.suffer(
      towards(
        asksCases,
        altered((answer) => changeLists(answer, 'edges', (list) => list.reverse())),
      ),
    );
    const numbers: string[] = [];
    let after: string | null = null;
    for (let pages = 0; pages < 40; pages += 1) {
      const answer: Answer = await city.ask(plainQuery, { first: 20, after });
      numbers.push(...numbersOf(answer));
      const { hasNextPage, endCursor } = connectionOf(answer).pageInfo;
      after = endCursor;
      if (!hasNextPage) break;
      expect(endCursor).not.toBeNull();
    }
    await expectOrderedRows(numbers);
  });

  test('of a person’s cases are put in order', async () => {
    const { city, court } = faulty;
    await court.suffer(
      towards(
        asksTypes('Person'),
        altered((answer) => changeLists(answer, 'cases', (list) => list.reverse())),
      ),
    );
    const answer = await city.ask(rowsQuery);
    expectWhole(answer);
    expect(rowsOf(answer)).toEqual((await liveRows(city, {})).rows);
  });

  test('and each twice among a person’s cases count once', async () => {
    const { city, court } = faulty;
    await court.suffer(
      towards(
        asksTypes('Person'),
        altered((answer) => changeLists(answer, 'cases', (list) => [...list, ...list])),
      ),
    );
    const answer = await city.ask(rowsQuery);
    expect(rowsOf(answer)).toEqual((await liveRows(city, {})).rows);
  });
});

/** Requires every row of the other courts once, and of the failing court none twice, in the order of the whole city. */
async function expectOrderedRows(numbers: readonly string[]): Promise<void> {
  const { city } = faulty;
  const whole = (await liveRows(city, {})).rows.map(({ number }) => number);
  const given = new Set(numbers);
  expect(numbers).toEqual(whole.filter((number) => given.has(number) || courtOf(city, number) !== broken));
}

/** Debtors of rows that have lost theirs may be known through other cases only; persons are compared elsewhere. */
function withoutKnownPersons<Row extends { debtors: readonly { name: string }[] | null }>(row: Row) {
  return { ...row, debtors: row.debtors?.map(({ name }) => name) ?? null };
}
