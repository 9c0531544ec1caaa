import { randomUUID } from 'node:crypto';
import { toCivilDate } from '../../common/civil-date.ts';
import type { CourtRegistry } from '../../common/court-registry.ts';
import type { Database } from '../kit/database/database.ts';
import { createKysely } from '../kit/database/kysely.ts';
import { migrate } from '../kit/database/migrate.ts';
import { createProgram, type Program } from '../kit/program.ts';
import { createCommandContext } from './context.ts';
import { commandMigrations } from './migrations/index.ts';
import { commandSchema, commandSdl } from './schema.ts';
import type { Tables } from './tables.ts';
import { createTaskForceChanges, type TaskForceChanges } from './task-force/changes.ts';

/** The running program of the command centre. */
export interface Command extends Program, Pick<TaskForceChanges, 'create'> {
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
    context: () => createCommandContext({ registry, db, changes, today: () => toCivilDate(now()) }),
    ...(onFault && { onFault }),
  });
  return {
    ...program,
    create: (input, idempotencyKey) => changes.create(input, idempotencyKey),
    async isEmpty() {
      return (await db.selectFrom('task_force').select('id').limit(1).executeTakeFirst()) === undefined;
    },
  };
}
