import type {
  AgencyCode,
  CaseStage,
  CaseType,
  ClosingMode,
  CoerciveMeasureKind,
  ControlAction,
  IdType,
  PartyKind,
  PartyRole,
  TeamType,
  TransferKind,
} from '../../common/vocabulary.ts';
import type { IdempotencyTables } from '../kit/idempotency/answer-once.ts';

/** The court's own database as Kysely sees it. Amounts are fen, dates civil dates `YYYY-MM-DD`. */
export interface Tables extends RowTables, IdempotencyTables {
  former_writ: FormerWritTable;
  measure_order: MeasureOrderTable;
}

/** The tables that hold the court's rows as they are loaded. */
export interface RowTables {
  enforcement_case: CaseTable;
  party: PartyTable;
  writ: WritTable;
  measure: MeasureTable;
  coercive_measure: CoerciveMeasureTable;
  import: ImportTable;
}

export interface CaseTable {
  number_key: string;
  /** Code of the owner by the registry, so that a program with the rows of many courts can tell them apart. */
  court_code: string;
  type: CaseType;
  stage: CaseStage;
  filed_on: string | null;
  closed_on: string | null;
  closing_mode: ClosingMode | null;
  amount_due: bigint | null;
  amount_recovered: bigint | null;
  amount_outstanding: bigint | null;
  predecessor_key: string | null;
  successor_key: string | null;
  transfer_kind: TransferKind | null;
  team_name: string | null;
  team_type: TeamType | null;
  team_judge: string | null;
}

export interface PartyTable {
  case_key: string;
  ordinal: number;
  role: PartyRole;
  kind: PartyKind;
  name: string;
  id_type: IdType | null;
  /** Normal form; null when there is no number or it cannot be read. */
  id_number: string | null;
  /** What the file says when that cannot be read as a number. */
  id_unreadable: string | null;
  id_missing_reason: string | null;
  province: string | null;
  county: string | null;
  rural: boolean | null;
  person_id: string;
  identified: boolean;
}

export interface WritTable {
  case_key: string;
  ordinal: number;
  number: string;
  /** Agency codes, joined by spaces. */
  agencies: string;
  signed_by: string;
  signed_on: string;
  valid_until: string;
  handler_name: string;
  handler_phone: string;
  work_id_number: string;
  duty_certificate_number: string;
  /** The viewer who issued it here, by subject; null where it came with an import. */
  issued_by: string | null;
  /** ISO 8601 in UTC. */
  issued_at: string | null;
}

/** A writ that was revoked, was followed by another after its last day, or was issued here and written over by an import. */
export interface FormerWritTable extends WritTable {
  /** ISO 8601 in UTC. */
  ended_at: string;
  /** The viewer who ended it, by subject; `import` where one has written over it. */
  ended_by: string;
  /** Why it was revoked; null where nobody did. */
  reason: string | null;
}

/** An order to control property; who the debtor is stands as it was when it was signed. */
export interface MeasureOrderTable {
  /** A UUID. */
  id: string;
  case_key: string;
  /** In the case, from 1. */
  position: number;
  ordinal: number;
  action: ControlAction;
  agency: AgencyCode;
  number: string;
  /** In full. */
  property: string;
  bank_name: string | null;
  amount: bigint | null;
  until: string | null;
  /** The first order of what it renews or releases. */
  origin_id: string | null;
  /** The first orders whose releases made room for its amount. */
  freed_ids: readonly string[];
  name: string;
  id_type: IdType | null;
  id_number: string;
  signed_by: string;
  signed_on: string;
  /** The viewer who ordered it, by subject. */
  ordered_by: string;
  /** ISO 8601 in UTC. */
  ordered_at: string;
  handler_name: string;
  handler_phone: string;
  work_id_number: string;
  duty_certificate_number: string;
}

export interface MeasureTable {
  case_key: string;
  position: number;
  action: ControlAction;
  property: string;
  amount: bigint | null;
  starts_on: string;
  expires_on: string | null;
  queue_position: number;
}

export interface CoerciveMeasureTable {
  case_key: string;
  position: number;
  kind: CoerciveMeasureKind;
  decided_on: string;
  party_ordinal: number;
}

/** One import of the court's own export. Instants are ISO 8601 in UTC. */
export interface ImportTable {
  position: number;
  /** The instant of which its rows speak. */
  as_of: string;
  imported_at: string;
  /** Cases. */
  inserted: number;
  changed: number;
  unchanged: number;
}
