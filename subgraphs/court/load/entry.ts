import type { CaseRecord, PartyRecord } from '../../../common/case-record.ts';

/** What an import may say of a case, but for what belongs to it in other tables. */
export type CaseColumns = Omit<CaseRecord, 'number' | 'parties' | 'measures' | 'coerciveMeasures'>;

/** A party as an import has it. */
export interface EntryParty extends PartyRecord {
  /** Whether the file itself gives the ordinal; otherwise it is only the party's place in the file. */
  readonly stated: boolean;
}

/** What an import says of one case. */
export interface Entry {
  /** In any written form. */
  readonly number: string;
  /** Null when the file names only parties: the case must be there already. */
  readonly columns: CaseColumns | null;
  readonly parties: readonly EntryParty[];
  /** REPLACE: these are all parties of the case. ADD: the others stay as they are. */
  readonly mode: 'REPLACE' | 'ADD';
  /** Ordinals of parties whose rows could not be read: whoever stands there stays. */
  readonly held: readonly number[];
}

/** What the files have columns for; everything else stays as it is stored. */
export interface Spoken {
  readonly columns: readonly (keyof CaseColumns)[];
  readonly parties: readonly PartyPart[];
}

/** The parts of a party's row that are replaced together, beside name and role. */
export type PartyPart = (typeof partyParts)[number];
export const partyParts = ['kind', 'identity', 'province', 'county', 'rural', 'writ'] as const;

/** One import: everything that goes in at once. */
export interface Batch {
  /** The instant of which the rows speak, ISO 8601 with offset. */
  readonly asOf: string;
  readonly spoken: Spoken;
  readonly entries: readonly Entry[];
}

/** What came of an import. */
export interface BatchResult {
  /** Cases. */
  readonly inserted: number;
  readonly changed: number;
  readonly unchanged: number;
  /** Entries, by index, whose case is not there: nothing of them was stored. */
  readonly missing: readonly number[];
  /** Parties whom the file names no more and who stay, since a coercive measure stands against them: display forms of their cases. */
  readonly kept: readonly string[];
  /** The court's as-of before this import, when it had one. */
  readonly formerAsOf: string | null;
}
