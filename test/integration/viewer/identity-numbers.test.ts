import { afterAll, beforeAll, describe, expect, it } from 'vitest';

import { maskIdNumber, parseIdentity } from '../../../common/identity.ts';
import { roleNames, roles, toClaims, type Viewer } from '../../../common/viewer.ts';
import { viewerHeader } from '../../../common/wire.ts';
import { askHub, startTestCity, type TestCity } from '../../support/test-city.ts';
import { viewerHeaders } from '../../support/viewers.ts';

const shown: readonly Viewer['role'][] = [
  'judge',
  'assistant',
  'clerk',
  'police',
  'command-centre',
  'task-force-member',
  'supervisor',
  'auditor',
];
const hidden: readonly Viewer['role'][] = ['court-it', 'lawyer', 'public'];

const viewerOf = (role: Viewer['role']): Viewer => ({
  subject: `some ${role}`,
  role,
  court: roles[role].court === 'never' ? null : '苏03',
  taskForces: role === 'task-force-member' ? ['tf-1'] : [],
  workId: null,
  dutyCertificate: null,
});

let city: TestCity;
/** How often any court was asked. */
let asked = 0;
/** Every number of the city in normal form, masked as it may be shown. */
let masked: ReadonlySet<string>;
beforeAll(async () => {
  city = await startTestCity({
    casesPerCourt: 15,
    seed: 'numbers',
    between:
      (_, ask) =>
      (...question) => ((asked += 1), ask(...question)),
  });
  masked = new Set(
    [...city.records.values()].flat().flatMap(({ parties }) =>
      parties.flatMap(({ idNumber, idType }) => {
        if (idNumber === null || idType === null) return [];
        return maskIdNumber(parseIdentity(idNumber, idType).number);
      }),
    ),
  );
}, 120_000);
afterAll(() => city[Symbol.asyncDispose]());

const everything = `{ cases(first: 100) { edges { node { number parties { id idType idNumber name writ { number }
  bank { status } person { id name names debtorParties { idNumber } cases { parties { idNumber } } } } } } } }`;
const numbersIn = (data: unknown): string[] =>
  [...JSON.stringify(data).matchAll(/"idNumber":"([^"]+)"/g)].map(([, number]) => number!);

it('every role has its place: a new one does not slip in', () => {
  expect([...shown, ...hidden].sort()).toEqual([...roleNames].sort());
});

describe.each(roleNames)('a %s', (role) => {
  it(
    shown.includes(role) ? 'sees identity numbers, masked' : 'sees no identity number, and everything else',
    async () => {
      const { data, errors } = await askHub(city.hub, everything, {}, viewerOf(role));
      expect(errors).toBeUndefined();
      const numbers = numbersIn(data);
      if (shown.includes(role)) {
        expect(numbers.length).toBeGreaterThan(100);
        for (const number of numbers) expect(masked).toContain(number);
      } else {
        expect(numbers).toEqual([]);
        expect(JSON.stringify(data)).not.toMatch(/★|(?<![0-9A-Z])\d{17}[0-9X](?![0-9A-Z])/);
        expect(JSON.stringify(data)).toContain('"idType":"RESIDENT_ID"');
      }
    },
  );
});

describe('a court', () => {
  const [code] = ['苏0312'];
  const ask = async (headers: Record<string, string>) => {
    const query = '{ cases(first: 50) { edges { node { parties { idNumber } } } } }';
    const { data } = await city.courts.get(code)!.ask({ query }, AbortSignal.timeout(10_000), headers);
    return numbersIn(data).length;
  };

  it.each<[string, Record<string, string>]>([
    ['nobody', {}],
    ['what is no viewer', { [viewerHeader]: '{"role":"judge"}' }],
    ['what is no JSON', { [viewerHeader]: 'judge' }],
    [
      'a role that it does not know',
      { [viewerHeader]: JSON.stringify({ ...toClaims(viewerOf('judge')), role: 'king' }) },
    ],
    ['the public', viewerHeaders(viewerOf('public'))],
  ])('that is asked for %s shows none', async (_, headers) => {
    expect(await ask(headers)).toBe(0);
  });

  it('that is asked for a judge shows them', async () => {
    expect(await ask(viewerHeaders(viewerOf('judge')))).toBeGreaterThan(20);
  });
});

describe('asking by an identity number', () => {
  const refused = { code: 'FORBIDDEN', argument: 'filter.partyIdNumber' };
  const query = `query ($n: String) { cases(filter: { partyIdNumber: $n }) { totalCount edges { node { number } } }
    caseStatistics(filter: { partyIdNumber: $n }) { count } }`;
  const courtsQuery = `query ($n: String, $courts: [ID!]) {
    cases(filter: { partyIdNumber: $n, courts: $courts }, completeness: PARTIAL) { totalCount } }`;
  /** Somebody's number, and one that is nobody's. */
  const numbers = () => [numberOfSomebody(), '11010519491231002X'];

  it.each(hidden)(
    'is one error of the caller for a %s, the same whoever it is, and no court is asked',
    async (role) => {
      const answers = [];
      for (const n of numbers()) {
        const before = asked;
        const answer = await askHub(city.hub, query, { n }, viewerOf(role));
        expect(asked).toBe(before);
        expect(answer.data).toEqual({ cases: null, caseStatistics: null });
        expect(answer.errors).toMatchObject([
          { extensions: { ...refused, count: 2, paths: ['cases', 'caseStatistics'] } },
        ]);
        expect(answer.errors![0]!.message).toContain('办案人员');
        expect(JSON.stringify(answer)).not.toContain(n.slice(6, 17));
        answers.push(answer.errors);
      }
      expect(answers[0]).toEqual(answers[1]);
    },
  );

  it('is refused to nobody known, also of one court alone', async () => {
    for (const courts of [null, ['苏0312'], []]) {
      const { data, errors } = await askHub(city.hub, courtsQuery, { n: numberOfSomebody(), courts }, null);
      expect(data).toEqual({ cases: null });
      expect(errors).toMatchObject([{ path: ['cases'], extensions: { code: 'FORBIDDEN' } }]);
    }
  });

  it.each(shown)('answers a %s', async (role) => {
    const { data, errors } = await askHub(city.hub, query, { n: numberOfSomebody() }, viewerOf(role));
    expect(errors).toBeUndefined();
    expect((data!['cases'] as { totalCount: number }).totalCount).toBeGreaterThan(0);
    expect(data!['caseStatistics']).toEqual({ count: (data!['cases'] as { totalCount: number }).totalCount });
  });

  it('is no matter where the number is null', async () => {
    const { data, errors } = await askHub(city.hub, query, { n: null }, viewerOf('lawyer'));
    expect(errors).toBeUndefined();
    expect(data!['cases']).toMatchObject({ totalCount: [...city.records.values()].flat().length });
  });

  it.each<[string, Record<string, string>]>([
    ['nobody', {}],
    ['what is no viewer', { [viewerHeader]: '{"role":"judge"}' }],
    ...hidden.map((role): [string, Record<string, string>] => [role, viewerHeaders(viewerOf(role))]),
  ])('is refused by the court itself for %s, the same whoever it is', async (_, headers) => {
    const answers = [];
    for (const n of numbers()) {
      const question = { query, variables: { n } };
      const answer = await city.courts.get('苏0312')!.ask(question, AbortSignal.timeout(10_000), headers);
      expect(answer.data).toEqual({ cases: null, caseStatistics: null });
      expect(answer.errors?.map(({ extensions }) => extensions)).toEqual([refused, refused]);
      answers.push(answer);
    }
    expect(answers[0]).toEqual(answers[1]);
  });
});

function numberOfSomebody(): string {
  return [...city.records.values()].flat().flatMap(({ parties }) => parties.flatMap((one) => one.idNumber ?? []))[0]!;
}

it('what a lawyer asks amiss repeats none, and the trail is not his to read', async () => {
  const number = numberOfSomebody();
  const questions: [string, Record<string, unknown>][] = [
    [
      'query ($n: String) { cases(filter: { partyIdNumber: $n }) { edges { node { parties { idNumber } } } } }',
      { n: number },
    ],
    ['query ($n: ID!) { person(id: $n) { id names } }', { n: number }],
    ['query ($n: ID!) { trailOfPerson(person: $n) { edges { node { person caseNumber } } } }', { n: number }],
    ['query ($n: String) { cases(filter: { partyIdNumber: $n }) { totalCount } }', { n: `${number}x` }],
  ];
  for (const [query, variables] of questions) {
    const answer = await askHub(city.hub, query, variables, viewerOf('lawyer'));
    expect(numbersIn(answer)).toEqual([]);
    expect(JSON.stringify(answer)).not.toContain(number.slice(6, 14));
  }
});
