/** The composition root of the embedded hub: nine courts over one PGlite, agencies over their mocked upstreams, one door. */

import { existsSync, readdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';

import { personKeyMark, type PersonKey } from '../../common/person-id.ts';
import { createUpstreams, upstreamBaseUrls } from '../../mocks/upstreams/upstreams.ts';
import { createCommand } from '../../subgraphs/command/program.ts';
import { serveAdmin } from '../../subgraphs/court/admin.ts';
import { createCourt, type Court } from '../../subgraphs/court/program.ts';
import { createPglite, type Pglite } from '../../subgraphs/kit/database/pglite.ts';
import type { Program } from '../../subgraphs/kit/program.ts';
import { noProgress, type Progress } from '../progress.ts';
import { openOperating } from '../operating/operating.ts';
import { agencyEntries, upstreamSeed } from './agencies.ts';
import { createClock, toCityOffsetMs } from './clock.ts';
import { fillCommand, schemaOfCommand } from './command-centre.ts';
import { fillCourt, generateRows, schemaOfCourt } from './courts.ts';
import type { StartSettings } from './embedded-settings.ts';
import { findExamples } from './examples.ts';
import { openHub, type OpenHub } from './hub.ts';
import { toRowsLine } from './lines.ts';
import { keepPersonKey } from './person-key.ts';
import { stacked, type Stack } from './stack.ts';

/** Starts everything in this process; `tell` is given one line per step, and `progress` how far the seeding has come. */
export function startEmbedded(
  settings: StartSettings,
  tell: (line: string) => void,
  progress: Progress = noProgress,
): Promise<OpenHub> {
  return stacked(async (stack) => {
    const { registry, directory, casesPerCourt, host, port } = settings;
    const operating = stack.keep(await openOperating(settings.operating, process.env));
    const onFault = (fault: Error) => operating.log.error('a fault of a program', fault);
    const now = createClock(toCityOffsetMs());
    const pglite = stack.keep(await openRows(settings));
    const personKey = keepPersonKey(directory);
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
    const agencies = await startAgencies(stack, { now, onFault });
    const { url } = stack.keep(
      await openHub({
        registry,
        registryFile: settings.registryFile ?? null,
        personKeyMark: personKeyMark(personKey),
        now,
        graph: settings.graph ?? null,
        courts,
        agencies,
        command,
        asking: settings.asking,
        examples: findExamples(registry, city),
        host,
        port,
        operating,
      }),
    );
    return { url };
  });
}

async function openRows({ directory, fresh }: StartSettings): Promise<Pglite> {
  if (directory === null) return createPglite();
  if (!fresh) return createPglite({ directory });
  // Opened once before anything is deleted: the lock refuses a directory that another process is using.
  await (await createPglite({ directory })).stop();
  removeRows(directory);
  return createPglite({ directory });
}

/** The rows of courts that run as processes of their own stand beside; they, and the key that theirs were made with, stay. */
function removeRows(directory: string): void {
  const others = ['courts', 'command', 'processes', ...(existsSync(join(directory, 'courts')) ? ['person.key'] : [])];
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

async function startAgencies(stack: Stack, common: Common): Promise<Map<string, Program>> {
  const { fetch } = createUpstreams({ seed: upstreamSeed, now: common.now });
  const agencies = new Map<string, Program>();
  for (const { name, create } of agencyEntries) {
    agencies.set(name, stack.keep(await create({ upstream: { baseUrl: upstreamBaseUrls[name], fetch }, ...common })));
  }
  return agencies;
}
