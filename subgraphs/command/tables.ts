import type { ColumnType } from 'kysely';
import type { CaseStage } from '../../common/vocabulary.ts';

/** The command centre's own database as Kysely sees it. Amounts are fen, instants ISO 8601 in UTC. */
export interface Tables {
  task_force: TaskForceTable;
  idempotency: IdempotencyTable;
}

/** A task force; its criteria, of which an absent one is null and at least one is not. */
export interface TaskForceTable {
  id: string;
  name: string;
  purpose: string | null;
  creditor_person_id: string | null;
  creditor_name: string | null;
  amount_outstanding_min: bigint | null;
  amount_outstanding_max: bigint | null;
  stages: readonly CaseStage[] | null;
  courts: readonly string[] | null;
  provinces: readonly string[] | null;
  created_at: string;
  updated_at: string;
}

/** A change that was made, under the key that it was asked with. */
export interface IdempotencyTable {
  key: string;
  /** SHA-256 over the operation and its input. */
  digest: Uint8Array;
  /** The task force as it was answered, as JSON; written as its text. */
  answer: ColumnType<unknown, string, string>;
  answered_at: string;
}
