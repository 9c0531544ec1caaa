/** `nonet start --processes`: every part of the generated city in a process of its own, on loopback. */

import { existsSync, mkdirSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import { join } from 'node:path';

import { personKeyMark } from '../../../common/person-id.ts';
import { noProgress, type Progress } from '../../progress.ts';
import { lockDirectory } from '../../../subgraphs/kit/database/lock.ts';
import { createLimit } from '../../../subgraphs/kit/inquiry/limit.ts';
import { agencyEntries } from '../agencies.ts';
import { toCityOffsetMs } from '../clock.ts';
import { toRowsLine } from '../lines.ts';
import { databaseHelp } from '../database-settings.ts';
import type { OpenHub } from '../hub.ts';
import { keepHubKeys } from '../hub-key.ts';
import { keepIssuerKey } from '../issuer-key.ts';
import { issuerHelp } from '../issuer-settings.ts';
import { keepPersonKey, personKeyFile } from '../person-key.ts';
import type { ReadyMessage } from '../lifetime.ts';
import { stacked, type Stack } from '../stack.ts';
import { keepRunning, spawnPart, type Child } from './child.ts';
import { directoryOfAgency, directoryOfCommand, directoryOfCourt } from '../parts/places.ts';
import { makeClusters } from './clusters.ts';
import { lockData } from './data-lock.ts';
import { checkDatabases, codesOfLocalCourts, toNeedLines, toStartLine } from './need.ts';
import { toPlan, toWantedPorts, type PlannedPart } from './plan.ts';
import { findPorts } from './ports.ts';
import { searchesHelp } from '../searches-setting.ts';
import { trailHelp } from '../trail.ts';
import { workersHelp } from '../workers/settings.ts';
import type { ProcessesSettings } from './settings.ts';

export const processesHelp = [
  'Usage: nonet start --processes [--port N] [--first-port N] [--scale N] [--fresh] [--data DIR] [--registry FILE] [--person-key FILE]',
  '                               [--host ADDRESS]',
  '',
  "Starts gateway, courts, agencies, the command centre and the agencies' mocked upstreams, each a process of its own, on",
  'loopback only; says first what that needs, starts again what dies, and stops all of it in order. Courts of the registry',
  'that run elsewhere are asked there.',
  '  --port N                  port of the hub (PORT, default 4000; 0 takes any free one)',
  '  --first-port N            port of the first part; mocks, agencies and courts follow within 10 and one for each court',
  '                            (NONET_FIRST_PORT, default 4100; 0 takes any free ones)',
  '  --scale N                 cases per court when rows are seeded, 1 to 12000 (default 300)',
  '  --fresh                   delete the rows of the courts and seed anew',
  '  --data DIR                where rows and keys live (NONET_DATA, default data)',
  '  --registry FILE           the courts (NONET_REGISTRY, default registry/courts.json)',
  "  --person-key FILE         the city's key for all of them (NONET_PERSON_KEY_FILE, default person.key in the data directory,",
  '                            where it is made when there is none)',
  '  --host ADDRESS            a loopback address of the hub, or with an issuer any (HOST, default 127.0.0.1)',
  ...issuerHelp(28),
  ...workersHelp(28),
  ...trailHelp(28, 'trail in the data directory'),
  ...searchesHelp(28),
  '  --asking FILE             how the hub asks courts and agencies (NONET_ASKING; JSON, see OPERATIONS.md)',
  ...databaseHelp,
  "{part} is the court's code, the agency's name, or command: postgres://nonet@db:5432/nonet_{part} is the database nonet_苏0312 for that court.",
].join('\n');

/**
 * Starts everything and keeps it running; `tell` is given one line per step and per death. Rejects when `stopping` is
 * aborted before everything stands, with nothing left running.
 */
export function startProcesses(
  settings: ProcessesSettings,
  stopping: AbortSignal,
  tell: (line: string) => void,
  progress: Progress = noProgress,
): Promise<OpenHub> {
  return stacked(async (stack) => {
    const plan = toPlan(settings, await findPorts(toWantedPorts(settings)), toCityOffsetMs());
    for (const line of toNeedLines(plan, settings)) tell(line);
    await checkDatabases(settings);
    stack.keep(await lockData(settings.data));
    tell(toStartLine(plan));
    if (settings.fresh) await removeRows(settings);
    // A key that was named is the city's; another made beside it would be taken for it one day.
    if (settings.personKey === null) keepPersonKey(settings.data);
    keepHubKeys(settings.data);
    if (settings.issuer === null) keepIssuerKey(settings.data);
    writeFileSync(plan.registryFile, JSON.stringify(plan.registry, null, 2));

    if (settings.databaseUrl === undefined) {
      const { data } = settings;
      await makeClusters(data, [
        ...agencyEntries.map(({ name }) => directoryOfAgency(data, name)),
        directoryOfCommand(data),
        ...codesOfLocalCourts(settings).map((code) => directoryOfCourt(data, code)),
      ]);
    }
    stopping.throwIfAborted();
    const gateway = plan.gateway;
    const others = [...plan.agencies, plan.command, ...plan.courts];
    let started = 0;
    const start = (parts: readonly PlannedPart[]) =>
      startStage(stack, parts, stopping, {
        tell,
        onUp: () => progress.tell('Starting processes', (started += 1), others.length + 2),
      });
    const [mocks] = await start([plan.mocks]);
    if (mocks === null) throw new Error('the mocks do not start; what they said stands above.');
    const ups = await start(others);
    progress.end();
    const seeds = ups.flatMap((up) => up?.seededCases ?? []);
    const seeded = seeds.reduce((sum, cases) => sum + cases, 0);
    tell(toRowsLine(seeded, seeds.length));
    const mark = personKeyMark(settings.personKey?.read() ?? keepPersonKey(settings.data));
    const [up] = await start([
      { ...gateway, env: { ...gateway.env, NONET_PERSON_KEY_MARK: mark, NONET_PERSON_KEY_FILE: undefined } },
    ]);
    progress.end();
    if (up === null) throw new Error('the gateway does not start; what it said stands above.');
    return { url: gateway.url };
  });
}

/** Starts parts that do not wait for each other, a few at once; all of them stop together. */
async function startStage(
  stack: Stack,
  parts: readonly PlannedPart[],
  stopping: AbortSignal,
  { tell, onUp }: { readonly tell: (line: string) => void; readonly onUp: () => void },
): Promise<(ReadyMessage | null)[]> {
  const children: Child[] = [];
  const stop = async (): Promise<void> => {
    await Promise.all(children.map((child) => child.stop()));
  };
  stack.keep({ stop });
  const interrupt = (): void => void stop();
  stopping.addEventListener('abort', interrupt, { once: true });
  const limit = createLimit(availableParallelism());
  try {
    return await Promise.all(
      parts.map((part) =>
        limit(async () => {
          stopping.throwIfAborted();
          const child = keepRunning(part, { tell, spawn: () => spawnPart(part) });
          children.push(child);
          const up = await child.up;
          onUp();
          return up;
        }),
      ),
    );
  } finally {
    stopping.removeEventListener('abort', interrupt);
    stopping.throwIfAborted();
  }
}

/** Deletes the rows of parts that ran as processes; a directory that is in use is refused. */
async function removeRows({ data, personKey }: ProcessesSettings): Promise<void> {
  const below = (place: string) => {
    const many = join(data, place);
    return existsSync(many) ? readdirSync(many).map((name) => join(many, name)) : [];
  };
  for (const directory of [...below('courts'), ...below('agencies'), directoryOfCommand(data)]) {
    if (!existsSync(directory)) continue;
    (await lockDirectory(directory)).release();
    rmSync(directory, { recursive: true, force: true });
  }
  mkdirSync(data, { recursive: true });
  // Rows of an embedded start beside them were made with the same key, and one that was named is not ours to delete.
  if (personKey === null && !existsSync(join(data, 'pglite'))) rmSync(personKeyFile(data), { force: true });
}
