import type { Migration } from '../../kit/database/migrate.ts';
import { idempotencyStatements } from '../../kit/idempotency/answer-once.ts';

/**
 * Task forces, and the changes of the last day by their keys. Criteria without any condition would be the whole city, and
 * an empty list nothing at all: neither can be stored.
 */
export const createTaskForces: Migration = {
  name: '0001-task-forces',
  async up(database) {
    for (const statement of statements) await database.query(statement);
  },
};

const statements = [
  `create table task_force (
    id uuid primary key,
    name text not null,
    purpose text,
    creditor_person_id text collate "C",
    creditor_name text,
    amount_outstanding_min bigint check (amount_outstanding_min >= 0),
    amount_outstanding_max bigint check (amount_outstanding_max >= 0),
    stages text[] collate "C" check (cardinality(stages) > 0),
    courts text[] collate "C" check (cardinality(courts) > 0),
    provinces text[] collate "C" check (cardinality(provinces) > 0),
    created_at timestamptz(3) not null,
    updated_at timestamptz(3) not null,
    constraint task_force_amounts check (amount_outstanding_min <= amount_outstanding_max),
    constraint task_force_criteria check (num_nonnulls(creditor_person_id, creditor_name, amount_outstanding_min,
      amount_outstanding_max, stages, courts, provinces) > 0)
  )`,
  `create index task_force_newest on task_force (created_at desc, id)`,

  ...idempotencyStatements,
];
