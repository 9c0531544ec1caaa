import fc from 'fast-check';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { matching, ordered, toPlainCity, type PlainCase } from '../../support/brute-force.ts';
import { learnPersonIds, type PersonIds } from '../../support/person-ids.ts';
import { randomRun, randomTimeoutMs } from '../../support/random-run.ts';
import { orders } from '../../support/random-selection.ts';
import { startTestCity, type TestCity } from '../../support/test-city.ts';

const walked = `query ($id: ID!, $first: Int!, $after: String, $orderBy: CaseOrder) {
  taskForce(id: $id) { cases(first: $first, after: $after, orderBy: $orderBy) {
    totalCount totalIsLowerBound edges { node { number } } pageInfo { hasNextPage endCursor } coverage { complete }
  } }
}`;
const created = `mutation ($criteria: TaskForceCriteriaInput!, $key: ID!) {
  createTaskForce(input: { name: "随机", criteria: $criteria }, idempotencyKey: $key) { id criteria { creditorName } }
}`;

let city: TestCity;
let rows: readonly PlainCase[];
let persons: PersonIds;

beforeAll(async () => {
  city = await startTestCity({ casesPerCourt: 30, seed: 'task forces' });
  rows = toPlainCity(city.records);
  persons = await learnPersonIds((query, variables) => city.ask(query, variables), rows);
}, 120_000);
afterAll(() => city[Symbol.asyncDispose]());

interface Criteria {
  readonly creditorPersonId?: string;
  readonly creditorName?: string;
  readonly amountOutstandingMin?: string;
  readonly amountOutstandingMax?: string;
  readonly stages?: readonly string[];
  readonly courts?: readonly string[];
  readonly provinces?: readonly string[];
}

/** Criteria that speak of the city's own rows, with at least one condition. */
function randomCriteria(): fc.Arbitrary<Criteria> {
  const row = fc.nat(rows.length - 1).map((index) => rows[index]!);
  const applicant = row.map((one) => ({ one, party: one.record.parties.find(({ role }) => role === 'APPLICANT')! }));
  const debtor = row.map(({ record }) => record.parties.find(({ role }) => role === 'DEBTOR')?.province ?? '江苏省');
  const amount = row.map(({ record }) => record.amountOutstanding ?? '50000.00');
  const few = { minLength: 1, maxLength: 4 };
  return fc
    .record(
      {
        creditorPersonId: applicant.map(({ one, party }) => persons.idOf(one, party)),
        creditorName: applicant.map(({ party }) => /^\s*\S\s*\S/u.exec(party.name)?.[0] ?? party.name),
        amountOutstandingMin: amount,
        amountOutstandingMax: amount,
        stages: fc.array(
          row.map(({ record }) => record.stage as string),
          few,
        ),
        courts: fc.array(
          row.map(({ court }) => court),
          few,
        ),
        provinces: fc.array(debtor, few),
      },
      { requiredKeys: [] },
    )
    .filter((criteria) => Object.keys(criteria).length > 0)
    .map((criteria) => {
      const { amountOutstandingMin: least, amountOutstandingMax: most } = criteria;
      if (least === undefined || most === undefined || Number(least) <= Number(most)) return criteria;
      return { ...criteria, amountOutstandingMin: most, amountOutstandingMax: least };
    });
}

/** The cases that criteria describe, by plain loops. */
function expectedOf({ creditorPersonId, creditorName, provinces, ...rest }: Criteria): readonly PlainCase[] {
  const hasCreditor = creditorPersonId !== undefined || creditorName !== undefined;
  const filter = {
    ...rest,
    ...(creditorPersonId !== undefined && { personId: creditorPersonId }),
    ...(creditorName !== undefined && { partyName: creditorName }),
    ...(hasCreditor && { role: 'APPLICANT' }),
  };
  const found = matching(rows, filter, persons.identityOf);
  if (provinces === undefined) return found;
  const live = new Set(provinces.flatMap((province) => matching(rows, { province }).map(({ display }) => display)));
  return found.filter(({ display }) => live.has(display));
}

it(
  'a task force walks through exactly the cases that its criteria describe, in any order and page size',
  async () => {
    let count = 0;
    const asked = fc.record({
      criteria: randomCriteria(),
      orderBy: fc.constantFrom(...orders),
      size: fc.integer({ min: 1, max: 60 }),
    });
    const walk = fc.asyncProperty(asked, async ({ criteria, orderBy, size }) => {
      const made = await city.ask(created, { criteria, key: `random-${(count += 1)}` });
      expect(made.errors).toBeUndefined();
      const { id } = made.data!['createTaskForce'] as { id: string };
      const expected = ordered(expectedOf(criteria), orderBy);
      const first = Math.max(size, Math.ceil(expected.length / 4));
      let after: string | null = null;
      for (let at = 0; at === 0 || at < expected.length; at += first) {
        const answer = await city.ask(walked, { id, first, after, orderBy });
        expect(answer.errors).toBeUndefined();
        const { cases } = answer.data!['taskForce'] as { cases: { pageInfo: { endCursor: string | null } } };
        expect(cases).toEqual({
          totalCount: expected.length,
          totalIsLowerBound: false,
          edges: expected.slice(at, at + first).map(({ display }) => ({ node: { number: display } })),
          pageInfo: {
            hasNextPage: at + first < expected.length,
            endCursor: expected.length === 0 ? null : expect.any(String),
          },
          coverage: { complete: true },
        });
        after = cases.pageInfo.endCursor;
      }
    });
    await fc.assert(walk, randomRun(60));
  },
  randomTimeoutMs,
);
