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
