import { randomUUID } from 'node:crypto';
import { toCivilDate } from '../../common/civil-date.ts';
import type { CourtRegistry } from '../../common/court-registry.ts';
import type { Database } from '../kit/database/database.ts';
import { createKysely } from '../kit/database/kysely.ts';
import { migrate } from '../kit/database/migrate.ts';
import { createProgram, type Program } from '../kit/program.ts';
import { viewerOf } from '../kit/viewer.ts';
import { createCommandContext } from './context.ts';
import { commandMigrations } from './migrations/index.ts';
import { commandSchema, commandSdl } from './schema.ts';
import type { Tables } from './tables.ts';
import { createTaskForceChanges } from './task-force/changes.ts';
import type { CreateTaskForceInput } from './task-force/inputs.ts';
import { founder } from './task-force/leader.ts';
import type { TaskForce } from './task-force/type.ts';

/** The running program of the command centre. */
export interface Command extends Program {
  /** Creates a task force on nobody's behalf but the program's own: no question of anybody comes here. */
  create(input: CreateTaskForceInput, idempotencyKey: string): Promise<TaskForce>;
  /** Whether there is no task force. */
  isEmpty(): Promise<boolean>;
}

export interface CommandOptions {
  readonly registry: CourtRegistry;
  /** Its own schema; whoever opened it stops it after the program. */
  readonly database: Database;
  readonly now?: () => Date;
  /** Gives the id of each new task force: a UUID in small letters, a random one by default. */
  readonly newId?: () => string;
  /** Told of failures that are ours. */
  readonly onFault?: (error: Error) => void;
}

/** Brings the database up to date and starts the program over it. */
export async function createCommand({
  registry,
  database,
  now = () => new Date(),
  newId = randomUUID,
  onFault,
}: CommandOptions): Promise<Command> {
  await migrate(database, commandMigrations);
  const db = createKysely<Tables>(database);
  const changes = createTaskForceChanges({ registry, database, now, newId });
  const program = createProgram({
    schema: commandSchema,
    sdl: commandSdl,
    context: (headers) =>
      createCommandContext({ registry, db, changes, today: () => toCivilDate(now()) }, viewerOf(headers)),
    ...(onFault && { onFault }),
  });
  return {
    ...program,
    create: (input, idempotencyKey) => changes.create(input, idempotencyKey, founder),
    async isEmpty() {
      return (await db.selectFrom('task_force').select('id').limit(1).executeTakeFirst()) === undefined;
    },
  };
}
