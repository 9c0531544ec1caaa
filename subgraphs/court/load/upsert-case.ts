import type { CaseTable, CoerciveMeasureTable, PartyTable, WritTable } from '../tables.ts';

/** A case as it is stored, as far as an import touches it. */
export interface StoredCase {
  readonly enforcementCase: CaseTable;
  readonly parties: readonly PartyTable[];
  readonly writs: readonly WritTable[];
  readonly coerciveMeasures: readonly CoerciveMeasureTable[];
}

/** The case as it is to be stored, and whether parties stay whom the file names no more. */
export interface MergedCase extends StoredCase {
  /** Stored writs that a judge issued here and that are not among `writs` as he issued them. */
  readonly overwritten: readonly WritTable[];
  readonly hasKept: boolean;
}
