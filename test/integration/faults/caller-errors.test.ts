import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Answer } from '../../../common/wire.ts';
import { cursorsOf } from '../../../gateway/horizontal/cursor.ts';
import {
  cityWide,
  connectionOf,
  courtOf,
  expectMistake,
  expectNothingPrivate,
  liveRows,
  plainQuery,
  someNumber,
  type Connection,
} from '../../support/city-answer.ts';
import { CLOSED } from '../../support/fault-proxy.ts';
import { broken, startFaultyCity, type FaultyCity } from './faulty-city.ts';

let faulty: FaultyCity;
beforeAll(async () => {
  faulty = await startFaultyCity();
});
afterAll(() => faulty[Symbol.asyncDispose]());

const ask = (query: string, variables?: Record<string, unknown>) => faulty.city.ask(query, variables);

const expectCallerError = (answer: Answer, code: string, path: readonly string[], ...says: RegExp[]) =>
  expectMistake(answer, { code, path, says, url: faulty.court.url });

/** Requires that no court was asked while `work` ran; one court stands for all. */
async function unasked(work: () => Promise<Answer>): Promise<Answer> {
  const before = faulty.court.asked();
  const answer = await work();
  expect(faulty.court.asked()).toBe(before);
  return answer;
}

describe('first', () => {
  test.each([0, -1, 101, 2_000_000])('of %s is refused by the hub with the range', async (first) => {
    const answer = await unasked(() => ask(plainQuery, { first }));
    expect(answer.data).toEqual({ cases: null });
    expectCallerError(answer, 'BAD_USER_INPUT', ['cases'], /first/, new RegExp(String(first)), /\b1\b.*\b100\b/);
  });

  test('of null is the default, as in every court', async () => {
    const answer = await ask(plainQuery, { first: null });
    expect(answer.errors).toBeUndefined();
    const { rows } = await liveRows(faulty.city, {}, { first: null });
    expect(connectionOf(answer).edges.map(({ node }) => node.number)).toEqual(rows.map(({ number }) => number));
    expect(rows).toHaveLength(20);
  });

  test.each([0, 101])('of %s is refused for the cases of a person, whose name is still given', async (first) => {
    const id = await somePerson();
    for (const list of ['cases(first: $first) { number }', 'caseConnection(first: $first) { totalCount }']) {
      const answer = await ask(`query ($id: ID!, $first: Int) { person(id: $id) { name list: ${list} } }`, {
        id,
        first,
      });
      expect(answer.data).toEqual({ person: { name: expect.any(String) as string, list: null } });
      expectCallerError(answer, 'BAD_USER_INPUT', ['person', 'list'], /first/, /\b1\b.*\b100\b/);
    }
  });

  test('that is wrong costs its own field only', async () => {
    const answer = await ask('{ wrong: cases(first: 0) { totalCount } right: cases(first: 1) { totalCount } }');
    expect(answer.data).toEqual({ wrong: null, right: { totalCount: (await liveRows(faulty.city, {})).totalCount } });
    expectCallerError(answer, 'BAD_USER_INPUT', ['wrong'], /first/);
  });
});

describe('a cursor', () => {
  test.each([
    ['nothing', ''],
    ['no base64url', 'nonsense!'],
    ['zeros', 'AAAA'],
    ['Chinese', '案号'],
    ['very long', 'A'.repeat(5_000)],
  ])('that is malformed is refused: %s', async (_, after) => {
    const answer = await ask(cityWide, { filter: {}, after });
    expect(answer.data).toEqual({ cases: null });
    expectCallerError(answer, 'BAD_CURSOR', ['cases'], /cursor/i, /malformed|not a cursor/);
  });

  test('that lost its end is refused', async () => {
    const cursor = await endCursor({});
    for (const after of [cursor.slice(0, -3), cursor.slice(4), `${cursor}AAAA`]) {
      const answer = await ask(plainQuery, { after });
      expect(answer.data).toEqual({ cases: null });
      expectCallerError(answer, 'BAD_CURSOR', ['cases']);
    }
  });

  test('of another order is refused as such', async () => {
    const answer = await ask(plainQuery, { after: await endCursor({ orderBy: 'FILED_ON_ASC' }) });
    expect(answer.data).toEqual({ cases: null });
    expectCallerError(answer, 'BAD_CURSOR', ['cases'], /order/);
  });

  test('of another filter is refused as such', async () => {
    const answer = await ask(plainQuery, { after: await endCursor({ filter: { amountOutstandingMin: '1.00' } }) });
    expect(answer.data).toEqual({ cases: null });
    expectCallerError(answer, 'BAD_CURSOR', ['cases'], /filter/);
  });

  test('of the same filter in other words is taken', async () => {
    const after = await endCursor({ filter: { amountOutstandingMin: '1.00', stages: null } });
    const answer = await ask(plainQuery, { after, filter: { amountOutstandingMin: '1' } });
    expect(answer.errors).toBeUndefined();
  });

  test('that names courts outside the registry brings none into the coverage', async () => {
    const { city } = faulty;
    const position = positionOf(await endCursor({}));
    const answer = await ask(plainQuery, { after: cursorsOf(['苏9999', 'nobody'], [])(position) });
    expect(JSON.stringify(answer)).not.toMatch(/苏9999|nobody/);
    const connection = answer.data?.['cases'] as Connection | null;
    if (connection === null) expectCallerError(answer, 'BAD_CURSOR', ['cases']);
    else expect(connection.coverage.courts).toHaveLength(city.registry.courts.length);
  });

  test('that is wrong below a person costs that connection only', async () => {
    const id = await somePerson();
    const answer = await ask(
      `query ($id: ID!) { person(id: $id) { name cases { number } caseConnection(after: "nonsense!") { totalCount } } }`,
      { id },
    );
    expectCallerError(answer, 'BAD_CURSOR', ['person', 'caseConnection']);
    const { name, cases, caseConnection } = answer.data!['person'] as Record<string, unknown>;
    expect(name).toBeTypeOf('string');
    expect((cases as unknown[]).length).toBeGreaterThan(0);
    expect(caseConnection).toBeNull();
  });
});

describe('a filter', () => {
  test('with an unknown court is refused with the courts that are known', async () => {
    const { city } = faulty;
    const answer = await unasked(() => ask(plainQuery, { filter: { courts: ['苏0312', '苏9999'] } }));
    expect(answer.data).toEqual({ cases: null });
    expectCallerError(
      answer,
      'UNKNOWN_COURT',
      ['cases'],
      /苏9999/,
      ...city.registry.courts.map(({ code }) => new RegExp(code)),
    );
  });

  test('with a number of a court elsewhere is refused with the courts that are known', async () => {
    const answer = await unasked(() => ask(plainQuery, { filter: { numbers: ['（2017）京0101执1号'] } }));
    expect(answer.data).toEqual({ cases: null });
    expectCallerError(answer, 'UNKNOWN_COURT', ['cases'], /京0101/, /苏0312/);
  });

  const secret = '320312194912310028';
  test.each<[string, Record<string, unknown>, RegExp]>([
    ['number', { numbers: ['not a number'] }, /expected|such as/],
    ['date', { filedFrom: '2017-02-30' }, /expected|such as/],
    ['date of another form', { filedTo: '31/12/2017' }, /expected|such as/],
    ['amount with three decimals', { amountOutstandingMin: '1.234' }, /expected|such as/],
    ['amount in words', { amountOutstandingMax: '一万' }, /expected|such as/],
    ['name of one character', { partyName: '王' }, /two characters/],
    ['identity number with a wrong check digit', { partyIdNumber: secret }, /expected|such as/],
    ['person', { personId: 'u1.***' }, /expected|such as/],
    ['stage', { stages: ['NO_SUCH_STAGE'] }, /stages/],
    ['identity number in a list', { partyIdNumber: [secret] }, /partyIdNumber|String/],
    ['field', { verdict: 'guilty' }, /verdict/],
  ])('with a bad %s is one error of the caller', async (_, filter, says) => {
    const answer = await ask(plainQuery, { filter });
    expect(answer.errors, JSON.stringify(answer)).toHaveLength(1);
    expect(answer.errors![0]!.extensions?.['code']).toBe('BAD_USER_INPUT');
    expect(answer.errors![0]!.message).toMatch(says);
    expect(answer.data?.['cases'] ?? null).toBeNull();
    expect(JSON.stringify(answer)).not.toContain(secret);
    expectNothingPrivate(answer, faulty.court.url);
  });

  test.each<[string, string, RegExp]>([
    ['number', 'numbers: ["（2017）苏0312执号"]', /expected|such as/],
    ['date', 'filedFrom: "yesterday"', /expected|such as/],
    ['amount', 'amountOutstandingMin: "1e3"', /expected|such as/],
    ['amount that is no text', 'amountOutstandingMin: 12', /expected|such as|text/],
    ['identity number', `partyIdNumber: "${secret}"`, /expected|such as/],
  ])('with a bad %s written into the question is one error of the caller', async (_, filter, says) => {
    const answer = await ask(`{ cases(filter: { ${filter} }) { totalCount } }`);
    expectCallerError(answer, 'BAD_USER_INPUT', ['cases'], says);
    expect(JSON.stringify(answer)).not.toContain(secret);
  });

  test('with an identity number that is no text is refused without repeating it', async () => {
    const answer = await ask(`{ cases(filter: { partyIdNumber: ${secret} }) { totalCount } }`);
    expect(answer.data).toBeUndefined();
    expect(answer.errors).toHaveLength(1);
    expect(JSON.stringify(answer)).not.toContain(secret);
  });

  test.each([{ courts: [] }, { numbers: [] }, { stages: [] }, { types: [] }, { closingModes: [] }])(
    'with an empty list asks for nothing, and finds nothing (%j)',
    async (filter) => {
      const answer = await ask(plainQuery, { filter });
      expect(answer.errors).toBeUndefined();
      expect(connectionOf(answer)).toMatchObject({
        totalCount: 0,
        totalIsLowerBound: false,
        coverage: { complete: true },
        pageInfo: { hasNextPage: false, endCursor: null },
        edges: [],
      });
    },
  );

  test('whose courts and numbers exclude each other asks nobody', async () => {
    const { city } = faulty;
    const number = someNumber(city, '苏0324');
    const answer = await unasked(() => ask(plainQuery, { filter: { courts: [broken], numbers: [number] } }));
    expect(answer.errors).toBeUndefined();
    const { totalCount, coverage } = connectionOf(answer);
    expect({ totalCount, complete: coverage.complete }).toEqual({ totalCount: 0, complete: true });
    expect(new Set(coverage.courts.map(({ status }) => status))).toEqual(new Set(['NOT_ASKED']));
  });
});

describe('a case by its number', () => {
  test.each([
    ['not a number', 'BAD_USER_INPUT', /expected|such as/],
    ['（2017）京0101执1号', 'UNKNOWN_COURT', /苏0312/],
  ])('that is %s is refused, and its sibling answers', async (number, code, says) => {
    const other = (await liveRows(faulty.city, {})).rows[0]!.number;
    const answer = await ask(
      'query ($number: CaseNumber!, $other: CaseNumber!) { wrong: case(number: $number) { stage } right: case(number: $other) { number court { code } } }',
      { number, other },
    );
    expect(answer.data).toEqual({
      wrong: null,
      right: { number: other, court: { code: courtOf(faulty.city, other) } },
    });
    expectCallerError(answer, code, ['wrong'], says);
  });

  test('that no court has is null without an error', async () => {
    const answer = await ask('{ case(number: "（1999）苏0312执1号") { stage } }');
    expect(answer).toMatchObject({ data: { case: null } });
    expect(answer.errors).toBeUndefined();
  });
});

test('a person by a malformed id is one error of the caller', async () => {
  const answer = await ask('{ person(id: "nobody") { name } }');
  expect(answer.data).toEqual({ person: null });
  expectCallerError(answer, 'BAD_USER_INPUT', ['person'], /expected|such as/);
});

describe('a question that is not of the graph', () => {
  test.each([
    ['an unknown field', '{ cases { totalCount verdict } }', /verdict/],
    ['an unknown argument', '{ cases(limit: 5) { totalCount } }', /limit/],
    ['a hidden field', '{ cases { edges { node { parties { subject { idNumber } } } } } }', /subject/],
    ['an alias that is reserved to the hub', '{ cases { _nonet_x: totalCount } }', /_nonet_x.*reserved/],
    [
      'a variable that is reserved to the hub',
      'query ($_nonet_after0: String) { cases(after: $_nonet_after0) { totalCount } }',
      /reserved/,
    ],
    ['a syntax error', '{ cases { totalCount }', /Syntax/],
  ])('is refused before anybody is asked (%s)', async (_, query, says) => {
    const answer = await unasked(() => ask(query));
    expect(answer.data).toBeUndefined();
    expect(answer.errors, JSON.stringify(answer.errors)).toHaveLength(1);
    expect(answer.errors![0]!.message).toMatch(says);
    expect(answer.errors![0]!.extensions?.['code']).toMatch(
      /^(GRAPHQL_VALIDATION_FAILED|GRAPHQL_PARSE_FAILED|RESERVED_NAME)$/,
    );
    expectNothingPrivate(answer, faulty.court.url);
  });
});

describe('a caller’s mistake while a court is down', () => {
  test('is told as the caller’s, beside the court that is down', async () => {
    const after = await endCursor({ orderBy: 'FILED_ON_ASC' });
    await faulty.court.suffer(CLOSED);
    const answer = await ask(plainQuery, { after });
    await faulty.court.recover();
    expect(answer.data).toEqual({ cases: null });
    expect(answer.errors?.map(({ extensions }) => extensions?.['code'])).toContain('BAD_CURSOR');
  });
});

async function endCursor(variables: Record<string, unknown>): Promise<string> {
  return connectionOf(await ask(plainQuery, { first: 5, ...variables })).pageInfo.endCursor!;
}

/** A cursor without missing courts ends in two bytes that say so. */
function positionOf(cursor: string): string {
  return Buffer.from(cursor, 'base64url').subarray(0, -2).toString('base64url');
}

async function somePerson(): Promise<string> {
  const { rows } = await liveRows(faulty.city, {});
  return rows[0]!.debtors![0]!.person!.id;
}
