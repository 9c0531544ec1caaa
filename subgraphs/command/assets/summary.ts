import type { Answers } from './answers.ts';
import { toAccount, toUnit, toVehicle, type Asset } from './asset.ts';
import type { AssetKind } from './expiry.ts';

/** How sure a total is: exactly that, at least that, or nothing is known. */
export const certainties = ['EXACT', 'LOWER_BOUND', 'UNKNOWN'] as const;
export type Certainty = (typeof certainties)[number];

/** An agency that has not said everything, with the state of its inquiry that says most. */
export interface AssetGap {
  readonly agency: AgencyField;
  readonly status: string;
}

/** What may be controlled of somebody's accounts, vehicles and real estate, in fen. */
export interface AssetSummary {
  readonly certainty: Certainty;
  /** Null when nothing is known. */
  readonly controllable: bigint | null;
  /** Null where nothing is known of a kind. */
  readonly byKind: Readonly<Record<AssetKind, bigint | null>>;
  readonly gaps: readonly AssetGap[];
  readonly assets: readonly Asset[];
}

const agencyFields = ['bank', 'vehicle', 'realEstate'] as const;
export type AgencyField = (typeof agencyFields)[number];

/**
 * Sums up what agencies have said of one person, through one party or several. An agency that has told everything through
 * one party has told it, since it knows persons and not cases: its last whole answer counts. Otherwise everything that was
 * told counts, a thing that was seen more than once as it was told last.
 */
export function summarise(seen: readonly Answers[], today: string): AssetSummary {
  const told = {
    bank: lastTold(seen.map(({ bank }) => toTold(bank, bank.accounts, (row) => toAccount(row, today)))),
    vehicle: lastTold(seen.map(({ vehicle }) => toTold(vehicle, vehicle.vehicles, (row) => toVehicle(row, today)))),
    realEstate: lastTold(
      seen.map(({ realEstate }) => toTold(realEstate, realEstate.units, (row) => toUnit(row, today))),
    ),
  };
  const gaps = agencyFields.flatMap((agency) => gapOf(agency, told[agency]));
  const assets = agencyFields.flatMap((agency) => joinAssets(told[agency]));
  const byKind = {
    ACCOUNT: totalOf(joinAssets(told.bank), isWhole(told.bank)),
    VEHICLE: totalOf(joinAssets(told.vehicle), isWhole(told.vehicle)),
    REAL_ESTATE: totalOf(joinAssets(told.realEstate), isWhole(told.realEstate)),
  };
  const controllable = totalOf(assets, gaps.length < agencyFields.length);
  const exact = gaps.length === 0 && assets.every((asset) => asset.exact);
  return {
    certainty: exact ? 'EXACT' : controllable === null ? 'UNKNOWN' : 'LOWER_BOUND',
    controllable,
    byKind,
    gaps,
    assets,
  };
}

/** What one agency said through one party. */
interface Told {
  readonly status: string;
  readonly whole: boolean;
  readonly answeredAt: string;
  readonly assets: readonly Asset[];
}

function toTold<Row>(
  { status, answeredAt }: { readonly status: string; readonly answeredAt: string | null },
  rows: readonly Row[] | null,
  toAsset: (row: Row) => Asset,
): Told {
  const answered = status === 'FOUND' || status === 'NONE';
  return {
    // An answer whose rows did not arrive is none.
    status: answered && rows === null ? 'UNREACHABLE' : status,
    whole: answered && rows !== null,
    answeredAt: answeredAt ?? '',
    assets: (rows ?? []).map(toAsset),
  };
}

/** The whole answers of the last moment, or else everything. */
function lastTold(told: readonly Told[]): readonly Told[] {
  const whole = told.filter((answer) => answer.whole);
  const last = whole
    .map(({ answeredAt }) => answeredAt)
    .sort()
    .at(-1);
  return last === undefined ? told : whole.filter(({ answeredAt }) => answeredAt === last);
}

function isWhole(told: readonly Told[]): boolean {
  return told.some(({ whole }) => whole);
}

/** Every thing once, as it was told last; of two told at once that differ, the lesser, which is then a bound. */
function joinAssets(told: readonly Told[]): readonly Asset[] {
  const joined = new Map<string, { readonly asset: Asset; readonly answeredAt: string }>();
  for (const { answeredAt, assets } of told) {
    for (const asset of assets) {
      // What cannot be told from others is counted as it stands.
      const key = asset.key ?? `${joined.size} without a key`;
      const other = joined.get(key);
      if (other === undefined || answeredAt > other.answeredAt) joined.set(key, { asset, answeredAt });
      else if (answeredAt === other.answeredAt) joined.set(key, { answeredAt, asset: lesser(other.asset, asset) });
    }
  }
  return [...joined.values()].map(({ asset }) => asset);
}

/** A value that is known before one that is not; where both are, the lesser. Two different words are no exact one. */
function lesser(one: Asset, other: Asset): Asset {
  if (one.controllable === other.controllable) return { ...one, exact: one.exact && other.exact };
  if (one.controllable === null) return { ...other, exact: false };
  if (other.controllable === null || one.controllable < other.controllable) return { ...one, exact: false };
  return { ...other, exact: false };
}

/** What is known of assets, together; null when nothing is, unless it is known that there is no more. */
function totalOf(assets: readonly Asset[], whole: boolean): bigint | null {
  const known = assets.flatMap(({ controllable }) => controllable ?? []);
  return known.length === 0 && !whole ? null : known.reduce((total, fen) => total + fen, 0n);
}

function gapOf(agency: AgencyField, told: readonly Told[]): AssetGap[] {
  if (isWhole(told)) return [];
  const [status = 'NOT_ASKED'] = told.map((answer) => answer.status).sort((a, b) => saying(a) - saying(b));
  return [{ agency, status }];
}

/** States that say more come first. */
function saying(status: string): number {
  const order = ['DEGRADED', 'PENDING', 'TIMEOUT', 'UNREACHABLE', 'REFUSED'].indexOf(status);
  return order < 0 ? Infinity : order;
}
