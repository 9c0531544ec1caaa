import type { Database } from '../database/database.ts';
import { migrate } from '../database/migrate.ts';
import type { Inquiry } from './inquiry.ts';
import { ticketMigrations } from './migrations/index.ts';
import type { Settlement, TicketStore } from './store.ts';
import { toOpenTicket, toTicket, type OpenRow, type TicketRow } from './ticket-rows.ts';
import { stateOf, type Draft } from './ticket.ts';

/** The tables of tickets: of questions, and of measures that are carried out. */
export type TicketTable = 'ticket' | 'control';

/** Brings an agency's schema up to date and keeps its tickets there. Leases go by the database's own clock. */
export async function openDatabaseStore<Row>(
  database: Database,
  table: TicketTable = 'ticket',
): Promise<TicketStore<Row>> {
  await migrate(database, ticketMigrations);
  const { lockNumbers, draftSql, closeSql, settleSql } = statementsOf(table);
  return {
    async read(series) {
      if (series.length === 0) return [];
      const { rows } = await database.query<TicketRow<Row>>(
        `select request_number, series, round, state, about, wording, expected_by, settled_at, answered_at, records, status, reason, returned, outdated
         from ${table} where series = any($1::text[])`,
        [series],
      );
      return rows.map(toTicket);
    },

    async questions(requestNumbers) {
      const { rows } = await database.query<Pick<TicketRow<Row>, 'request_number'> & { question: Inquiry | null }>(
        `select request_number, question from ${table} where request_number = any($1::text[])`,
        [requestNumbers],
      );
      return new Map(rows.map(({ request_number, question }) => [request_number, question]));
    },

    async draft(drafts, { holder, ms }) {
      if (drafts.length === 0) return new Set();
      // In one order everywhere: two programs that draft the same tickets would wait for one another.
      const inOrder = drafts.toSorted((one, other) => (one.requestNumber < other.requestNumber ? -1 : 1));
      const columns = draftColumns.map(({ valueOf }) => inOrder.map(valueOf));
      const { rows } = await database.query<{ request_number: string }>(draftSql, [...columns, holder, ms]);
      return new Set(rows.map(({ request_number }) => request_number));
    },

    async close(draft, settled) {
      const columns = draftColumns.map(({ name, valueOf }) => (name === 'question' ? null : valueOf(draft)));
      const { rows } = await database.query(closeSql, [
        ...columns,
        stateOf(settled),
        draft.draftedAt.toISOString(),
        settled.status,
        settled.reason,
      ]);
      return rows.length > 0;
    },

    async submitting(requestNumbers) {
      await database.query(
        `with locked as (${lockNumbers}) update ${table} set state = 'SUBMITTED' from locked
         where ${table}.request_number = locked.request_number and state = 'DRAFTED'`,
        [requestNumbers],
      );
    },

    async accepted(requestNumbers, batch, expectedBy) {
      await database.query(
        `with locked as (${lockNumbers}) update ${table} set batch = $2, expected_by = coalesce($3::timestamptz, expected_by),
           state = case when state = 'EXPIRED' then state else 'ACCEPTED' end
         from locked where ${table}.request_number = locked.request_number and question is not null`,
        [requestNumbers, batch, expectedBy?.toISOString() ?? null],
      );
    },

    async settle(settlements) {
      if (settlements.length === 0) return;
      await database.query(
        settleSql,
        settlementColumns.map((valueOf) => settlements.map(valueOf)),
      );
    },

    async outdate(persons) {
      // Whom a ticket from before this column is about, is not known.
      await database.query(
        `with locked as (
           select request_number from ${table} where person = any($1::text[]) or person is null
           order by request_number for update)
         update ${table} set outdated = true from locked where ${table}.request_number = locked.request_number`,
        [persons],
      );
    },

    async recordsAbout(marks) {
      const { rows } = await database.query<{ records: readonly Row[] }>(
        `select records from ${table} where person = any($1::text[]) and state = 'ANSWERED' order by settled_at desc`,
        [marks],
      );
      return rows.flatMap(({ records }) => records);
    },

    async giveUp(requestNumbers) {
      await database.query(
        `with locked as (${lockNumbers}) update ${table} set question = null, batch = null, holder = null, leased_until = null
         from locked where ${table}.request_number = locked.request_number and state = 'EXPIRED'`,
        [requestNumbers],
      );
    },

    async claim({ holder, ms }, most) {
      const { rows } = await database.query<OpenRow>(
        `update ${table} set holder = $1::uuid, leased_until = clock_timestamp() + $2::integer * interval '1 millisecond'
         where request_number in (
           select request_number from ${table}
           where question is not null and (leased_until is null or leased_until < clock_timestamp())
           order by drafted_at limit $3::integer for update skip locked)
         returning request_number, series, state, question, batch, expected_by, answer_by`,
        [holder, ms, most],
      );
      return rows.map(toOpenTicket);
    },

    async renew(requestNumbers, { holder, ms }) {
      if (requestNumbers.length === 0) return;
      await database.query(
        `with locked as (${lockNumbers})
         update ${table} set leased_until = clock_timestamp() + $3::integer * interval '1 millisecond'
         from locked where ${table}.request_number = locked.request_number and holder = $2::uuid`,
        [requestNumbers, holder, ms],
      );
    },

    async release(holder) {
      await database.query(
        `with locked as (
           select request_number from ${table} where leased_until is not null and holder = coalesce($1::uuid, holder)
           order by request_number for update)
         update ${table} set leased_until = null from locked where ${table}.request_number = locked.request_number`,
        [holder ?? null],
      );
    },
  };
}

const draftColumns: readonly { name: string; type: string; valueOf: (draft: Draft) => unknown }[] = [
  { name: 'request_number', type: 'text', valueOf: ({ requestNumber }) => requestNumber },
  { name: 'series', type: 'text', valueOf: ({ series }) => series },
  { name: 'round', type: 'integer', valueOf: ({ round }) => round },
  { name: 'about', type: 'text', valueOf: ({ marks }) => marks.about },
  { name: 'wording', type: 'text', valueOf: ({ marks }) => marks.wording },
  { name: 'person', type: 'text', valueOf: ({ person }) => person },
  { name: 'purpose', type: 'text', valueOf: ({ purpose }) => purpose },
  { name: 'question', type: 'json', valueOf: ({ inquiry }) => JSON.stringify(inquiry) },
  { name: 'drafted_at', type: 'timestamptz', valueOf: ({ draftedAt }) => draftedAt.toISOString() },
  { name: 'expected_by', type: 'timestamptz', valueOf: ({ expectedBy }) => expectedBy.toISOString() },
  { name: 'answer_by', type: 'timestamptz', valueOf: ({ answerBy }) => answerBy.toISOString() },
];

const draftNames = draftColumns.map(({ name }) => name).join(', ');
const draftArrays = draftColumns.map(({ type }, index) => `$${index + 1}::${type}[]`).join(', ');
const closedValues = [...draftColumns.keys(), 0, 0, 0, 0].map((_, index) => `$${index + 1}`).join(', ');
const leasedUntil = `clock_timestamp() + $${draftColumns.length + 2}::integer * interval '1 millisecond'`;

const settlementColumns: readonly ((settlement: Settlement<unknown>) => unknown)[] = [
  ({ requestNumber }) => requestNumber,
  ({ state }) => state,
  ({ settledAt }) => settledAt.toISOString(),
  ({ settled }) => (settled.kind === 'ANSWERED' ? settled.answeredAt.toISOString() : null),
  ({ settled }) => (settled.kind === 'ANSWERED' ? JSON.stringify(settled.records) : null),
  ({ settled }) => (settled.kind === 'FAILED' ? settled.status : null),
  ({ settled }) => (settled.kind === 'FAILED' ? settled.reason.replaceAll('\u0000', '') : null),
  ({ settled }) => (settled.kind === 'FAILED' && settled.returned ? JSON.stringify(settled.returned) : null),
];

/** The statements that are long, of one table. */
function statementsOf(table: TicketTable) {
  /** Rows of several tickets are locked in one order everywhere, or two statements could wait for one another. */
  const lockNumbers = `select request_number from ${table} where request_number = any($1::text[]) order by request_number for update`;

  /** What had failed or expired is a draft again, as a row that was never there. */
  const draftSql = `insert into ${table} (${draftNames}, state, holder, leased_until)
  select ${draftNames}, 'DRAFTED', $${draftColumns.length + 1}::uuid, ${leasedUntil} from unnest(${draftArrays}) as draft (${draftNames})
  on conflict (request_number) do update set
    state = excluded.state, purpose = excluded.purpose, question = excluded.question, batch = null,
    about = excluded.about, wording = excluded.wording, person = excluded.person, outdated = false,
    drafted_at = excluded.drafted_at,
    expected_by = excluded.expected_by, answer_by = excluded.answer_by, settled_at = null, status = null, reason = null,
    holder = excluded.holder, leased_until = excluded.leased_until
  where ${table}.state in ('FAILED', 'EXPIRED')
  returning request_number`;

  const closeSql = `insert into ${table} (${draftNames}, state, settled_at, status, reason) values (${closedValues})
  on conflict do nothing returning request_number`;

  const settleSql = `with word as (
    select * from unnest($1::text[], $2::text[], $3::timestamptz[], $4::timestamptz[], $5::json[], $6::text[], $7::text[], $8::json[])
      as word (request_number, state, settled_at, answered_at, records, status, reason, returned)),
  locked as (${lockNumbers}),
  settled as (
    update ${table} set state = word.state, settled_at = word.settled_at, answered_at = word.answered_at, records = word.records,
      status = word.status, reason = word.reason, returned = word.returned,
      question = case when word.state = 'EXPIRED' then ${table}.question end,
      batch = case when word.state = 'EXPIRED' then ${table}.batch end,
      holder = case when word.state = 'EXPIRED' then ${table}.holder end,
      leased_until = case when word.state = 'EXPIRED' then ${table}.leased_until end
    from word join locked using (request_number)
    where ${table}.request_number = word.request_number and ${table}.state not in ('ANSWERED', 'RETURNED')
    returning ${table}.series, ${table}.round, ${table}.state)
  delete from ${table} using settled
  where ${table}.series = settled.series and ${table}.round < settled.round and settled.state in ('ANSWERED', 'RETURNED')`;

  return { lockNumbers, draftSql, closeSql, settleSql };
}
