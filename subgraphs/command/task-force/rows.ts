import type { Selectable } from 'kysely';
import type { TaskForceCriteria } from '../criteria/type.ts';
import type { TaskForceTable } from '../tables.ts';
import type { TaskForce } from './type.ts';

/** A task force as the database gives it. */
export type TaskForceRow = Selectable<TaskForceTable>;

/** The columns of a task force that hold its criteria. */
export type CriteriaColumns = Omit<TaskForceRow, 'id' | 'name' | 'purpose' | 'created_at' | 'updated_at'>;

/** The columns of criteria, all of them: what is absent is null. */
export function toCriteriaColumns(criteria: TaskForceCriteria): CriteriaColumns {
  return {
    creditor_person_id: criteria.creditorPersonId,
    creditor_name: criteria.creditorName,
    amount_outstanding_min: criteria.amountOutstandingMin,
    amount_outstanding_max: criteria.amountOutstandingMax,
    stages: criteria.stages,
    courts: criteria.courts,
    provinces: criteria.provinces,
  };
}

/** The task force that a row stands for. */
export function toTaskForce(row: TaskForceRow): TaskForce {
  return {
    id: row.id,
    name: row.name,
    purpose: row.purpose,
    criteria: {
      creditorPersonId: row.creditor_person_id,
      creditorName: row.creditor_name,
      amountOutstandingMin: row.amount_outstanding_min,
      amountOutstandingMax: row.amount_outstanding_max,
      stages: row.stages,
      courts: row.courts,
      provinces: row.provinces,
    },
    createdAt: new Date(row.created_at),
    updatedAt: new Date(row.updated_at),
  };
}

/** A row in JSON, which has no bigint: as a change of it is answered. */
export type StoredRow = Omit<TaskForceRow, AmountColumn> & Readonly<Record<AmountColumn, string | null>>;
type AmountColumn = 'amount_outstanding_min' | 'amount_outstanding_max';

export function toAnswer(row: TaskForceRow): StoredRow {
  const { amount_outstanding_min: min, amount_outstanding_max: max } = row;
  return {
    ...row,
    amount_outstanding_min: min === null ? null : min.toString(),
    amount_outstanding_max: max === null ? null : max.toString(),
  };
}

export function fromAnswer(row: StoredRow): TaskForceRow {
  const { amount_outstanding_min: min, amount_outstanding_max: max } = row;
  return {
    ...row,
    amount_outstanding_min: min === null ? null : BigInt(min),
    amount_outstanding_max: max === null ? null : BigInt(max),
  };
}
