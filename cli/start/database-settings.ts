/** Where a part with rows keeps them: the settings of every such part. */

import { parsePostgresUrl } from '../../subgraphs/kit/database/postgres-address.ts';
import type { DatabaseHostOptions } from '../../subgraphs/kit/database/host.ts';
import { toDatabaseUrl } from '../database-url.ts';
import type { Settings } from '../settings.ts';

/** As long as the hub waits for a court: nobody reads what comes later. (The hub itself is not loaded for it; a test compares.) */
export const defaultStatementTimeoutMs = 3_000;

export const databaseOptions = { 'pool-size': 'string', 'statement-timeout-ms': 'string' } as const;

/** The lines of `--help` for them. */
export const databaseHelp = [
  '  --pool-size N             connections to PostgreSQL at most (DATABASE_POOL_SIZE, default 8: as many questions as the hub',
  '                            asks one court at once)',
  '  --statement-timeout-ms N  PostgreSQL ends a statement that runs longer; 0 for never (DATABASE_STATEMENT_TIMEOUT_MS,',
  `                            default ${defaultStatementTimeoutMs}: so long the hub waits for a court; imports and migrations take as long as they need)`,
  'Environment: DATABASE_URL is a PostgreSQL of version 15 or newer, postgres://user:password@host:5432/database, with {part}',
  "for the part's name; without it the rows live in a PGlite beside the data.",
];

/** The database of one part by its name; without DATABASE_URL its PGlite is in `directory`. */
export function readDatabase(settings: Settings, part: string, directory: string): DatabaseHostOptions {
  const template = settings.text({ variable: 'DATABASE_URL' });
  const databaseUrl = template === undefined ? undefined : toDatabaseUrl(template, part);
  if (databaseUrl !== undefined) checkDatabaseUrl(settings, databaseUrl);
  return { databaseUrl, directory, ...readLimits(settings) };
}

/** An address that cannot be used is a fault that names its setting. */
export function checkDatabaseUrl(settings: Settings, url: string): void {
  try {
    parsePostgresUrl(url);
  } catch (error) {
    settings.fault(`DATABASE_URL: ${error instanceof Error ? error.message : String(error)}`);
  }
}

/** What one part may ask of a server at once, and for how long. */
export function readLimits(settings: Settings): { poolSize: number; statementTimeoutMs: number } {
  return {
    poolSize: settings.whole({ option: 'pool-size', variable: 'DATABASE_POOL_SIZE' }, 8, 1, 1_000),
    statementTimeoutMs: settings.whole(
      { option: 'statement-timeout-ms', variable: 'DATABASE_STATEMENT_TIMEOUT_MS' },
      defaultStatementTimeoutMs,
      0,
      3_600_000,
    ),
  };
}
