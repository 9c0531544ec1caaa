/** What a city of processes needs: said, and as far as possible made sure of, before any of it starts. */

import { freemem } from 'node:os';

import { createPostgres } from '../../../subgraphs/kit/database/postgres.ts';
import { SettingsFault } from '../../command.ts';
import { toDatabaseUrl } from '../../database-url.ts';
import type { Plan } from './plan.ts';
import type { ProcessesSettings } from './settings.ts';

/** Measured on Linux with Node 20, rounded up: a process with its program, and what a PGlite with 300 cases adds to it. */
const processMb = 170;
const pgliteMb = 300;

/** What will be started and what it takes, for people. */
export function toNeedLines(plan: Plan, settings: ProcessesSettings): string[] {
  const parts = [plan.gateway, plan.mocks, ...plan.agencies, plan.command, ...plan.courts];
  const stores = storesOf(settings).length;
  const where = parts.map(({ title, url }) => `${title} ${new URL(url).port}`);
  return [
    `Starts ${parts.length} processes on loopback: ${where.join(', ')}.`,
    settings.databaseUrl === undefined
      ? `Rows: a PGlite for each court and the command centre, ${stores} in all, in ${settings.data}, started a few at a time, each taking some seconds.`
      : `Rows: PostgreSQL at DATABASE_URL, ${toDatabaseUrl(settings.databaseUrl, '') === settings.databaseUrl ? 'a schema' : 'a database'} for each court and the command centre, at most ${settings.poolSize} connections each, ${stores * settings.poolSize} in all.`,
    `Memory: about ${toGb(neededMb(parts.length, settings))} GB; ${toGb(freemem() / 1024 / 1024)} GB are free.${settings.databaseUrl === undefined ? ' With DATABASE_URL it is far less.' : ''}`,
  ];
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
      faults.push(error instanceof Error ? error.message : String(error));
    }
  }
  if (faults.length > 0) throw new SettingsFault(faults);
}

/** The parts with rows that are started here, by the names that `{part}` stands for. */
function storesOf(settings: ProcessesSettings): string[] {
  return ['command', ...codesOfLocalCourts(settings)];
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
