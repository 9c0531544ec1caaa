import type { Migration } from '../../kit/database/migrate.ts';

/**
 * Cases and what belongs to them. Amounts are fen. What is compared or sorted as text is `COLLATE "C"`: bytes of UTF-8, as
 * in every other court. The orders need no index of their own beyond these: nulls stand last in both directions.
 */
export const createRows: Migration = {
  name: '0001-rows',
  async up(database) {
    for (const statement of statements) await database.query(statement);
  },
};

const statements = [
  `create table enforcement_case (
    number_key text collate "C" primary key,
    court_code text collate "C" not null,
    type text not null,
    stage text not null,
    filed_on date,
    closed_on date,
    closing_mode text,
    amount_due bigint,
    amount_recovered bigint,
    amount_outstanding bigint,
    predecessor_key text collate "C",
    successor_key text collate "C",
    transfer_kind text,
    team_name text,
    team_type text,
    team_judge text
  )`,
  `create index case_filed_last on enforcement_case (filed_on desc nulls last, number_key)`,
  `create index case_filed_first on enforcement_case (filed_on asc nulls last, number_key)`,
  `create index case_outstanding_most on enforcement_case (amount_outstanding desc nulls last, number_key)`,
  `create index case_outstanding_least on enforcement_case (amount_outstanding asc nulls last, number_key)`,
  `create index case_stage on enforcement_case (stage)`,

  `create table party (
    case_key text collate "C" not null references enforcement_case (number_key),
    ordinal integer not null check (ordinal > 0),
    role text not null,
    kind text not null,
    name text not null,
    id_type text,
    id_number text,
    id_unreadable text,
    id_missing_reason text,
    province text,
    county text,
    rural boolean,
    person_id text collate "C" not null,
    identified boolean not null,
    primary key (case_key, ordinal)
  )`,
  `create index party_person on party (person_id, role, case_key)`,
  `create index party_province on party (province, role, case_key)`,

  `create table writ (
    case_key text collate "C" not null,
    ordinal integer not null,
    number text not null,
    agencies text not null,
    signed_by text not null,
    signed_on date not null,
    valid_until date not null,
    handler_name text not null,
    handler_phone text not null,
    work_id_number text not null,
    duty_certificate_number text not null,
    primary key (case_key, ordinal),
    foreign key (case_key, ordinal) references party (case_key, ordinal)
  )`,

  `create table measure (
    case_key text collate "C" not null references enforcement_case (number_key),
    position integer not null,
    action text not null,
    property text not null,
    amount bigint,
    starts_on date not null,
    expires_on date,
    queue_position integer not null,
    primary key (case_key, position)
  )`,

  `create table coercive_measure (
    case_key text collate "C" not null,
    position integer not null,
    kind text not null,
    decided_on date not null,
    party_ordinal integer not null,
    primary key (case_key, position),
    foreign key (case_key, party_ordinal) references party (case_key, ordinal)
  )`,
];
