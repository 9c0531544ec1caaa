/** What a city of processes needs: said, and as far as possible made sure of, before any of it starts. */

import { freemem } from 'node:os';

import { DatabaseError } from '../../../subgraphs/kit/database/error.ts';
import { parsePostgresUrl } from '../../../subgraphs/kit/database/postgres-address.ts';
import { createPostgres } from '../../../subgraphs/kit/database/postgres.ts';
import { SettingsFault } from '../../command.ts';
import { toDatabaseUrl } from '../../database-url.ts';
import { agencyEntries } from '../agencies.ts';
import type { Plan, PlannedPart } from './plan.ts';
import type { ProcessesSettings } from './settings.ts';

/** Measured on Linux with Node 20, rounded up: a process with its program, and what a PGlite with 300 cases adds to it. */
const processMb = 170;
const pgliteMb = 300;

/** Which processes are started, and where, for people. */
export function toStartLine(plan: Plan): string {
  const where = partsOf(plan).map(({ title, url }) => `${title} ${new URL(url).port}`);
  return `Starts ${where.length} processes on loopback: ${where.join(', ')}.`;
}

/** What they will take, for people. */
export function toNeedLines(plan: Plan, settings: ProcessesSettings): string[] {
  const processes = partsOf(plan).length;
  const stores = storesOf(settings).length;
  return [
    settings.databaseUrl === undefined
      ? `Rows: a PGlite for each court, each agency and the command centre, ${stores} in all, in ${settings.data}, started a few at a time, each taking some seconds.`
      : `Rows: PostgreSQL at DATABASE_URL, ${toDatabaseUrl(settings.databaseUrl, '') === settings.databaseUrl ? 'a schema' : 'a database'} for each court, each agency and the command centre, at most ${settings.poolSize} connections each, ${stores * settings.poolSize} in all.`,
    `Memory: about ${toGb(neededMb(processes, settings))} GB for ${processes} processes; ${toGb(freemem() / 1024 / 1024)} GB are free.${settings.databaseUrl === undefined ? ' With DATABASE_URL it is far less.' : ''}`,
  ];
}

function partsOf({ gateway, mocks, agencies, command, courts }: Plan): PlannedPart[] {
  return [gateway, mocks, ...agencies, command, ...courts];
}

/** Throws SettingsFault with every database that cannot be used. */
export async function checkDatabases(settings: ProcessesSettings): Promise<void> {
  const { databaseUrl } = settings;
  if (databaseUrl === undefined) return;
  const urls = new Set(storesOf(settings).map((name) => toDatabaseUrl(databaseUrl, name)));
  const faults: string[] = [];
  for (const url of urls) {
    try {
      await (await createPostgres({ url, poolSize: 1 })).stop();
    } catch (error) {
      faults.push(toDatabaseFault(error, url));
    }
  }
  if (faults.length > 0) throw new SettingsFault(faults);
}

/** Names the setting, the database and, where that is missing, what makes it. */
function toDatabaseFault(error: unknown, url: string): string {
  const { place } = parsePostgresUrl(url);
  if (error instanceof DatabaseError && error.code === missingDatabase) {
    return `DATABASE_URL: there is no database ${place}; make it with createdb, or one for each court with deploy/postgres/databases.sh.`;
  }
  return `DATABASE_URL: ${place} cannot be used: ${error instanceof Error ? error.message : String(error)}`;
}

/** https://www.postgresql.org/docs/15/errcodes-appendix.html: invalid_catalog_name. */
const missingDatabase = '3D000';

/** The parts with rows or tickets that are started here, by the names that `{part}` stands for. */
function storesOf(settings: ProcessesSettings): string[] {
  return [...agencyEntries.map(({ name }) => name), 'command', ...codesOfLocalCourts(settings)];
}

/** The codes of the courts that are started here. */
export function codesOfLocalCourts({ registry }: ProcessesSettings): string[] {
  return registry.courts.flatMap(({ code, endpoint }) => (endpoint === 'embedded' ? [code] : []));
}

function neededMb(processes: number, settings: ProcessesSettings): number {
  const pglites = settings.databaseUrl === undefined ? storesOf(settings).length : 0;
  return (processes + 1) * processMb + pglites * pgliteMb;
}

function toGb(mb: number): string {
  return (mb / 1024).toFixed(1);
}
