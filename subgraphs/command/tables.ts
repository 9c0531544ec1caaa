import type { CaseStage } from '../../common/vocabulary.ts';
import type { IdempotencyTables } from '../kit/idempotency/answer-once.ts';

/** The command centre's own database as Kysely sees it. Amounts are fen, instants ISO 8601 in UTC. */
export interface Tables extends IdempotencyTables {
  task_force: TaskForceTable;
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
