/** In which of the registry's lists of rights (权利清单) somebody holds a unit; the order is that of precedence. */
export const rightKinds = [
  'HOUSE_OWNERSHIP',
  'LAND_OWNERSHIP',
  'CONSTRUCTION_LAND_USE',
  'SEA_USE',
  'STRUCTURE_OWNERSHIP',
  'FOREST',
  'ADVANCE_NOTICE',
] as const;
export type RightKind = (typeof rightKinds)[number];

/** What kind of seizure lies on a unit. */
export type SeizureKind = 'SEAL' | 'WAITLIST' | 'ADVANCE' | 'CONTINUED';

/** One unit (不动产单元) in which the debtor holds a right; its certificate number in full. */
export interface UnitRecord {
  readonly unitNumber: string;
  readonly rights: readonly RightKind[];
  readonly location: string | null;
  /** Square metres. */
  readonly area: number | null;
  /** The debtor's share as a fraction, `1/1` when sole; null when held jointly without shares. */
  readonly share: string | null;
  readonly coOwnership: string | null;
  /** Everybody else who holds the right, in the order of the registry. */
  readonly coOwners: readonly CoOwnerRecord[];
  readonly certificateNumber: string | null;
  readonly plannedUse: string | null;
  readonly mortgages: readonly MortgageRecord[];
  readonly seizures: readonly SeizureRecord[];
}

/** Somebody who holds a unit beside the debtor; the share as a fraction, null when joint or not told. */
export interface CoOwnerRecord {
  readonly name: string | null;
  readonly share: string | null;
}

export interface MortgageRecord {
  readonly mortgagor: string | null;
  readonly mortgagee: string | null;
  readonly mode: string | null;
  readonly securedAmount: string | null;
  readonly from: string | null;
  readonly until: string | null;
  readonly certificateNumber: string | null;
}

export interface SeizureRecord {
  readonly authority: string | null;
  readonly kind: SeizureKind;
  readonly documentNumber: string | null;
  readonly from: string | null;
  readonly until: string | null;
  readonly queuePosition: number;
}
