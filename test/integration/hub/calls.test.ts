import { readFileSync } from 'node:fs';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { Ask } from '../../../common/wire.ts';
import { ordered, toPlainCity, type PlainCase } from '../../support/brute-force.ts';
import { startTestCity, type TestCity } from '../../support/test-city.ts';

const cityWide = readFileSync(new URL('../../../schema/operations/city-wide.graphql', import.meta.url), 'utf8');
const agencies = ['bank', 'property', 'vehicle'];

/** What the hub asked somebody. Of a court: `city` are root fields, `court` its own entities, `reach` people. */
interface Call {
  readonly whom: string;
  readonly hop: 'city' | 'court' | 'reach' | 'agency';
  readonly query: string;
  readonly representations: readonly Readonly<Record<string, unknown>>[];
}

describe('the hub', () => {
  const calls: Call[] = [];
  let city: TestCity;
  let rows: readonly PlainCase[];
  let codes: readonly string[];

  beforeAll(async () => {
    city = await startTestCity({
      casesPerCourt: 60,
      seed: 'calls',
      // What is slow here is the machine.
      deadlines: { requestMs: 90_000, courtMs: 30_000, agencyMs: 30_000 },
      between: (code, ask) => counted(code, ask, false),
      betweenAgency: (name, ask) => counted(name, ask, true),
    });
    rows = toPlainCity(city.records);
    codes = city.registry.courts.map(({ code }) => code).sort();
  }, 120_000);
  afterAll(() => city[Symbol.asyncDispose]());
  beforeEach(() => void calls.splice(0));

  function counted(whom: string, ask: Ask, isAgency: boolean): Ask {
    return (question, ...how) => {
      const { query, variables } = question;
      const representations = (variables?.['representations'] ?? []) as Call['representations'];
      const ofCourt = !query.includes('_entities') ? 'city' : /\.\.\. on Person\b/.test(query) ? 'reach' : 'court';
      calls.push({ whom, hop: isAgency ? 'agency' : ofCourt, query, representations });
      return ask(question, ...how);
    };
  }

  it('asks each court once for page and rows together, once for persons and each agency once for the whole city-wide page', async () => {
    const submits = submitsSince();
    const { data, errors } = await city.ask(cityWide, { filter: {} });
    expect(errors).toBeUndefined();
    const edges = valuesOf(data, 'edges').flat() as { node: { number: string; debtors: unknown[] } }[];
    expect(edges).toHaveLength(50);
    expect(edges.flatMap(({ node }) => node.debtors).length).toBeGreaterThan(50);
    expect(asked('city')).toEqual(codes);
    // Rows come whole with their page.
    expect(asked('court')).toEqual([]);
    expect(asked('reach')).toEqual(codes);
    expect(asked('agency')).toEqual(agencies);
    expect(submits()).toEqual({ bank: 1, property: 1 });
  });

  it.each([1, 10, 100])('asks as little for %i cases with all their parties', async (first) => {
    const query = `query($first: Int!) { cases(first: $first, orderBy: NUMBER_ASC) { edges { node {
      number court { name } parties { name person { id name cases(role: null) { number court { name } } } } } } } }`;
    const { data } = await city.ask(query, { first });
    expect(valuesOf(data, 'edges').flat()).toHaveLength(first);
    expect(asked('city')).toEqual(codes);
    for (const hop of ['court', 'reach'] as const) expect(new Set(asked(hop)).size).toBe(asked(hop).length);
    expect(calls.length).toBeLessThanOrEqual(3 * codes.length);
  });

  it('asks for a person once, in however many cases', async () => {
    const query = '{ cases(first: 100, orderBy: NUMBER_ASC) { edges { node { parties { person { id names } } } } } }';
    const { data } = await city.ask(query);
    const people = valuesOf(data, 'id');
    expect(new Set(people).size).toBeLessThan(people.length);
    for (const { representations } of calls.filter(({ hop }) => hop === 'reach')) {
      const ids = representations.map(({ id }) => id);
      expect(new Set(ids).size).toBe(ids.length);
    }
  });

  it('submits to an upstream once for each hundred debtors', async () => {
    const query = `query($numbers: [CaseNumber!]) { cases(first: 100, filter: { numbers: $numbers }) { edges { node {
      debtors { bank { requestNumber } } } } } }`;
    const submits = submitsSince();
    const { data } = await city.ask(query, { numbers: unasked(0, 100) });
    const asking = valuesOf(data, 'requestNumber').filter((number) => number !== null);
    expect(asking.length).toBeGreaterThan(100);
    expect(submits()).toEqual({ bank: Math.ceil(asking.length / 100), property: 0 });
    expect(asked('agency')).toEqual(['bank']);
  });

  it('submits duplicate debtors once', async () => {
    const query = `query($numbers: [CaseNumber!]) { cases(first: 20, filter: { numbers: $numbers }) { edges { node {
      debtors { realEstate { requestNumber } } parties(role: DEBTOR) { realEstate { requestNumber } } } } } }`;
    const submits = submitsSince();
    const { data } = await city.ask(query, { numbers: unasked(100, 120) });
    const asking = valuesOf(data, 'requestNumber').filter((number) => number !== null);
    expect(asking.length).toBe(2 * new Set(asking).size);
    expect(asking.length).toBeGreaterThan(0);
    expect(submits()).toEqual({ bank: 0, property: 1 });
    for (const { representations } of calls.filter(({ hop }) => hop === 'agency')) {
      const parties = representations.map(({ caseNumber, id }) => `${String(caseNumber)} ${String(id)}`);
      expect(new Set(parties).size).toBe(parties.length);
    }
  });

  it('asks only the courts that the filter lists', async () => {
    const query = `query($filter: CaseFilter) { cases(filter: $filter) { edges { node { number debtors { name } } } }
      caseStatistics(filter: $filter) { count } }`;
    await city.ask(query, { filter: { courts: ['苏0312'] } });
    expect(new Set(calls.map(({ whom }) => whom))).toEqual(new Set(['苏0312']));
    calls.splice(0);
    await city.ask(query, { filter: { numbers: ['(2017)苏0381执1号', '（2014）铜执字第00001号'] } });
    expect(new Set(calls.map(({ whom }) => whom))).toEqual(new Set(['苏0312', '苏0381']));
    calls.splice(0);
    await city.ask(query, {
      filter: { courts: ['苏0312', '苏0324'], numbers: ['(2017)苏0381执1号', '(2017)苏0324执1号'] },
    });
    expect(new Set(calls.map(({ whom }) => whom))).toEqual(new Set(['苏0324']));
    calls.splice(0);
    await city.ask(query, { filter: { courts: [] } });
    expect(calls).toEqual([]);
  });

  it.each([
    ['（2017）苏0312执1号', '苏0312'],
    ['(2016) 苏03 执 00001 号', '苏03'],
    ['（2014）徐开执字第00002号', '苏0391'],
    ['（2017）苏0303执999999号', '苏0303'],
  ])('asks about the case %s only the court in its number', async (number, court) => {
    await city.ask('query($number: CaseNumber!) { case(number: $number) { stage debtors { name } } }', { number });
    expect(calls.map(({ whom }) => whom)).toEqual([court]);
  });

  it('asks about somebody without an identity number only the court that knows the person', async () => {
    const nameless = rows.find(({ record }) => record.parties.some(({ idNumber }) => idNumber === null))!;
    const party = nameless.record.parties.find(({ idNumber }) => idNumber === null)!;
    const inCase = 'query($number: CaseNumber!) { case(number: $number) { parties { id person { id } } } }';
    const known = await city.ask(inCase, { number: nameless.display });
    const parties = valuesOf(known.data, 'parties').flat() as { id: string; person: { id: string } }[];
    const { id } = parties.find((one) => one.id === String(party.ordinal))!.person;
    calls.splice(0);
    const query = 'query($id: ID!) { person(id: $id) { name identified cases(role: null) { number } } }';
    const { data } = await city.ask(query, { id });
    expect(data).toEqual({
      person: { name: party.name, identified: false, cases: [{ number: nameless.display }] },
    });
    expect(new Set(calls.map(({ whom }) => whom))).toEqual(new Set([nameless.court]));
  });

  // The stock planner loses a literal condition below one that it hoists.
  it('asks nobody for what a literal condition excludes, not even below a condition with a variable', async () => {
    const query = `query($not: Boolean!) { cases(first: 100) { edges { node { number debtors @skip(if: $not) {
      name bank @include(if: false) { status } person { id name left: cases(first: 1) @skip(if: true) { number } } } } } } }`;
    const { errors } = await city.ask(query, { not: false });
    expect(errors).toBeUndefined();
    expect(asked('agency')).toEqual([]);
    for (const call of calls) expect(call.query).not.toMatch(/\b(left|cases\(first: 1\)|writ|subject)\b/);
  });

  it('asks nobody what the registry knows, and nothing that cannot be answered', async () => {
    await city.ask('{ courts { code name level } }');
    await city.ask('{ cases(first: 101) { totalCount } }');
    await city.ask('{ cases(filter: { courts: ["苏0399"] }) { totalCount } }');
    await city.ask('{ case(number: "（2017）沪01执1号") { stage } }');
    expect(calls).toEqual([]);
  });

  function asked(hop: Call['hop']): readonly string[] {
    return calls.flatMap((call) => (call.hop === hop ? [call.whom] : [])).sort();
  }

  /** Cases outside the city-wide page, those with the most writs first. */
  function unasked(from: number, to: number): readonly string[] {
    const writs = ({ record }: PlainCase): number => record.parties.filter(({ writ }) => writ !== null).length;
    const others = ordered(rows, 'AMOUNT_OUTSTANDING_DESC').slice(50);
    const withWrits = [...others].sort((one, other) => writs(other) - writs(one));
    return withWrits.slice(from, to).map(({ display }) => display);
  }

  function submitsSince(): () => { bank: number; property: number } {
    const before = city.upstreams.calls();
    return () => {
      const { bank, property } = city.upstreams.calls();
      return { bank: bank.submit - before.bank.submit, property: property.submit - before.property.submit };
    };
  }
});

/** All values that stand under a key, however deep. */
function valuesOf(value: unknown, key: string): readonly unknown[] {
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value as Record<string, unknown>).flatMap(([name, one]) => [
    ...(name === key ? [one] : []),
    ...valuesOf(one, key),
  ]);
}
