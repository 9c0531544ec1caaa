import type DataLoader from 'dataloader';
import type { Kysely } from 'kysely';
import type { CourtRegistry } from '../../common/court-registry.ts';
import type { Viewer } from '../../common/viewer.ts';
import type { Tables } from './tables.ts';
import type { TaskForceChanges } from './task-force/changes.ts';
import { createTaskForceLoader } from './task-force/loader.ts';
import type { TaskForce } from './task-force/type.ts';

/** What the program stands on. */
export interface CommandSetting {
  readonly registry: CourtRegistry;
  readonly db: Kysely<Tables>;
  readonly changes: TaskForceChanges;
  /** The civil date of the courts. */
  readonly today: () => string;
}

/** What the resolvers of one question share. */
export interface CommandContext extends CommandSetting {
  readonly taskForces: DataLoader<string, TaskForce | null>;
  /** On whose behalf the hub asks; null where it asks of itself. */
  readonly viewer: Viewer | null;
}

/** A context for one question, its loader empty. */
export function createCommandContext(setting: CommandSetting, viewer: Viewer | null): CommandContext {
  return { ...setting, viewer, taskForces: createTaskForceLoader(setting.db) };
}
