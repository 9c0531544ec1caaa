import type { Migration } from '../../database/migrate.ts';

/**
 * Tickets (查询单): what was asked and what came of it. `question` holds an identity number and is there only as long as it
 * may have to be sent again; `records` hold balances.
 */
export const createTickets: Migration = {
  name: '0001-tickets',
  async up(database) {
    for (const statement of statements) await database.query(statement);
  },
};

const statements = [
  `create table ticket (
    request_number text collate "C" primary key,
    series text collate "C" not null,
    round integer not null check (round > 0),
    state text collate "C" not null,
    about text collate "C" not null,
    wording text collate "C" not null,
    purpose text,
    question json,
    batch text collate "C",
    drafted_at timestamptz(3) not null,
    expected_by timestamptz(3) not null,
    answer_by timestamptz(3) not null,
    settled_at timestamptz(3),
    answered_at timestamptz(3),
    records json,
    status text collate "C",
    reason text,
    holder uuid,
    leased_until timestamptz,
    constraint ticket_round unique (series, round),
    constraint ticket_state check (state in
      ('DRAFTED', 'SUBMITTED', 'ACCEPTED', 'ANSWERED', 'RETURNED', 'EXPIRED', 'FAILED')),
    constraint ticket_settled check ((settled_at is null) = (state in ('DRAFTED', 'SUBMITTED', 'ACCEPTED'))),
    constraint ticket_question check (case when state = 'EXPIRED' then true
      else (question is null) = (state in ('ANSWERED', 'RETURNED', 'FAILED')) end),
    constraint ticket_answer check ((records is not null) = (state = 'ANSWERED')
      and (answered_at is not null) = (state = 'ANSWERED')
      and (reason is not null) = (state in ('RETURNED', 'EXPIRED', 'FAILED')))
  )`,
  `create index ticket_open on ticket (drafted_at) where question is not null`,
];
