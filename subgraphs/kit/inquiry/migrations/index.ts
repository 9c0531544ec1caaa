import type { Migration } from '../../database/migrate.ts';
import { createTickets } from './0001-tickets.ts';
import { createControls } from './0002-controls.ts';
import { keepReturned } from './0003-returned.ts';
import { numbersAlone } from './0004-rounds.ts';
import { keepMarkKey } from './0005-mark-key.ts';

/** The history of an agency's schema, oldest first. A published step is never edited; a change is a new one. */
export const ticketMigrations: readonly Migration[] = [
  createTickets,
  createControls,
  keepReturned,
  numbersAlone,
  keepMarkKey,
];
