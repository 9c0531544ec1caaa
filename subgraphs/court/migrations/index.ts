import type { Migration } from '../../kit/database/migrate.ts';
import { createRows } from './0001-rows.ts';
import { createImports } from './0002-imports.ts';
import { indexBytes } from './0003-bytes.ts';
import { keepKeyMark } from './0004-person-key.ts';
import { changeWrits } from './0005-writ-changes.ts';
import { keepMeasureOrders } from './0006-measure-orders.ts';
import { keepFreedOrders } from './0007-freed-orders.ts';
import { keepWritIssuers } from './0008-writ-issuers.ts';

/** The history of a court's schema, oldest first. A published step is never edited; a change is a new one. */
export const courtMigrations: readonly Migration[] = [
  createRows,
  createImports,
  indexBytes,
  keepKeyMark,
  changeWrits,
  keepMeasureOrders,
  keepFreedOrders,
  keepWritIssuers,
];
