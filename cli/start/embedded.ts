/**
 * The composition root of the embedded hub: nine courts over one PGlite, agencies over their mocked upstreams, one door; or
 * several hubs in processes of their own, which ask them over loopback.
 */

import { createPublicKey } from 'node:crypto';
import { existsSync, readdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';

import { createLog } from '../../common/log.ts';
import { personKeyMark, type PersonKey } from '../../common/person-id.ts';
import { toSigningKey } from '../../common/proof.ts';
import { createUpstreams, upstreamBaseUrls } from '../../mocks/upstreams/upstreams.ts';
import { createCommand } from '../../subgraphs/command/program.ts';
import { serveAdmin } from '../../subgraphs/court/admin.ts';
import { createCourt, type Court } from '../../subgraphs/court/program.ts';
import { serveProgram } from '../../subgraphs/kit/http.ts';
import { createProofCheck } from '../../subgraphs/kit/http-proof.ts';
import { createPglite, type Pglite } from '../../subgraphs/kit/database/pglite.ts';
import type { Program } from '../../subgraphs/kit/program.ts';
import type { AgencyProgram } from '../../subgraphs/kit/inquiry/agency.ts';
import { noProgress, type Progress } from '../progress.ts';
import { openOperating } from '../operating/operating.ts';
import { agencyEntries, schemaOfAgency, upstreamSeed } from './agencies.ts';
import { createClock, toCityOffsetMs } from './clock.ts';
import { fillCommand, schemaOfCommand } from './command-centre.ts';
import { fillCourt, generateRows, schemaOfCourt } from './courts.ts';
import type { StartSettings } from './embedded-settings.ts';
import { findExamples } from './examples.ts';
import { openHub, type OpenHub } from './hub.ts';
import { newHubKey, toPem } from './hub-key.ts';
import { issuerKeyName, keepIssuerKey, toKeyText } from './issuer-key.ts';
import { toRowsLine } from './lines.ts';
import { keepPersonKey } from './person-key.ts';
import { stacked, type Stack } from './stack.ts';
import { openViewers, toLocalViewers } from './viewers.ts';
import { startWorkers } from './workers/primary.ts';
import type { HeldCity } from './workers/task.ts';

/** Starts everything in this process; `tell` is given one line per step, and `progress` how far the seeding has come. */
export function startEmbedded(
  settings: StartSettings,
  tell: (line: string) => void,
  progress: Progress = noProgress,
): Promise<OpenHub> {
  return stacked(async (stack) => {
    const { registry, directory, casesPerCourt, host, port } = settings;
    const { workers = 1, issuer = null } = settings;
    const operating = workers > 1 ? null : stack.keep(await openOperating(settings.operating, process.env));
    const { level } = settings.operating;
    const log = operating?.log ?? createLog({ name: 'gateway', level }).with({ worker: 'primary' });
    const onFault = (fault: Error) => log.error('a fault of a program', fault);
    const clockOffsetMs = toCityOffsetMs();
    const now = createClock(clockOffsetMs);
    const pglite = stack.keep(await openRows(settings));
    const personKey = keepPersonKey(directory);
    const issuerKey = issuer === null ? keepIssuerKey(directory) : null;
    const courts = await startCourts(stack, settings, { pglite, personKey, now, onFault });
    if (directory !== null) stack.keep(await serveAdmin({ courts, directory }));
    const city = generateRows(registry, casesPerCourt);
    let seeded = 0;
    let read = 0;
    const onCase = () => {
      read += 1;
      if (read % 100 === 0) progress.tell('Seeding cases', read, courts.size * casesPerCourt);
    };
    for (const [code, court] of courts) seeded += await fillCourt(code, court, city, onCase);
    progress.end();
    tell(toRowsLine(seeded, courts.size));
    const command = stack.keep(
      await createCommand({ registry, database: await pglite.open(schemaOfCommand), now, onFault }),
    );
    await fillCommand(command, city, personKey);
    const agencies = await startAgencies(stack, {
      pglite,
      personKey,
      now,
      onFault,
      callBack: settings.callBack ?? false,
    });
    const told = { personKeyMark: personKeyMark(personKey), examples: findExamples(registry, city) };
    if (operating === null) {
      const key = issuerKey && toKeyText(issuerKey);
      const held = {
        ...told,
        issuerKey: key,
        clockOffsetMs,
        ...(await serveCity(stack, { courts, agencies, command })),
      };
      const { url } = stack.keep(await startWorkers({ workers, host, port, level, city: held }));
      return { url };
    }
    const { url } = stack.keep(
      await openHub({
        ...told,
        viewers: issuerKey ? toLocalViewers(issuerKey) : await openViewers(stack, issuer!, log),
        registry,
        registryFile: settings.registryFile ?? null,
        now,
        graph: settings.graph ?? null,
        courts,
        agencies,
        command,
        asking: settings.asking,
        trail: settings.trail,
        identitySearches: settings.identitySearches,
        personKey,
        host,
        port,
        operating,
      }),
    );
    return { url };
  });
}

/** Serves the programs on loopback, each at a port of its own, for hubs in other processes of ours and for nobody else. */
async function serveCity(
  stack: Stack,
  programs: {
    readonly courts: ReadonlyMap<string, Program>;
    readonly agencies: ReadonlyMap<string, Program>;
    readonly command: Program;
  },
): Promise<Pick<HeldCity, 'courts' | 'agencies' | 'command' | 'hubKey'>> {
  const key = newHubKey();
  const keys = new Map([[toSigningKey(key).kid, createPublicKey(key)]]);
  const addressOf = async (audience: string, program: Program) => {
    const checkProof = createProofCheck({ audience, keys: () => keys });
    return stack.keep(await serveProgram(program, { host: '127.0.0.1', port: 0, checkProof })).url;
  };
  const addressesOf = async (some: ReadonlyMap<string, Program>) =>
    Object.fromEntries(
      await Promise.all([...some].map(async ([name, one]) => [name, await addressOf(name, one)] as const)),
    );
  return {
    courts: await addressesOf(programs.courts),
    agencies: await addressesOf(programs.agencies),
    command: await addressOf('command', programs.command),
    hubKey: toPem(key),
  };
}

async function openRows({ directory, fresh }: StartSettings): Promise<Pglite> {
  if (directory === null) return createPglite();
  if (!fresh) return createPglite({ directory });
  // Opened once before anything is deleted: the lock refuses a directory that another process is using.
  await (await createPglite({ directory })).stop();
  removeRows(directory);
  return createPglite({ directory });
}

/**
 * The rows of courts that run as processes of their own stand beside; they, and the key that theirs were made with, stay. So
 * does the trail: what agencies were asked was asked.
 */
function removeRows(directory: string): void {
  const keys = ['hub.key', 'hub.key.next', 'hub-keys.json'];
  const others = [
    'courts',
    'command',
    'agencies',
    'processes',
    'trail',
    ...keys,
    issuerKeyName,
    ...(existsSync(join(directory, 'courts')) ? ['person.key'] : []),
  ];
  for (const name of readdirSync(directory)) {
    if (!others.includes(name)) rmSync(join(directory, name), { recursive: true, force: true });
  }
}

/** What every program of this process is given. */
interface Common {
  readonly now: () => Date;
  readonly onFault: (fault: Error) => void;
}

async function startCourts(
  stack: Stack,
  { registry }: StartSettings,
  { pglite, ...common }: Common & { readonly pglite: Pglite; readonly personKey: PersonKey },
): Promise<Map<string, Court>> {
  const courts = new Map<string, Court>();
  for (const court of registry.courts) {
    if (court.endpoint !== 'embedded') continue;
    const database = await pglite.open(schemaOfCourt(court.code));
    courts.set(court.code, stack.keep(await createCourt({ court, registry, database, ...common })));
  }
  return courts;
}

async function startAgencies(
  stack: Stack,
  {
    pglite,
    callBack,
    ...common
  }: Common & { readonly pglite: Pglite; readonly personKey: PersonKey; readonly callBack: boolean },
): Promise<Map<string, AgencyProgram>> {
  const agencies = new Map<string, AgencyProgram>();
  const { fetch } = createUpstreams({
    seed: upstreamSeed,
    now: common.now,
    ...(callBack && { behaviour: { bank: { callBack }, property: { callBack } } }),
    handIn: async (name, answer) => {
      await agencies.get(name)?.handIn(answer);
    },
  });
  for (const { name, create } of agencyEntries) {
    const upstream = { baseUrl: upstreamBaseUrls[name], fetch };
    const database = await pglite.open(schemaOfAgency(name));
    agencies.set(name, stack.keep(await create({ upstream, database, ...common })));
  }
  return agencies;
}
