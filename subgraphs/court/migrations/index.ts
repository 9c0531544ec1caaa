import type { Migration } from '../../kit/database/migrate.ts';
import { createRows } from './0001-rows.ts';

/** The history of a court's schema, oldest first. A published step is never edited; a change is a new one. */
export const courtMigrations: readonly Migration[] = [createRows];
