import { afterAll, beforeAll, expect, it, vi } from 'vitest';
import { parseMoney } from '../../../common/money.ts';
import { startTestCity, type TestCity } from '../../support/test-city.ts';

interface Summary {
  readonly certainty: string;
  readonly controllable: string | null;
  readonly gaps: readonly object[];
  readonly assets: readonly { readonly kind: string; readonly description: string }[];
}
interface Person {
  readonly id: string;
  readonly assets: Summary | null;
  readonly debtorParties: readonly { readonly caseNumber: string; readonly id: string; readonly assets: Summary }[];
}

const summary = 'assets { certainty controllable gaps { agency status } assets { kind description controllable } }';

let city: TestCity;
beforeAll(async () => {
  city = await startTestCity({ casesPerCourt: 30, seed: 'person assets' });
});
afterAll(() => city[Symbol.asyncDispose]());

async function persons(): Promise<readonly Person[]> {
  const text = `{ cases(first: 50) { edges { node { debtors { person { id ${summary} debtorParties { caseNumber id ${summary} } } } } } } }`;
  const { data, errors } = await city.ask(text);
  expect(errors).toBeUndefined();
  const { edges } = (data as { cases: { edges: { node: { debtors: { person: Person }[] } }[] } }).cases;
  const all = edges.flatMap(({ node }) => node.debtors.map(({ person }) => person));
  return [...new Map(all.map((person) => [person.id, person])).values()];
}

it('sums up each thing of a person once, over all cases in all courts', async () => {
  let people = await persons();
  await vi.waitFor(
    async () => {
      people = await persons();
      expect(JSON.stringify(people)).not.toContain('PENDING');
    },
    { timeout: 25_000, interval: 200 },
  );
  const several = people.filter(({ debtorParties }) => debtorParties.length > 1);
  expect(several.length).toBeGreaterThan(2);
  expect(
    several.some(
      ({ debtorParties }) => new Set(debtorParties.map(({ caseNumber }) => caseNumber.slice(0, 10))).size > 1,
    ),
  ).toBe(true);
  for (const { assets, debtorParties } of people) {
    const told = debtorParties.map((party) => party.assets);
    const whole = told.filter(({ gaps }) => gaps.length === 0);
    // Agencies know persons: through whichever case, a whole answer is the whole answer.
    for (const { assets: own, controllable } of whole) {
      expect(assets!.gaps).toEqual([]);
      expect(assets!.controllable).toBe(controllable);
      expect(assets!.assets).toHaveLength(own.length);
    }
    const most = told
      .map(({ controllable }) => parseMoney(controllable ?? '0.00'))
      .reduce((a, b) => (a > b ? a : b), 0n);
    expect(parseMoney(assets!.controllable ?? '0.00') >= most).toBe(true);
    if (told.every(({ certainty }) => certainty === 'UNKNOWN')) expect(assets!.certainty).toBe('UNKNOWN');
  }
  expect(several.some(({ assets }) => assets!.assets.length > 0)).toBe(true);
});

it('gives the same persons’ parties as the one program that holds all rows', async () => {
  const ids = (await persons()).slice(0, 20).map(({ id }) => id);
  for (const id of ids) {
    const question = {
      query: `query ($id: ID!) { person(id: $id) { debtorParties { caseNumber id } } }`,
      variables: { id },
    };
    const { data } = await city.oracle.ask(question, AbortSignal.timeout(10_000));
    expect((await city.ask(question.query, question.variables)).data).toEqual(data);
  }
});
