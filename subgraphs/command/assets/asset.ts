import type { AccountAnswer, SeizureAnswer, UnitAnswer, VehicleAnswer } from './answers.ts';
import { expiryOf, type AssetKind, type Expiry } from './expiry.ts';
import { readFraction, shareOf } from './fraction.ts';

/** A measure of somebody that lies on an asset, or waits for its turn. */
export interface PriorMeasure extends Expiry {
  readonly authority: string | null;
  readonly documentNumber: string | null;
  /** What is frozen, in fen; null where measures have no amount or it is not known. */
  readonly amount: bigint | null;
  /** 0 is effective, n the n-th in waiting; null when it is not known. */
  readonly queuePosition: number | null;
}

/** One thing that somebody has, with what may still be controlled of it, in fen. */
export interface Asset {
  readonly kind: AssetKind;
  /** The same for the same thing, whoever asks; null when it cannot be told from others. */
  readonly key: string | null;
  readonly description: string | null;
  /** Of the whole thing. */
  readonly value: bigint | null;
  /** As a fraction; null when it is not known. */
  readonly share: string | null;
  /** Null when it is not known. */
  readonly controllable: bigint | null;
  /** Whether it is that and no more; otherwise it is that at least. */
  readonly exact: boolean;
  readonly measures: readonly PriorMeasure[];
  /** The place that a measure of today would have: 0 takes effect at once. */
  readonly nextPosition: number | null;
}

/** An account: what the bank calls available, or else the balance without what is frozen. Other money than yuan has no value here. */
export function toAccount(account: AccountAnswer, today: string): Asset {
  const { bankName, number, balance, priorFreezes } = account;
  const measures = (priorFreezes ?? []).map(({ authority, documentNumber, amount, until }, index) => ({
    authority,
    documentNumber,
    amount,
    queuePosition: index,
    ...expiryOf('ACCOUNT', { from: null, until, waiting: false }, today),
  }));
  const controllable = controllableOf(account, measures);
  return {
    kind: 'ACCOUNT',
    key: account.assetKey,
    description: [bankName, number].filter((part) => part !== null).join(' ') || null,
    value: account.currency === 'CNY' ? balance : null,
    share: '1/1',
    controllable,
    exact: controllable !== null,
    measures,
    nextPosition: priorFreezes === null ? null : measures.filter(isAlive).length,
  };
}

function controllableOf(
  { currency, balance, available, priorFreezes }: AccountAnswer,
  measures: readonly PriorMeasure[],
): bigint | null {
  // Nothing is nothing in every currency.
  if (available !== null && available <= 0n) return 0n;
  if (currency !== 'CNY') return balance !== null && balance <= 0n ? 0n : null;
  if (available !== null) return balance !== null && available > balance ? null : available;
  if (balance === null || priorFreezes === null) return null;
  let left = balance;
  for (const { amount } of measures.filter(isAlive)) {
    if (amount === null) return null;
    left -= amount;
  }
  return left > 0n ? left : 0n;
}

/** A vehicle: nothing while somebody's seizure is effective; no value without an appraisal; mortgages of it have no amounts. */
export function toVehicle(vehicle: VehicleAnswer, today: string): Asset {
  const { seizures, mortgages, estimatedValue } = vehicle;
  const measures = measuresOf('VEHICLE', seizures, today);
  const taken = isTaken(seizures, measures);
  const free = mortgages !== null && mortgages.length === 0 ? estimatedValue : null;
  return {
    kind: 'VEHICLE',
    key: vehicle.assetKey,
    description: vehicle.plateNumber ?? vehicle.model,
    value: estimatedValue,
    share: '1/1',
    ...takenOr(taken, free, true),
    measures,
    nextPosition: seizures === null ? null : measures.filter(isAlive).length,
  };
}

/**
 * A unit: nothing while somebody's seizure is effective; else the appraised value without what mortgages secure, and of
 * that the share. The ceiling of 最高额抵押 is more than is owed, so that what remains is at least that.
 */
export function toUnit(unit: UnitAnswer, today: string): Asset {
  const { seizures, mortgages, estimatedValue } = unit;
  const measures = measuresOf('REAL_ESTATE', seizures, today);
  const share = unit.share === null ? null : readFraction(unit.share);
  let left = mortgages === null ? null : estimatedValue;
  let exact = true;
  for (const { mode, securedAmount } of mortgages ?? []) {
    left = left === null || securedAmount === null ? null : left - securedAmount;
    if (mode !== '一般抵押') exact = false;
  }
  const free = left === null || share === null ? null : shareOf(left > 0n ? left : 0n, share);
  return {
    kind: 'REAL_ESTATE',
    key: unit.unitNumber,
    description: unit.location,
    value: estimatedValue,
    share: unit.share,
    ...takenOr(isTaken(seizures, measures), free, exact),
    measures,
    nextPosition: seizures === null ? null : measures.filter(isAlive).length,
  };
}

function measuresOf(kind: AssetKind, seizures: readonly SeizureAnswer[] | null, today: string): PriorMeasure[] {
  return (seizures ?? []).map(({ authority, documentNumber, from, until, queuePosition }) => ({
    authority,
    documentNumber,
    amount: null,
    queuePosition,
    ...expiryOf(kind, { from, until, waiting: queuePosition !== null && queuePosition > 0 }, today),
  }));
}

/** A measure that was not renewed is over (民诉法解释 487); one that waits is not. */
function isAlive({ alert }: PriorMeasure): boolean {
  return alert !== 'LAPSED';
}

/** When the effective seizure is over, the first in line takes its place: taken is what has any seizure that is not over. */
function isTaken(seizures: readonly SeizureAnswer[] | null, measures: readonly PriorMeasure[]): boolean | null {
  return seizures === null ? null : measures.some(isAlive);
}

function takenOr(taken: boolean | null, free: bigint | null, exact: boolean): Pick<Asset, 'controllable' | 'exact'> {
  if (taken === true) return { controllable: 0n, exact: true };
  const controllable = taken === null ? null : free;
  return { controllable, exact: controllable !== null && exact };
}
