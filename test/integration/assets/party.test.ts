import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { parseMoney } from '../../../common/money.ts';
import { startTestCity, type TestCity } from '../../support/test-city.ts';

interface Account {
  readonly currency: string;
  readonly available: string;
  readonly priorFreezes: readonly object[];
}
interface Seized {
  readonly seizures: readonly { readonly until: string | null; readonly queuePosition: number }[];
}
interface Summary {
  readonly certainty: string;
  readonly controllable: string | null;
  readonly deposits: string | null;
  readonly gaps: readonly { readonly agency: string; readonly status: string }[];
  readonly assets: readonly {
    readonly kind: string;
    readonly controllable: string | null;
    readonly description: string;
  }[];
}
interface Debtor {
  readonly assets: Summary | null;
  readonly bank: { readonly status: string; readonly accounts: readonly Account[] | null } | null;
  readonly vehicle: { readonly status: string; readonly vehicles: readonly Seized[] | null } | null;
  readonly realEstate: { readonly status: string; readonly units: readonly Seized[] | null } | null;
}

const summary = `assets { certainty controllable deposits gaps { agency status }
  assets { kind description controllable exact nextPosition measures { authority queuePosition expiresOn alert } } }`;
const query = `{ cases(first: 60) { edges { node { debtors { ${summary}
  bank { status accounts { currency available priorFreezes { until } } }
  vehicle { status vehicles { seizures { until queuePosition } } }
  realEstate { status units { seizures { until queuePosition } } } } } } } }`;

const alone = (size: number) => `{ cases(first: ${size}) { edges { node { debtors { ${summary} } } } } }`;

let city: TestCity;
let down: string | null = null;
beforeAll(async () => {
  city = await startTestCity({
    casesPerCourt: 30,
    betweenAgency:
      (name, ask) =>
      (...question) =>
        name === down ? Promise.reject(new TypeError('fetch failed')) : ask(...question),
  });
});
afterAll(() => city[Symbol.asyncDispose]());

async function debtors(text = query) {
  const { data, errors } = await city.ask(text);
  const cases = (data as { cases: { edges: { node: { debtors: Debtor[] | null } }[] } }).cases;
  return { debtors: cases.edges.flatMap(({ node }) => node.debtors ?? []), errors };
}
const known = (debtor: Debtor, field: 'bank' | 'vehicle' | 'realEstate') =>
  debtor[field]?.status === 'FOUND' || debtor[field]?.status === 'NONE';

describe('assets of a party', () => {
  // First of all: an answer that is stored would be given although nobody answers.
  it('are a bound when an agency does not answer, and say which', async () => {
    city.upstreams.behave('bank', { fault: 'down' });
    try {
      const { debtors: told, errors } = await debtors(alone(60));
      expect(errors).toBeUndefined();
      const asked = told.filter(({ assets }) => assets!.gaps.some(({ status }) => status === 'UNREACHABLE'));
      expect(asked.length).toBeGreaterThan(3);
      for (const { assets } of asked) {
        expect(assets!.gaps).toContainEqual({ agency: 'bank', status: 'UNREACHABLE' });
        expect(assets).not.toMatchObject({ certainty: 'EXACT' });
        expect(assets!.deposits).toBeNull();
      }
    } finally {
      city.upstreams.behave('bank', {});
    }
  });

  it('sum up what the agencies say in the same answer, to the fen', async () => {
    await vi.waitFor(
      async () => {
        const answer = await debtors();
        expect(answer.errors).toBeUndefined();
        expect(answer.debtors.some(({ realEstate }) => realEstate?.status === 'PENDING')).toBe(false);
      },
      { timeout: 20_000, interval: 100 },
    );
    const answer = await debtors();
    for (const debtor of answer.debtors) {
      const { certainty, deposits, gaps, assets } = debtor.assets!;
      expect(gaps.map(({ agency }) => agency)).toEqual(
        (['bank', 'vehicle', 'realEstate'] as const).filter((field) => !known(debtor, field)),
      );
      if (gaps.length === 3) expect(certainty).toBe('UNKNOWN');
      if (!known(debtor, 'bank')) continue;
      const yuan = debtor.bank!.accounts!.filter(({ currency }) => currency === 'CNY');
      const available = yuan.reduce((sum, account) => sum + parseMoney(account.available), 0n);
      expect(parseMoney(deposits!)).toBe(available);
      expect(assets.filter(({ kind }) => kind === 'ACCOUNT')).toHaveLength(debtor.bank!.accounts!.length);
    }
    const words = new Set(answer.debtors.map(({ assets }) => assets!.certainty));
    expect(words).toEqual(new Set(['EXACT', 'LOWER_BOUND', 'UNKNOWN']));
    expect(answer.debtors.some(({ assets }) => assets!.certainty === 'EXACT' && assets!.controllable !== '0.00')).toBe(
      true,
    );
  });

  it('are asked for alone, and nobody sees by what things are told apart', async () => {
    const told = await debtors(alone(20));
    expect(told.errors).toBeUndefined();
    expect(told.debtors.some(({ assets }) => assets!.assets.length > 0)).toBe(true);
    const { errors } = await city.ask(
      '{ cases(first: 1) { edges { node { debtors { bank { accounts { assetKey } } } } } } }',
    );
    expect(errors?.[0]?.message).toContain('assetKey');
  });

  it.each(['bank', 'vehicle', 'property'])(
    'are null, with an error, when the program of the %s is down',
    async (name) => {
      down = name;
      try {
        const { debtors: told, errors } = await debtors(alone(5));
        for (const { assets } of told) expect(assets).toBeNull();
        expect(errors?.length).toBeGreaterThan(0);
      } finally {
        down = null;
      }
    },
  );
});
