/** Generated debtors for the asset summary: what each has, and how agencies tell it through several parties. */

import { createChance, type Chance } from '../../../mocks/upstreams/chance.ts';
import { toYuan } from '../../../mocks/upstreams/places.ts';

export const today = '2018-01-31';

export interface Account {
  readonly kind: 'ACCOUNT';
  readonly key: string;
  readonly currency: string | null;
  readonly balance: number | null;
  readonly available: number | null;
  readonly freezes: readonly { readonly amount: number | null; readonly until: string }[];
}

export interface Thing {
  readonly kind: 'VEHICLE' | 'REAL_ESTATE';
  readonly key: string;
  readonly value: number | null;
  readonly share: readonly [number, number] | null;
  readonly mortgages: readonly { readonly amount: number | null; readonly ceiling: boolean }[];
  readonly seizures: readonly { readonly from: string; readonly until: string | null; readonly position: number }[];
}

export interface Debtor {
  readonly accounts: readonly Account[];
  readonly vehicles: readonly Thing[];
  readonly units: readonly Thing[];
  /** Through each party: how each agency stands, and which of the things it tells. */
  readonly parties: readonly Readonly<Record<'bank' | 'vehicle' | 'realEstate', Telling>>[];
}

export interface Telling {
  readonly status: string;
  readonly answeredAt: string | null;
  /** Keys of what is told; null when nothing is. */
  readonly told: readonly string[] | null;
}

/** The n-th debtor of a seed. */
export function debtorOf(seed: string, n: number): Debtor {
  const chance = createChance(seed, String(n));
  const few = () => chance.pick([0, 0, 1, 1, 2, 3]);
  const accounts = Array.from({ length: few() }, (_, index) => account(chance, `a${index}`));
  const vehicles = Array.from({ length: few() }, (_, index) => thing(chance, 'VEHICLE', `v${index}`));
  const units = Array.from({ length: few() }, (_, index) => thing(chance, 'REAL_ESTATE', `u${index}`));
  const parties = Array.from({ length: chance.pick([1, 1, 2, 3]) }, () => ({
    bank: telling(chance, accounts),
    vehicle: telling(chance, vehicles),
    realEstate: telling(chance, units),
  }));
  return { accounts, vehicles, units, parties };
}

function account(chance: Chance, key: string): Account {
  const balance = chance.hit(0.1) ? null : chance.between(0, 500_000_00);
  const freezes = Array.from({ length: chance.pick([0, 0, 1, 2]) }, () => ({
    amount: chance.hit(0.1) ? null : chance.between(1, 300_000_00),
    until: chance.date(2017, 2018),
  }));
  const available = chance.hit(0.3)
    ? null
    : chance.between(0, balance === null ? 1_000_00 : Math.floor(balance * 1.02));
  return {
    kind: 'ACCOUNT',
    key,
    currency: chance.pick(['CNY', 'CNY', 'CNY', 'USD', null]),
    balance,
    available,
    freezes,
  };
}

function thing(chance: Chance, kind: Thing['kind'], key: string): Thing {
  const land = kind === 'REAL_ESTATE';
  return {
    kind,
    key,
    value: chance.hit(0.25) ? null : chance.between(0, 3_000_000_00),
    share: land ? chance.pick([[1, 1], [1, 1], [1, 2], [1, 3], [3333, 10000], null] as const) : [1, 1],
    mortgages: Array.from({ length: chance.pick([0, 0, 0, 1, 2]) }, () => ({
      amount: land && !chance.hit(0.1) ? chance.between(1, 2_000_000_00) : null,
      ceiling: chance.hit(0.3),
    })),
    seizures: Array.from({ length: chance.pick([0, 0, 0, 1, 3]) }, (_, position) => ({
      from: chance.date(2013, 2017),
      until: position > 0 || chance.hit(0.2) ? null : chance.date(2016, 2021),
      position,
    })),
  };
}

function telling(chance: Chance, things: readonly { readonly key: string }[]): Telling {
  const status = chance.pick(['OK', 'OK', 'OK', 'OK', 'DEGRADED', 'PENDING', 'REFUSED', 'UNREACHABLE']);
  const keys = things.map(({ key }) => key);
  const at = `2018-01-30T0${chance.between(0, 9)}:00:00.000+08:00`;
  if (status === 'OK') return { status: keys.length > 0 ? 'FOUND' : 'NONE', answeredAt: at, told: keys };
  if (status === 'DEGRADED') return { status, answeredAt: at, told: keys.filter(() => chance.hit(0.5)) };
  if (status === 'PENDING' && chance.hit(0.5))
    return { status, answeredAt: null, told: keys.filter(() => chance.hit(0.5)) };
  return { status, answeredAt: null, told: null };
}

const money = (fen: number | null) => (fen === null ? null : toYuan(fen));

/** What federation would bring of each party. */
export function representationsOf({ accounts, vehicles, units, parties }: Debtor): object[] {
  const rows = <Row extends { readonly key: string }>(
    told: Telling['told'],
    things: readonly Row[],
    write: (row: Row) => object,
  ) => (told === null ? null : things.filter(({ key }) => told.includes(key)).map(write));
  const seizures = (row: Thing) =>
    row.seizures.map(({ from, until, position }) => ({
      authority: '某法院',
      documentNumber: null,
      from,
      until,
      queuePosition: position,
    }));
  return parties.map(({ bank, vehicle, realEstate }) => ({
    bank: {
      status: bank.status,
      answeredAt: bank.answeredAt,
      accounts: rows(bank.told, accounts, ({ key, currency, balance, available, freezes }) => ({
        assetKey: key,
        bankName: '某银行',
        number: '★0123',
        currency,
        balance: money(balance),
        available: money(available),
        priorFreezes: freezes.map(({ amount, until }) => ({
          authority: null,
          documentNumber: null,
          amount: money(amount),
          until,
        })),
      })),
    },
    vehicle: {
      status: vehicle.status,
      answeredAt: vehicle.answeredAt,
      vehicles: rows(vehicle.told, vehicles, (row) => ({
        assetKey: row.key,
        plateNumber: null,
        model: 'M',
        estimatedValue: money(row.value),
        mortgages: row.mortgages.map(() => ({ holder: '某银行' })),
        seizures: seizures(row),
      })),
    },
    realEstate: {
      status: realEstate.status,
      answeredAt: realEstate.answeredAt,
      units: rows(realEstate.told, units, (row) => ({
        unitNumber: row.key,
        location: '某处',
        share: row.share === null ? null : row.share.join('/'),
        estimatedValue: money(row.value),
        mortgages: row.mortgages.map(({ amount, ceiling }) => ({
          mode: ceiling ? '最高额抵押' : '一般抵押',
          securedAmount: money(amount),
        })),
        seizures: seizures(row),
      })),
    },
  }));
}
