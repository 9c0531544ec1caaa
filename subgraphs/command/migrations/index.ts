import type { Migration } from '../../kit/database/migrate.ts';
import { createTaskForces } from './0001-task-forces.ts';

/** The history of the command centre's schema, oldest first. A published step is never edited; a change is a new one. */
export const commandMigrations: readonly Migration[] = [createTaskForces];
