import type { Kysely } from 'kysely';
import type { CourtRegistry } from '../../../common/court-registry.ts';
import { badInput } from '../../kit/caller-errors.ts';
import type { Database } from '../../kit/database/database.ts';
import { createKysely } from '../../kit/database/kysely.ts';
import { instead, parseCriteria } from '../criteria/normal.ts';
import { unknownTaskForce } from '../errors.ts';
import { answerOnce } from '../../kit/idempotency/answer-once.ts';
import { parseIdempotencyKey } from '../../kit/idempotency/key.ts';
import { type Asked, digestOf } from './digest.ts';
import type { Tables } from '../tables.ts';
import { parseWords } from '../../kit/words.ts';
import { isTaskForceId } from './id.ts';
import type { CreateTaskForceInput, UpdateTaskForceInput } from './inputs.ts';
import { checkKeepsWithin, checkLeads, type Leader } from './leader.ts';
import { fromAnswer, toAnswer, type TaskForceRow, toCriteriaColumns, toTaskForce } from './rows.ts';
import type { TaskForce } from './type.ts';

/** What changes need. */
export interface ChangeSetting {
  readonly registry: CourtRegistry;
  readonly database: Database;
  readonly now: () => Date;
  /** A UUID that cannot be guessed. */
  readonly newId: () => string;
}

/** The changes that can be made to task forces, each once under its key. */
export interface TaskForceChanges {
  create(input: CreateTaskForceInput, idempotencyKey: string, leader: Leader): Promise<TaskForce>;
  update(id: string, input: UpdateTaskForceInput, idempotencyKey: string, leader: Leader): Promise<TaskForce>;
}

/** The changes over a database; each rejects with FORBIDDEN, BAD_USER_INPUT, UNKNOWN_COURT, NOT_FOUND or IDEMPOTENCY_CONFLICT. */
export function createTaskForceChanges(setting: ChangeSetting): TaskForceChanges {
  const once = async (
    idempotencyKey: string,
    asked: Asked,
    leader: Leader,
    make: (db: Kysely<Tables>) => Promise<TaskForceRow>,
  ): Promise<TaskForce> => {
    const key = parseIdempotencyKey(idempotencyKey);
    const answer = await answerOnce(setting, {
      key,
      digest: digestOf(asked, leader),
      make: async (transaction) => toAnswer(await make(createKysely<Tables>(transaction))),
    });
    return toTaskForce(fromAnswer(answer));
  };
  return {
    create: (input, key, leader) =>
      once(key, { operation: 'createTaskForce', input }, leader, (db) => insert(db, input, leader, setting)),
    update: (id, input, key, leader) =>
      once(key, { operation: 'updateTaskForce', id, input }, leader, (db) => change(db, id, input, leader, setting)),
  };
}

async function insert(
  db: Kysely<Tables>,
  input: CreateTaskForceInput,
  leader: Leader,
  { registry, now, newId }: ChangeSetting,
): Promise<TaskForceRow> {
  const name = parseName(input.name);
  const purpose = parsePurpose(input.purpose);
  const criteria = parseCriteria(input.criteria, registry);
  checkLeads(leader, criteria.courts);
  const at = now().toISOString();
  return db
    .insertInto('task_force')
    .values({ id: newId(), name, purpose, ...toCriteriaColumns(criteria), created_at: at, updated_at: at })
    .returningAll()
    .executeTakeFirstOrThrow();
}

async function change(
  db: Kysely<Tables>,
  id: string,
  input: UpdateTaskForceInput,
  leader: Leader,
  { registry, now }: ChangeSetting,
): Promise<TaskForceRow> {
  const { criteria, ...changed } = parseChanged(input, registry);
  if (!isTaskForceId(id)) throw unknownTaskForce();
  // Locked: nobody may change whose it is between the judgement and the change.
  const former = await db.selectFrom('task_force').selectAll().where('id', '=', id).forUpdate().executeTakeFirst();
  if (former === undefined) throw unknownTaskForce();
  const { courts } = toTaskForce(former).criteria;
  checkLeads(leader, courts);
  if (criteria !== undefined) checkKeepsWithin(leader, courts, criteria.courts);
  return db
    .updateTable('task_force')
    .set({ ...changed, ...(criteria && toCriteriaColumns(criteria)), updated_at: now().toISOString() })
    .where('id', '=', id)
    .returningAll()
    .executeTakeFirstOrThrow();
}

/** What an update speaks of. */
function parseChanged({ name, purpose, criteria }: UpdateTaskForceInput, registry: CourtRegistry) {
  if (name === undefined && purpose === undefined && criteria === undefined) {
    throw badInput('input', 'there is nothing to change', 'a name, a purpose or criteria');
  }
  if (name === null) throw badInput('input.name', 'a task force has a name', 'another name, or none to keep it');
  if (criteria === null) {
    throw badInput(
      'input.criteria',
      'without criteria it would be the whole city',
      'other criteria, or none to keep them',
    );
  }
  return {
    ...(name !== undefined && { name: parseName(name) }),
    ...(purpose !== undefined && { purpose: parsePurpose(purpose) }),
    ...(criteria !== undefined && { criteria: parseCriteria(criteria, registry) }),
  };
}

function parseName(name: string): string {
  return parseWords('input.name', name, { min: 1, max: 200 }, instead);
}

/** A blank purpose is none. */
function parsePurpose(purpose: string | null | undefined): string | null {
  return purpose == null ? null : parseWords('input.purpose', purpose, { min: 0, max: 2_000 }, instead) || null;
}
