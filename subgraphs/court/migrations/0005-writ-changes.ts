import type { Migration } from '../../kit/database/migrate.ts';
import { idempotencyStatements } from '../../kit/idempotency/answer-once.ts';

/**
 * Writs that are issued and revoked here. A party has one writ at most; those before it are kept, since agencies were asked on
 * them. Changes of the last day stand by their keys.
 */
export const changeWrits: Migration = {
  name: '0005-writ-changes',
  async up(database) {
    for (const statement of statements) await database.query(statement);
  },
};

const statements = [
  `create table former_writ (
    case_key text collate "C" not null,
    ordinal integer not null,
    number text collate "C" not null,
    agencies text not null,
    signed_by text not null,
    signed_on date not null,
    valid_until date not null,
    handler_name text not null,
    handler_phone text not null,
    work_id_number text not null,
    duty_certificate_number text not null,
    ended_at timestamptz not null,
    ended_by text not null,
    reason text
  )`,
  `create index former_writ_party on former_writ (case_key, ordinal)`,
  `create index former_writ_number on former_writ (number)`,
  `alter table writ alter column number type text collate "C"`,
  `create index writ_number on writ (number)`,
  ...idempotencyStatements,
];
