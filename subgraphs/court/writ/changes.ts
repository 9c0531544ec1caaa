import { sql, type Kysely } from 'kysely';
import { addDays, toCivilDate } from '../../../common/civil-date.ts';
import type { Viewer } from '../../../common/viewer.ts';
import { agencyCodes } from '../../../common/vocabulary.ts';
import { badInput } from '../../kit/caller-errors.ts';
import type { Database } from '../../kit/database/database.ts';
import { parseWords } from '../../kit/words.ts';
import type { CourtSetting } from '../setting.ts';
import { notFound } from '../errors.ts';
import { changeOnce } from '../judged-change.ts';
import { isOrdinal } from '../party/ordinal.ts';
import type { Tables, WritTable } from '../tables.ts';
import { toWrit, type AnsweredWrit } from './answer.ts';
import type { IssueWritInput, RevokeWritInput } from './inputs.ts';

/** A change as it is answered, also to whoever asks for it again. */
export interface MadeChange {
  readonly caseKey: string;
  readonly ordinal: number;
  readonly writ: AnsweredWrit | null;
}

/** The changes that can be made to writs, each once under its key; by a judge of the case's court and nobody else. */
export interface WritChanges {
  issue(input: IssueWritInput, idempotencyKey: string, viewer: Viewer | null): Promise<MadeChange>;
  revoke(input: RevokeWritInput, idempotencyKey: string, viewer: Viewer | null): Promise<MadeChange>;
}

/** The changes over a database; each rejects with FORBIDDEN, BAD_USER_INPUT, UNKNOWN_COURT, NOT_FOUND or IDEMPOTENCY_CONFLICT. */
export function createWritChanges(setting: CourtSetting, database: Database): WritChanges {
  const rule = 'a writ is issued and revoked by a judge (员额法官) of the court that has the case';
  return {
    // Asynchronous, so that whoever may not is told so like everybody else.
    issue: async (input, idempotencyKey, viewer) =>
      changeOnce(setting, database, {
        ...{ operation: 'issueWrit', input, idempotencyKey, viewer, rule },
        make: (db, judge) => issue(db, input, judge, setting),
      }),
    revoke: async (input, idempotencyKey, viewer) =>
      changeOnce(setting, database, {
        ...{ operation: 'revokeWrit', input, idempotencyKey, viewer, rule },
        make: (db, judge) => revoke(db, input, judge, setting),
      }),
  };
}

async function issue(
  db: Kysely<Tables>,
  input: IssueWritInput,
  judge: Viewer,
  setting: CourtSetting,
): Promise<MadeChange> {
  const at = setting.now();
  const today = toCivilDate(at);
  const row = toRow(input, today, { issued_by: judge.subject, issued_at: at.toISOString() });
  await lockDebtor(db, row);
  const former = await writOf(db, row);
  if (former !== undefined && former.valid_until >= today) {
    throw badInput(
      'input.partyId',
      'a writ about this party is in force',
      'a party without one; revoke that one first',
    );
  }
  if (await isTaken(db, row.number)) {
    throw badInput('input.number', 'this number has been used in this court', 'a number of its own');
  }
  if (former !== undefined)
    await end(db, former, { ended_at: at.toISOString(), ended_by: judge.subject, reason: null });
  await db.insertInto('writ').values(row).execute();
  return { caseKey: row.case_key, ordinal: row.ordinal, writ: toWrit(row, { ...setting, viewer: judge }) };
}

async function revoke(
  db: Kysely<Tables>,
  input: RevokeWritInput,
  judge: Viewer,
  { now }: CourtSetting,
): Promise<MadeChange> {
  const reason = parseWords('input.reason', input.reason, { min: 1, max: 300 });
  const place = { case_key: input.caseNumber, ordinal: ordinalOf(input.partyId) };
  await lockDebtor(db, place);
  const known = await writOf(db, place);
  if (known?.number !== input.number.trim()) throw notFound('input.number', 'the party has no writ of this number');
  await end(db, known, { ended_at: now().toISOString(), ended_by: judge.subject, reason });
  return { caseKey: place.case_key, ordinal: place.ordinal, writ: null };
}

type TextField = Exclude<keyof IssueWritInput, 'agencies'>;

type PartyPlace = Pick<WritTable, 'case_key' | 'ordinal'>;

function toRow(input: IssueWritInput, today: string, issued: Pick<WritTable, 'issued_by' | 'issued_at'>): WritTable {
  const words = (field: TextField, max: number) => parseWords(`input.${field}`, input[field], { min: 1, max });
  if (input.agencies.length === 0)
    throw badInput('input.agencies', 'there is none', `some of ${agencyCodes.join(', ')}`);
  const last = addDays(today, 366);
  if (input.validUntil < today || input.validUntil > last) {
    throw badInput('input.validUntil', 'this is no last day of a writ', `a day from ${today} to ${last}`);
  }
  return {
    case_key: input.caseNumber,
    ordinal: ordinalOf(input.partyId),
    number: words('number', 100),
    agencies: agencyCodes.filter((code) => input.agencies.includes(code)).join(' '),
    signed_by: words('signedBy', 100),
    signed_on: today,
    valid_until: input.validUntil,
    handler_name: words('handlerName', 100),
    handler_phone: words('handlerPhone', 40),
    work_id_number: words('workIdNumber', 60),
    duty_certificate_number: words('dutyCertificateNumber', 60),
    ...issued,
  };
}

function ordinalOf(partyId: string): number {
  if (!isOrdinal(partyId))
    throw badInput('input.partyId', 'this is no party', 'an id as Party.id gives it: "1", "2", …');
  return Number(partyId);
}

/** Two changes about one party wait for each other. Nobody but a debtor may be asked about. */
async function lockDebtor(db: Kysely<Tables>, { case_key, ordinal }: PartyPlace): Promise<void> {
  const party = await db
    .selectFrom('party')
    .select('role')
    .where('case_key', '=', case_key)
    .where('ordinal', '=', ordinal)
    .forUpdate()
    .executeTakeFirst();
  if (party === undefined) throw notFound('input.partyId', 'the case has no such party');
  if (party.role !== 'DEBTOR') {
    throw badInput('input.partyId', 'agencies are asked about nobody but debtors', 'a party whose role is DEBTOR');
  }
}

function writOf(db: Kysely<Tables>, { case_key, ordinal }: PartyPlace): Promise<WritTable | undefined> {
  return db
    .selectFrom('writ')
    .selectAll()
    .where('case_key', '=', case_key)
    .where('ordinal', '=', ordinal)
    .executeTakeFirst();
}

/** Whoever asks about a number waits for those who are about to use it. */
async function isTaken(db: Kysely<Tables>, number: string): Promise<boolean> {
  await sql`select pg_advisory_xact_lock(hashtextextended(${`nonet writ ${number}`}, 0))`.execute(db);
  const tables = ['writ', 'former_writ'] as const;
  for (const table of tables) {
    const row = await db.selectFrom(table).select('number').where('number', '=', number).limit(1).executeTakeFirst();
    if (row !== undefined) return true;
  }
  return false;
}

async function end(
  db: Kysely<Tables>,
  writ: WritTable,
  how: { readonly ended_at: string; readonly ended_by: string; readonly reason: string | null },
): Promise<void> {
  await db
    .insertInto('former_writ')
    .values({ ...writ, ...how })
    .execute();
  await db.deleteFrom('writ').where('case_key', '=', writ.case_key).where('ordinal', '=', writ.ordinal).execute();
}
