import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';

import type { Answer } from '../../../common/wire.ts';
import { joined } from '../../../gateway/membership/membership.ts';
import { createOlderCourt } from '../../support/older-court.ts';
import { startTestCity, type TestCity } from '../../support/test-city.ts';

const code = '苏0312';

interface Row {
  readonly number: string;
  readonly team?: object | null;
  readonly debtors?: readonly Debtor[] | null;
}

interface Debtor {
  readonly writ: object | null;
  readonly bank: object | null;
  readonly person?: { readonly id: string };
}

interface Cases {
  readonly totalCount: number;
  readonly totalIsLowerBound: boolean;
  readonly coverage: { readonly courts: readonly { readonly court: { readonly code: string } }[] };
  readonly edges: readonly { readonly node: Row }[];
}

describe('a city in which one court runs an older program', () => {
  const older = createOlderCourt(code);
  let city: TestCity;

  beforeAll(async () => {
    city = await startTestCity({
      casesPerCourt: 20,
      seed: 'drift',
      between: (court, ask) => (court === code ? older.between(ask) : ask),
    });
  }, 120_000);
  afterEach(() => {
    expect(older.refused).toEqual([]);
    older.refused.length = 0;
    older.lose();
    city.hub.roll.judge(code, joined);
  });
  afterAll(() => city[Symbol.asyncDispose]());

  function lose(...coordinates: string[]) {
    const { capability, incompatible } = older.lose(...coordinates);
    expect(incompatible).toEqual([]);
    expect(capability.isWhole).toBe(false);
    city.hub.roll.judge(code, { kind: 'joined', capability });
    older.asked.length = 0;
  }
  const askOracle = (query: string, variables: Record<string, unknown> = {}): Promise<Answer> =>
    city.oracle.ask({ query, variables }, new AbortController().signal);
  const isOwn = (number: string) => city.hub.roll.now().members.ownerOf(number) === code;
  const casesOf = ({ data }: Answer) => (data as { readonly cases: Cases }).cases;
  const rowsOf = (answer: Answer) => casesOf(answer).edges.map(({ node }) => node);
  const coverageOf = (answer: Answer) => casesOf(answer).coverage.courts.find(({ court }) => court.code === code);
  const coverage = 'coverage { complete courts { court { code } status reason missingFields } }';
  const errorsOf = ({ errors = [] }: Answer) => errors.map(({ extensions }) => extensions ?? {});

  it('gives a field that it lacks as null, in its own rows alone, and names it', async () => {
    lose('Case.amountDue');
    const query = (more: string) =>
      `{ cases(first: 100, orderBy: NUMBER_ASC) { totalCount ${more} edges { node { number due: amountDue stage } } } }`;
    const hub = await city.ask(query(coverage));
    const one = await askOracle(query(''));
    expect(rowsOf(hub)).toEqual(rowsOf(one).map((row) => (isOwn(row.number) ? { ...row, due: null } : row)));
    expect(coverageOf(hub)).toMatchObject({ status: 'DEGRADED', reason: 'UNSUPPORTED', missingFields: ['amountDue'] });
    expect(casesOf(hub)).toMatchObject({
      totalCount: casesOf(one).totalCount,
      coverage: { complete: false },
    });
    expect(errorsOf(hub)).toEqual([
      expect.objectContaining({ code: 'UPSTREAM_REFUSED', court: code, reason: 'UNSUPPORTED', count: 1 }),
    ]);
    expect(hub.errors![0]!.message).toContain('does not have amountDue');
  });

  // Such a name goes through planning as one of the hub's, and is a client's all the same (`execution/aliases.ts`).
  it.each([
    ['it lacks what is asked for', 'Case.amountDue', (alias: string) => `${alias}: amountDue`],
    ['nothing else is asked of its rows', 'Case.amountDue', (alias: string) => `${alias}: debtors { name }`],
    ['it lacks what stands below', 'Party.name', (alias: string) => `${alias}: debtors { caseNumber name }`],
    [
      'an agency is asked about its debtors',
      'Case.amountDue',
      (alias: string) => `debtors { ${alias}: bank { status accounts { balance } } }`,
    ],
  ])('is no other one for an alias that is the name of a field, where %s', async (_, lost, selectionOf) => {
    lose(lost);
    const ask = async (alias: string) => {
      const query = `{ cases(first: 60, orderBy: NUMBER_ASC) { ${coverage} edges { node { number ${selectionOf(alias)} } } } }`;
      const { data, errors, extensions } = await city.ask(query);
      const told = (errors ?? []).map(({ path, extensions: said = {} }) => {
        return [path, ...['code', 'court', 'reason', 'count', 'paths'].map((name) => said[name])];
      });
      const answer = { data, told, coverage: extensions?.['coverage'] };
      return JSON.parse(JSON.stringify(answer).replace(new RegExp(`\\b${alias}\\b`, 'g'), 'own')) as Answer;
    };
    const expected = await ask('own');
    expect(rowsOf(expected).filter(({ number }) => isOwn(number)).length).toBeGreaterThan(0);
    for (const alias of ['subject', 'writ']) expect(await ask(alias)).toEqual(expected);
  });

  it('has nothing missing where none of its rows is, and nothing where the field is not asked for', async () => {
    lose('Case.amountDue');
    const none = await city.ask(
      `{ cases(filter: { partyName: "没有这个人" }) { ${coverage} edges { node { number amountDue } } } }`,
    );
    expect(coverageOf(none)).toMatchObject({ status: 'NONE', reason: null });
    const other = await city.ask(`{ cases { ${coverage} edges { node { number stage } } } }`);
    expect(coverageOf(other)).toMatchObject({ status: 'FOUND', reason: null });
    const skipped = await city.ask(
      `query($with: Boolean!) { cases { ${coverage} edges { node { number amountDue @include(if: $with) } } } }`,
      { with: false },
    );
    expect(coverageOf(skipped)).toMatchObject({ status: 'FOUND', reason: null });
    expect([none, other, skipped].flatMap(errorsOf)).toEqual([]);
  });

  const filters: readonly (readonly [lost: string, filter: object, unused: object])[] = [
    ['CaseFilter.province', { province: '江苏省' }, { province: null, role: null }],
    ['CaseStage.FILED', { stages: ['FILED', 'CLOSED'] }, { stages: ['CLOSED'] }],
    ['PartyRole', { role: 'DEBTOR' }, { role: null }],
    ['CaseFilter', { role: 'DEBTOR' }, null as unknown as object],
  ];
  it.each(filters)(
    'is not asked with %s when it is used, and is asked as ever when it is not',
    async (lost, filter, unused) => {
      lose(lost);
      const rows = (more: string) => `query($filter: CaseFilter) {
        cases(filter: $filter, first: 100, orderBy: NUMBER_ASC) { totalCount ${more} edges { node { number } } } }`;
      const [query, plain] = [rows(`totalIsLowerBound ${coverage}`), rows('')];
      const used = await city.ask(query, { filter });
      expect(older.asked).toEqual([]);
      expect(coverageOf(used)).toMatchObject({ status: 'REFUSED', reason: 'UNSUPPORTED' });
      expect(casesOf(used).totalIsLowerBound).toBe(true);
      const expected = rowsOf(await askOracle(plain, { filter })).filter(({ number }) => !isOwn(number));
      expect(rowsOf(used).filter(({ number }) => isOwn(number))).toEqual([]);
      expect(rowsOf(used).slice(0, expected.length)).toEqual(expected);
      expect(errorsOf(used)).toEqual([expect.objectContaining({ court: code, reason: 'UNSUPPORTED' })]);

      const whole = await city.ask(query, { filter: unused });
      expect(whole.errors).toBeUndefined();
      expect(rowsOf(whole)).toEqual(rowsOf(await askOracle(plain, { filter: unused })));
      expect(older.asked.length).toBe(1);
    },
  );

  it('is not asked with a literal, and the rest of the question is asked', async () => {
    lose('CaseFilter.province');
    const answer = await city.ask(`{
      cases { ${coverage} edges { node { number } } }
      narrow: caseStatistics(filter: { province: "江苏省" }) { count totalIsLowerBound }
      wide: caseStatistics(filter: { province: null }) { count totalIsLowerBound }
    }`);
    expect(coverageOf(answer)).toMatchObject({ status: 'FOUND' });
    expect(answer.data).toMatchObject({ narrow: { totalIsLowerBound: true }, wide: { totalIsLowerBound: false } });
    const one = (await askOracle('{ caseStatistics { count } }')).data!['caseStatistics'];
    expect(answer.data!['wide']).toMatchObject(one as object);
  });

  it('stands apart from a root that it lacks, and from an order', async () => {
    lose('Query.caseStatistics', 'CaseOrder.AMOUNT_OUTSTANDING_DESC');
    const answer = await city.ask(`{
      caseStatistics { count totalIsLowerBound coverage { courts(only: GAPS) { court { code } status reason } } }
      cases(orderBy: AMOUNT_OUTSTANDING_DESC) { ${coverage} edges { node { number } } }
    }`);
    const gap = { court: { code }, status: 'REFUSED', reason: 'UNSUPPORTED' };
    expect(answer.data!['caseStatistics']).toMatchObject({ totalIsLowerBound: true, coverage: { courts: [gap] } });
    expect(coverageOf(answer)).toMatchObject(gap);
    expect(older.asked).toEqual([]);
    // One court and one cause are one error.
    expect(errorsOf(answer)).toEqual([expect.objectContaining({ code: 'UPSTREAM_REFUSED', count: 2 })]);
  });

  it('is a gap of a caller who wants all or nothing', async () => {
    lose('Case.amountDue', 'Query.cases(completeness:)');
    const query = (field: string) =>
      `{ cases(completeness: COMPLETE) { totalCount edges { node { number ${field} } } } }`;
    const all = await city.ask(query('amountDue'));
    expect(all.data).toEqual({ cases: null });
    expect(errorsOf(all)).toEqual([expect.objectContaining({ code: 'INCOMPLETE' })]);
    expect((await city.ask(query('stage'))).errors).toBeUndefined();
  });

  it('gives its own case with what it has, and an error at each path that it has not', async () => {
    lose('Case.measures', 'Team.judge', 'Case.parties(role:)');
    const number = rowsOf(await askOracle('{ cases(first: 100) { edges { node { number team { name } } } } }')).find(
      (row) => isOwn(row.number) && row.team != null,
    )!.number;
    const query = `query($number: CaseNumber!, $role: PartyRole) { case(number: $number) {
      number measures { action } team { name judge } all: parties(role: $role) { id } some: parties(role: DEBTOR) { id } } }`;
    const one = (await askOracle(query, { number, role: null })).data!['case'] as { readonly team: object };
    const hub = await city.ask(query, { number, role: null });
    expect(hub.data).toEqual({ case: { ...one, measures: null, team: { ...one.team, judge: null }, some: null } });
    expect(errorsOf(hub)).toEqual([
      expect.objectContaining({
        code: 'UPSTREAM_REFUSED',
        court: code,
        paths: expect.arrayContaining(['case.measures', 'case.team.judge', 'case.some']),
      }),
    ]);
  });

  it('answers no root that it lacks on a routed path', async () => {
    lose('Query.case');
    const number = rowsOf(await askOracle('{ cases(first: 100) { edges { node { number } } } }')).find((row) =>
      isOwn(row.number),
    )!.number;
    const hub = await city.ask('query($number: CaseNumber!) { case(number: $number) { number } }', { number });
    expect(hub.data).toEqual({ case: null });
    expect(errorsOf(hub)).toEqual([
      expect.objectContaining({ code: 'UPSTREAM_REFUSED', reason: 'UNSUPPORTED', court: code }),
    ]);
    expect(older.asked).toEqual([]);
  });

  it('leaves out persons and their cases, and tells so', async () => {
    lose('Person.cases', 'Person.name');
    const own = rowsOf(
      await askOracle(
        '{ cases(first: 100) { edges { node { number debtors { person { id name cases { number } } } } } } }',
      ),
    ).find((row) => isOwn(row.number) && row.debtors!.length > 0);
    const { id } = own!.debtors![0]!.person!;
    const hub = await city.ask('query($id: ID!) { person(id: $id) { id name cases { number } } }', { id });
    const person = hub.data!['person'] as { readonly cases: readonly Row[] | null };
    expect((person.cases ?? []).filter((row) => isOwn(row.number))).toEqual([]);
    expect(errorsOf(hub).map((error) => [error.code, error.court, error.reason])).toEqual([
      ['UPSTREAM_REFUSED', code, 'UNSUPPORTED'],
    ]);
  });

  it('never lets half a writ pass for a whole one', async () => {
    lose('Writ.validUntil');
    const query = (more: string) => `{ cases(first: 100, filter: { courts: ["${code}"] }) {
      edges { node { number debtors { id writ { number } ${more} } } } } }`;
    const hub = await city.ask(query('bank { status reason }'));
    const debtorsOf = (answer: Answer) => rowsOf(answer).flatMap((row) => row.debtors ?? []);
    const one = debtorsOf(await askOracle(query('')));
    const [signed, unsigned] = [true, false].map((wanted) =>
      debtorsOf(hub).filter((_, index) => (one[index]!.writ !== null) === wanted),
    );
    expect(signed!.length).toBeGreaterThan(0);
    for (const debtor of signed!) expect(debtor).toMatchObject({ writ: null, bank: null });
    for (const debtor of unsigned!) expect(debtor.bank).toEqual({ status: 'REFUSED', reason: 'NO_WRIT' });
    expect(errorsOf(hub).map((error) => error.code)).toContain('UPSTREAM_REFUSED');
  });
});
