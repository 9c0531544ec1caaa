import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';

import type { Answer } from '../../../common/wire.ts';
import { startTestCity, type TestCity } from '../../support/test-city.ts';

const liar = '苏0312';
const identityNumber = '320312198001011232';
type Lie = (data: Record<string, unknown>, query: string) => void;

let city: TestCity;
let lie: Lie | null = null;

beforeAll(async () => {
  city = await startTestCity({
    casesPerCourt: 15,
    between: (code, ask) => async (question, signal, headers) => {
      const answer = JSON.parse(JSON.stringify(await ask(question, signal, headers))) as Answer;
      if (code === liar && lie && answer.data) lie(answer.data, question.query);
      return answer;
    },
  });
});
beforeEach(() => {
  lie = null;
});
afterAll(() => city[Symbol.asyncDispose]());

/** Calls `change` with every object of an answer. */
function eachObject(value: unknown, change: (object: Record<string, unknown>) => void): void {
  if (typeof value !== 'object' || value === null) return;
  if (!Array.isArray(value)) change(value as Record<string, unknown>);
  for (const inner of Object.values(value)) eachObject(inner, change);
}

const wealth = `{ cases(first: 100) { edges { node { number debtors { caseNumber id name bank { status accounts { number balance } } } } } } }`;

interface Debtor {
  readonly caseNumber: string;
  readonly id: string;
  readonly bank: { readonly status: string } | null;
}

function debtorsOf(answer: Answer): Debtor[] {
  const { cases } = answer.data as { cases: { edges: { node: { debtors: Debtor[] | null } }[] } };
  return cases.edges.flatMap(({ node }) => node.debtors ?? []);
}

test('a court cannot put its debtor’s accounts under another court’s debtor', async () => {
  const whole = debtorsOf(await city.ask(wealth));
  const victim = whole.find(({ caseNumber, bank }) => !caseNumber.includes(liar) && bank?.status !== 'REFUSED');
  expect(victim).toBeDefined();
  lie = (data) =>
    eachObject(data, (object) => {
      if (!('debtors' in object)) return;
      eachObject(object['debtors'], (debtor) => {
        if (!('_nonet_caseNumber' in debtor)) return;
        debtor['_nonet_caseNumber'] = victim!.caseNumber;
        debtor['caseNumber'] = victim!.caseNumber;
        debtor['id'] = victim!.id;
      });
    });
  const answer = await city.ask(wealth);
  const now = debtorsOf(answer).filter(({ caseNumber, id }) => caseNumber === victim!.caseNumber && id === victim!.id);
  expect(now).toEqual([victim]);
  expect(answer.errors?.map(({ extensions }) => [extensions?.['code'], extensions?.['court']])).toEqual([
    ['MISPLACED_ROW', liar],
  ]);
});

test('a court that answers about another person than the one asked for gives nothing', async () => {
  const found = await city.ask(
    '{ cases(filter: { courts: ["苏03"] }, first: 1) { edges { node { debtors { person { id } } } } } }',
  );
  const { cases } = found.data as { cases: { edges: { node: { debtors: { person: { id: string } }[] } }[] } };
  const { id } = cases.edges[0]!.node.debtors[0]!.person;
  const query = `{ person(id: "${id}") { id name } }`;
  const whole = await city.ask(query);
  lie = (data) => {
    data['person'] = {
      id: 'p1.other',
      _nonet_id: 'p1.other',
      name: 'SOMEBODY ELSE',
      _nonet_lastFiledOn: '2099-01-01',
      _nonet_typename: 'Person',
    };
  };
  const answer = await city.ask(query);
  expect((answer.data as { person: { name: string } }).person.name).not.toBe('SOMEBODY ELSE');
  expect(answer.data).toEqual(whole.data);
  expect(answer.errors?.map(({ extensions }) => extensions?.['court'])).toEqual([liar]);
});

test.each([
  ['of another court', { court: { code: '苏03' }, status: 'REFUSED' }],
  [
    'of nobody, with an address and a number',
    { court: { code: `see http://evil/${identityNumber}` }, status: 'FOUND' },
  ],
  ['that says it was not asked', { court: { code: liar }, status: 'NOT_ASKED' }],
])('a court that states coverage %s has answered nothing', async (_, entry) => {
  const answer = await askStating(entry);
  const { cases } = answer.data as { cases: { coverage: { complete: boolean; courts: object[] }; edges: RowEdge[] } };
  expect(cases.coverage.courts).toContainEqual(
    expect.objectContaining({ court: { code: liar, name: '徐州市铜山区人民法院' }, status: 'UNREACHABLE' }),
  );
  expect(cases.coverage.complete).toBe(false);
  expect(cases.edges.filter(({ node }) => node.number.includes(liar))).toEqual([]);
  expect(answer.errors).toMatchObject([{ extensions: { court: liar, reason: 'GARBLED' } }]);
  expect(JSON.stringify(answer)).not.toMatch(/evil|srv|3203121980/);
});

test('fields that a court names as missing in its own words go no further', async () => {
  const entry = { court: { code: liar }, status: 'FOUND', missingFields: [`${identityNumber} at /srv`] };
  const whole = await city.ask(statingQuery);
  const answer = await askStating(entry);
  expect(answer.data).toEqual(whole.data);
  expect(JSON.stringify(answer)).not.toMatch(/evil|srv|3203121980/);
});

interface RowEdge {
  readonly node: { readonly number: string };
}

const statingQuery =
  '{ cases(first: 100) { totalCount coverage { complete courts { court { code name } status missingFields } } edges { node { number } } } }';

/** Asks while the court states this of itself, or of whom it pleases. */
async function askStating(entry: object) {
  lie = (data) =>
    eachObject(data, (object) => {
      const stated = object['_nonet_coverage'] as { courts: object[] } | undefined;
      if (stated) stated.courts = [{ reason: null, asOf: null, elapsedMs: 1, missingFields: null, ...entry }];
    });
  return city.ask(statingQuery);
}

test.each([-1000, 0, 1])('a total of %i beside more rows is not believed', async (total) => {
  lie = (data) =>
    eachObject(data, (object) => {
      if ('totalCount' in object) object['totalCount'] = total;
    });
  const answer = await city.ask('{ cases(first: 100) { totalCount totalIsLowerBound coverage { complete } } }');
  const others = [...city.records]
    .filter(([code]) => code !== liar)
    .reduce((sum, [, records]) => sum + records.length, 0);
  expect(answer.data).toEqual({
    cases: { totalCount: others, totalIsLowerBound: true, coverage: { complete: false } },
  });
  expect(answer.errors?.map(({ extensions }) => [extensions?.['reason'], extensions?.['court']])).toEqual([
    ['WRONG_TOTAL', liar],
  ]);
});

test('nobody is found where no case names the person', async () => {
  const answer = await city.ask(`{ person(id: "p1.${'A'.repeat(43)}") { name } }`);
  expect(answer.data).toEqual({ person: null });
  const [coverage] = answer.extensions!['coverage'] as { complete: boolean; courts: { status: string }[] }[];
  expect(coverage!.complete).toBe(true);
  expect(new Set(coverage!.courts.map(({ status }) => status))).toEqual(new Set(['NONE']));
});

test.each([['query A { courts { code } } query B { courts { name } }'], ['subscription { __typename }']])(
  '%s is the caller’s fault',
  async (query) => {
    const { errors } = await city.ask(query);
    expect(errors).toHaveLength(1);
    expect(errors![0]!.extensions?.['code']).toBe('OPERATION_RESOLUTION_FAILURE');
  },
);

test('a bad value in a question to one court is told with what would be right', async () => {
  const { errors } = await city.ask(
    '{ cases(filter: { courts: ["苏0312"], partyIdNumber: "110105194912310021" }) { totalCount } }',
  );
  expect(errors).toHaveLength(1);
  const [error] = errors!;
  expect(error!.extensions).toMatchObject({ code: 'BAD_USER_INPUT', argument: 'filter.partyIdNumber' });
  expect(error!.message).toMatch(/filter\.partyIdNumber cannot be used\. It is: .*证件号码/);
  expect(error!.message).not.toContain('110105194912310021');
});

test('two accounts of one party go to no agency', async () => {
  const before = debtorsOf(await city.ask(wealth)).find(
    ({ caseNumber, bank }) => caseNumber.includes(liar) && bank?.status !== 'REFUSED',
  );
  expect(before).toBeDefined();
  lie = (data) =>
    eachObject(data, (object) => {
      const debtors = object['debtors'] as Record<string, unknown>[] | undefined;
      const own = debtors?.find((debtor) => debtor['caseNumber'] === before!.caseNumber && debtor['id'] === before!.id);
      if (own) debtors!.push({ ...own, writ: null });
    });
  const answer = await city.ask(wealth);
  const now = debtorsOf(answer).filter(({ caseNumber, id }) => caseNumber === before!.caseNumber && id === before!.id);
  expect(now.map(({ bank }) => bank)).toEqual([null, null]);
  expect(answer.errors?.map(({ extensions }) => extensions?.['code'])).toContain('CONFLICT');
});
