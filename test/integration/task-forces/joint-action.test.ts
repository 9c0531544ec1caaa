import { readFileSync } from 'node:fs';
import { afterAll, beforeAll, expect, test } from 'vitest';

import { formatCaseNumber, parseCaseNumber } from '../../../common/case-number.ts';
import { parseIdentity } from '../../../common/identity.ts';
import { personId } from '../../../common/person-id.ts';
import type { Ask } from '../../../common/wire.ts';
import { startTestCity, type TestCity } from '../../support/test-city.ts';

let city: TestCity;
/** How often each court was asked. */
const calls = new Map<string, number>();
let criteria: Record<string, unknown>;

beforeAll(async () => {
  const between = (code: string, ask: Ask): Ask => {
    return (question, signal, headers) => {
      calls.set(code, (calls.get(code) ?? 0) + 1);
      return ask(question, signal, headers);
    };
  };
  city = await startTestCity({ casesPerCourt: 40, seed: 'joint action', between });
  criteria = { creditorPersonId: personId(city.personKey, parseIdentity(city.creditor.identityNumber)) };
});
afterAll(() => city[Symbol.asyncDispose]());

const create = `mutation ($input: CreateTaskForceInput!, $key: ID!) {
  createTaskForce(input: $input, idempotencyKey: $key) { id name courts { code name } cases(first: 100) { totalCount } }
}`;

interface Row {
  readonly number: string;
  readonly court: { readonly code: string };
  readonly debtors: readonly {
    readonly name: string;
    readonly person: { readonly cases: readonly { readonly number: string }[] };
    readonly bank: { readonly status: string };
    readonly vehicle: { readonly status: string };
    readonly realEstate: { readonly status: string };
  }[];
}

interface Force {
  readonly id: string;
  readonly courts: readonly { readonly code: string; readonly name: string }[];
  readonly cases: {
    readonly totalCount: number;
    readonly edges: readonly { readonly node: Row }[];
    readonly coverage: { readonly complete: boolean };
  };
}

/** What the records themselves say: every case in which the creditor applies, however its number is written there. */
function creditorsCases(): string[] {
  const { identityNumber } = city.creditor;
  // The nine digits that an organisation code and a unified social credit code share (GB 32100-2015).
  const body = identityNumber.slice(8, 17);
  return [...city.records.values()]
    .flat()
    .filter(({ parties }) =>
      parties.some(
        ({ role, idNumber }) => role === 'APPLICANT' && idNumber?.replaceAll(/[^0-9A-Z]/g, '').includes(body),
      ),
    )
    .map(({ number }) => formatCaseNumber(parseCaseNumber(number)));
}

test('one request leads from a large creditor’s joint action to what every debtor owns', async () => {
  const input = { name: '专项攻坚', purpose: '集中执行', criteria };
  const made = await city.ask(create, { input, key: 'story-1' });
  expect(made.errors).toBeUndefined();
  const { id, courts, cases } = made.data!['createTaskForce'] as Force;
  const expected = creditorsCases();
  expect(expected.length).toBeGreaterThan(10);
  expect(cases.totalCount).toBe(expected.length);
  expect(courts.map(({ code }) => code)).toEqual(city.registry.courts.map(({ code }) => code));
  expect(courts[0]!.name).toBe(city.registry.courts[0]!.name);

  calls.clear();
  const answer = await city.ask(
    `query ($id: ID!) { taskForce(id: $id) { id name courts { code name }
      cases(first: 100, orderBy: AMOUNT_OUTSTANDING_DESC) {
        totalCount coverage { complete }
        edges { node { number court { code } debtors {
          name person { cases { number } } bank { status } vehicle { status } realEstate { status }
        } } }
      } } }`,
    { id },
  );
  expect(answer.errors).toBeUndefined();
  const force = answer.data!['taskForce'] as Force;
  expect(force.cases.coverage.complete).toBe(true);
  const rows = force.cases.edges.map(({ node }) => node);
  expect(rows.map(({ number }) => number).sort()).toEqual(expected.sort());
  expect(new Set(rows.map(({ court }) => court.code)).size).toBeGreaterThan(5);
  for (const { number, debtors } of rows) {
    expect(debtors.length).toBeGreaterThan(0);
    for (const { person, bank, vehicle, realEstate } of debtors) {
      expect(person.cases.map((own) => own.number)).toContain(number);
      for (const { status } of [bank, vehicle, realEstate]) expect(status).toMatch(/^(FOUND|NONE|REFUSED|PENDING)$/);
    }
  }
  // The cases, then their debtors, then those debtors' cases elsewhere: three hops, each asked of a court once.
  expect(Math.max(...calls.values())).toBe(3);
});

test('the explorer’s example tells the same story', async () => {
  const directory = new URL('../../../schema/operations/', import.meta.url);
  const example = readFileSync(new URL('joint-task-force.graphql', directory), 'utf8');
  const variables = JSON.parse(readFileSync(new URL('joint-task-force.json', directory), 'utf8')) as object;
  const answer = await city.ask(example, { ...variables });
  expect(answer.errors).toBeUndefined();
  const { edges } = answer.data!['taskForces'] as { edges: { node: Force }[] };
  expect(edges[0]!.node.cases.totalCount).toBe(creditorsCases().length);
});

test('a list of task forces with their first cases is one call to each court', async () => {
  for (const [index, province] of ['江苏省', '山东省'].entries()) {
    const input = { name: `${province}片`, criteria: { ...criteria, provinces: [province] } };
    expect((await city.ask(create, { input, key: `list-${index}` })).errors).toBeUndefined();
  }
  calls.clear();
  const answer = await city.ask(
    '{ taskForces(first: 10) { totalCount edges { node { name cases(first: 3) { totalCount edges { node { number } } } } } } }',
  );
  expect(answer.errors).toBeUndefined();
  const { edges } = answer.data!['taskForces'] as { edges: { node: Force }[] };
  expect(edges.length).toBe(3);
  expect(new Set(edges.map(({ node }) => node.cases.totalCount)).size).toBeGreaterThan(1);
  expect([...calls.values()]).toEqual(city.registry.courts.map(() => 1));
});

test('courts that the criteria leave out are not asked', async () => {
  const [one, other] = city.registry.courts;
  const input = { name: '两院', criteria: { ...criteria, courts: [one!.code, other!.code] } };
  calls.clear();
  const made = await city.ask(create.replace('totalCount', 'coverage { complete courts { status court { code } } }'), {
    input,
    key: 'two-courts',
  });
  expect(made.errors).toBeUndefined();
  expect([...calls.keys()].sort()).toEqual([one!.code, other!.code].sort());
  const { courts, cases } = made.data!['createTaskForce'] as Force & {
    cases: { coverage: { complete: boolean; courts: { status: string; court: { code: string } }[] } };
  };
  expect(courts.map(({ code }) => code)).toEqual([one!.code, other!.code]);
  const left = cases.coverage.courts.filter(({ status }) => status === 'NOT_ASKED').map(({ court }) => court.code);
  expect(left).toEqual(city.registry.courts.slice(2).map(({ code }) => code));
  expect(cases.coverage.complete).toBe(true);
});
