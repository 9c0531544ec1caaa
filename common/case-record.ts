/**
 * A court's rows in a neutral form: what the generator writes, what an import reads, what a court program stores.
 * Dates are civil dates `YYYY-MM-DD` of Asia/Shanghai; amounts are yuan with two decimals, as `Money` on the wire.
 */

import type {
  AgencyCode,
  CaseStage,
  ClosingMode,
  CoerciveMeasureKind,
  ControlAction,
  IdType,
  PartyKind,
  PartyRole,
  TeamType,
  TransferKind,
} from './vocabulary.ts';

/** One enforcement case with everything that belongs to it. */
export interface CaseRecord {
  /** In any written form; the court stores its normal key. */
  readonly number: string;
  readonly stage: CaseStage;
  readonly filedOn: string | null;
  readonly closedOn: string | null;
  readonly closingMode: ClosingMode | null;
  readonly amountDue: string | null;
  readonly amountRecovered: string | null;
  readonly amountOutstanding: string | null;
  readonly team: TeamRecord | null;
  /** The case that this one continues (a designated case), or that continues this one. */
  readonly predecessor: string | null;
  readonly successor: string | null;
  readonly transferKind: TransferKind | null;
  readonly parties: readonly PartyRecord[];
  readonly measures: readonly MeasureRecord[];
  readonly coerciveMeasures: readonly CoerciveMeasureRecord[];
}

export interface TeamRecord {
  readonly name: string;
  readonly type: TeamType;
  readonly judge: string;
}

/** Somebody in a case; `ordinal` counts from 1 within it. */
export interface PartyRecord {
  readonly ordinal: number;
  readonly role: PartyRole;
  readonly kind: PartyKind;
  readonly name: string;
  readonly idType: IdType | null;
  readonly idNumber: string | null;
  /** Why there is no number, when there is none. */
  readonly idMissingReason: string | null;
  /** Province-level division of residence, e.g. `江苏省`. */
  readonly province: string | null;
  readonly county: string | null;
  readonly rural: boolean | null;
  readonly writ: WritRecord | null;
}

/** 协助查询通知书: the court's signed order to ask agencies about one party. */
export interface WritRecord {
  readonly number: string;
  readonly agencies: readonly AgencyCode[];
  readonly signedBy: string;
  readonly signedOn: string;
  readonly validUntil: string;
  readonly handlerName: string;
  readonly handlerPhone: string;
  readonly workIdNumber: string;
  readonly dutyCertificateNumber: string;
}

/** 控制措施 on a piece of property. `queuePosition` 0 is effective, n is the n-th in waiting (轮候). */
export interface MeasureRecord {
  readonly action: ControlAction;
  readonly property: string;
  readonly amount: string | null;
  readonly from: string;
  /** Null while waiting. */
  readonly expiresOn: string | null;
  readonly queuePosition: number;
}

export interface CoerciveMeasureRecord {
  readonly kind: CoerciveMeasureKind;
  readonly decidedOn: string;
  /** Ordinal of the party it was taken against. */
  readonly party: number;
}
