import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { CaseRecord } from '../../../common/case-record.ts';
import { type CaseOrder, orderRules } from '../../../subgraphs/court/cursor/order.ts';
import { type Courts, createCourts, type RunningCourt } from './court.ts';
import { docket } from './docket.ts';

let courts: Courts;
let court: RunningCourt;

beforeAll(async () => {
  courts = await createCourts();
  court = await courts.start(docket);
});

afterAll(() => courts.stop());

const orders = Object.keys(orderRules) as CaseOrder[];
const page = `query($filter: CaseFilter, $first: Int, $after: String, $orderBy: CaseOrder) {
  cases(filter: $filter, first: $first, after: $after, orderBy: $orderBy) {
    edges { cursor node { number } } pageInfo { hasNextPage hasPreviousPage startCursor endCursor } } }`;

/** The order in plain words: value, unknown last in both directions, then year, court, type and serial. */
function sorted(order: CaseOrder): string[] {
  const valueOf = ({ filedOn, amountOutstanding }: CaseRecord): number | null => {
    if (order.startsWith('FILED')) return filedOn === null ? null : Date.parse(filedOn);
    if (order.startsWith('AMOUNT')) return amountOutstanding === null ? null : Number(amountOutstanding);
    return 0;
  };
  const keyOf = ({ number }: CaseRecord): string => {
    const [, year, word, serial] = /^（(\d+)）苏0312(\D+)(\d+)号$/.exec(number)!;
    return `${year!} ${word!.padEnd(3)} ${serial!.padStart(8, '0')}`;
  };
  const direction = order.endsWith('_DESC') ? -1 : 1;
  return [...docket]
    .sort((a, b) => {
      const [x, y] = [valueOf(a), valueOf(b)];
      if (x !== y) return x === null ? 1 : y === null ? -1 : (x - y) * direction;
      return Buffer.compare(Buffer.from(keyOf(a)), Buffer.from(keyOf(b)));
    })
    .map(({ number }) => number);
}

describe.each(orders)('in the order %s', (orderBy) => {
  test.each([1, 7, 45, 90, 100])('pages of %i give every case exactly once, with ascending cursors', async (first) => {
    const numbers: string[] = [];
    const cursors: Buffer[] = [];
    let after: string | null = null;
    for (let pages = 0; pages < 100; pages += 1) {
      const { cases } = await court.data(page, { first, after, orderBy });
      numbers.push(...cases.edges.map(({ node }) => node.number));
      cursors.push(...cases.edges.map(({ cursor }) => Buffer.from(cursor, 'base64url')));
      expect(cases.pageInfo.hasPreviousPage).toBe(after !== null);
      expect(cases.pageInfo.endCursor).toBe(cases.edges.at(-1)!.cursor);
      after = cases.pageInfo.endCursor;
      if (!cases.pageInfo.hasNextPage) break;
    }
    expect(numbers).toEqual(sorted(orderBy));
    expect(cursors.every((cursor, index) => index === 0 || Buffer.compare(cursors[index - 1]!, cursor) < 0)).toBe(true);
  });
});

test('a page after the last row is empty, has no cursors, and still speaks of the whole filter', async () => {
  const { cases: all } = await court.data(page, { first: 100, orderBy: 'NUMBER_ASC' });
  const { cases } = await court.data(
    `query($after: String) { cases(after: $after, orderBy: NUMBER_ASC) { edges { cursor } pageInfo { hasNextPage startCursor endCursor }
      totalCount coverage { courts { status } } } }`,
    { after: all.pageInfo.endCursor },
  );
  expect(cases).toEqual({
    edges: [],
    pageInfo: { hasNextPage: false, startCursor: null, endCursor: null },
    totalCount: 90,
    coverage: { courts: [{ status: 'FOUND' }] },
  });
});

test('coverage is the court itself, by its own clock', async () => {
  const ask = async (filter: object): Promise<unknown> => {
    const { cases } = await court.data(
      `query($filter: CaseFilter) { cases(filter: $filter) { totalIsLowerBound coverage { complete
        courts { court { code } status reason asOf elapsedMs missingFields } gaps: courts(only: GAPS) { status } } } }`,
      { filter },
    );
    return cases;
  };
  const answer = (status: string): object => ({
    totalIsLowerBound: false,
    coverage: {
      complete: true,
      courts: [
        {
          court: { code: '苏0312' },
          status,
          reason: null,
          asOf: '2018-01-04T08:30:00.000+08:00',
          elapsedMs: expect.any(Number) as number,
          missingFields: null,
        },
      ],
      gaps: [],
    },
  });
  expect(await ask({})).toEqual(answer('FOUND'));
  expect(await ask({ stages: [] })).toEqual(answer('NONE'));
});

test('a page is one statement; the total and an unproven coverage cost one more each', async () => {
  const count = async (query: string, variables?: Record<string, unknown>): Promise<number> => {
    court.statements();
    await court.data(query, variables);
    return court.statements().length;
  };
  const { cases } = await court.data(page, { first: 90 });
  const after = cases.pageInfo.endCursor;
  expect(await count('{ cases { edges { cursor } pageInfo { hasNextPage } } }')).toBe(1);
  expect(await count('{ cases { coverage { complete } edges { cursor } } }')).toBe(1);
  expect(await count('{ cases(filter: { stages: [] }) { coverage { complete } edges { cursor } } }')).toBe(1);
  expect(
    await count('query($after: String) { cases(after: $after) { coverage { complete } edges { cursor } } }', { after }),
  ).toBe(2);
  expect(await count('{ cases { totalCount edges { cursor } } }')).toBe(2);
  expect(await count('{ cases { totalCount } }')).toBe(1);
});

test('a cursor goes on in the same walk only', async () => {
  const { cases } = await court.data(page, {
    first: 5,
    orderBy: 'FILED_ON_ASC',
    filter: { stages: ['FILED', 'FAST'] },
  });
  const after: string = cases.pageInfo.endCursor;
  const fault = async (variables: Record<string, unknown>): Promise<unknown> => {
    const { data, errors } = await court.ask(page, { after, orderBy: 'FILED_ON_ASC', ...variables });
    return errors ? errors.map(({ path, extensions }) => [path, extensions]) : data && 'accepted';
  };
  expect(await fault({ filter: { stages: ['FAST', 'FILED', 'FAST'], types: null } })).toBe('accepted');
  expect(await fault({ filter: { stages: ['FILED'] } })).toEqual([
    [['cases'], { code: 'BAD_CURSOR', fault: 'other filter' }],
  ]);
  expect(await fault({ orderBy: 'FILED_ON_DESC', filter: { stages: ['FILED', 'FAST'] } })).toEqual([
    [['cases'], { code: 'BAD_CURSOR', fault: 'other order' }],
  ]);
  expect(await fault({ after: 'nonsense' })).toEqual([[['cases'], { code: 'BAD_CURSOR', fault: 'malformed' }]]);
});

test.each([0, -1, 101])('%i rows cannot be asked for', async (first) => {
  const { data, errors } = await court.ask(page, { first });
  expect(data).toEqual({ cases: null });
  expect(errors).toMatchObject([
    {
      message: `first: ${first} rows cannot be asked for; expected an integer from 1 to 100`,
      path: ['cases'],
      extensions: { code: 'BAD_USER_INPUT', argument: 'first', value: first },
    },
  ]);
});

test('an explicit null means the default', async () => {
  const asked =
    '{ cases(filter: null, first: null, after: null, orderBy: null, completeness: null) { edges { node { number } } } }';
  expect(await court.data(asked)).toEqual(await court.data('{ cases { edges { node { number } } } }'));
});

test("a person's cases come in pages too, each of that person and role alone", async () => {
  const { cases } = await court.data(
    '{ cases(filter: { partyIdNumber: "110105491231002" }, first: 1) { totalCount edges { node { debtors { person { id } } } } } }',
  );
  const id: string = cases.edges[0]!.node.debtors[0]!.person.id;
  const ofPerson = `query($id: ID!, $after: String, $role: PartyRole) { person(id: $id) { caseConnection(first: 9, after: $after, role: $role, orderBy: AMOUNT_OUTSTANDING_ASC) {
    totalCount edges { node { number } } pageInfo { hasNextPage endCursor } } } }`;
  const numbers: string[] = [];
  let after: string | null = null;
  do {
    const { person } = await court.data(ofPerson, { id, after, role: 'DEBTOR' });
    expect(person.caseConnection.totalCount).toBe(cases.totalCount);
    numbers.push(...person.caseConnection.edges.map(({ node }) => node.number));
    after = person.caseConnection.pageInfo.hasNextPage ? person.caseConnection.pageInfo.endCursor : null;
  } while (after !== null);
  const mine = new Set(docket.filter((_, index) => index % 4 === 0 && index % 10 !== 1).map(({ number }) => number));
  expect(numbers).toEqual(sorted('AMOUNT_OUTSTANDING_ASC').filter((number) => mine.has(number)));

  const { person } = await court.data(ofPerson, { id, after: null, role: 'DEBTOR' });
  const { errors } = await court.ask(ofPerson, {
    id,
    after: person.caseConnection.pageInfo.endCursor,
    role: 'APPLICANT',
  });
  expect(errors?.[0]?.extensions).toEqual({ code: 'BAD_CURSOR', fault: 'other filter' });
});
