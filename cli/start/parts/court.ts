/** `nonet start court`: one court over a database of its own. */

import { mkdirSync } from 'node:fs';

import { personKeyMark } from '../../../common/person-id.ts';
import type { CourtEntry, CourtRegistry } from '../../../common/court-registry.ts';
import { serveAdmin } from '../../../subgraphs/court/admin.ts';
import { createCourt } from '../../../subgraphs/court/program.ts';
import { createDatabaseHost } from '../../../subgraphs/kit/database/host.ts';
import { openPartOperating } from '../../operating/part.ts';
import { openSettings, type Settings } from '../../settings.ts';
import { createClock } from '../clock.ts';
import { readData, readRegistry } from '../common-settings.ts';
import { fillCourt, generateRows, schemaOfCourt } from '../courts.ts';
import { databaseHelp } from '../database-settings.ts';
import { hubKeysHelp } from '../hub-key.ts';
import { stacked } from '../stack.ts';
import { clockHelp } from './clock-setting.ts';
import type { Part } from './part.ts';
import { directoryOfCourt, portOfCourt, titleOfCourt } from './places.ts';
import { servePart } from './served.ts';
import { readStored, storedOptions, type StoredSettings } from './stored.ts';

export const courtPart: Part = {
  help: [
    'Usage: nonet start court --court CODE [--port N] [--data DIR] [--registry FILE] [--person-key FILE] [--seed N]',
    '',
    'Serves one court at POST /graphql, with GET /health, on 127.0.0.1. Imports come in by nonet import.',
    '  --court CODE              whose rows these are, e.g. 苏0312 (NONET_COURT)',
    '  --port N                  (PORT, default 4110 and one more for each court before it in the registry; 0 any free one)',
    '  --data DIR                keys, and the rows in courts/CODE below it (NONET_DATA, default data)',
    '  --registry FILE           the courts (NONET_REGISTRY, default registry/courts.json)',
    "  --person-key FILE         the city's key, the same in every court (NONET_PERSON_KEY_FILE, default person.key in the",
    '                            data directory, where it is made when there is none)',
    '  --seed N                  when there are no rows: those of the generated city with N cases per court',
    ...hubKeysHelp,
    ...clockHelp,
    ...databaseHelp,
  ].join('\n'),
  async start(args, env) {
    const { court, registry, port, directory, personKey, seed, clockOffsetMs, database, level, openCheck } = read(
      args,
      env,
    );
    return stacked(async (stack) => {
      const operating = stack.keep(openPartOperating(titleOfCourt(court.code), level));
      mkdirSync(directory, { recursive: true, mode: 0o700 });
      const host = stack.keep(await createDatabaseHost(database));
      const program = stack.keep(
        await createCourt({
          court,
          registry,
          database: await host.open(schemaOfCourt(court.code)),
          personKey: personKey(),
          now: createClock(clockOffsetMs),
          onFault: operating.faulted,
        }),
      );
      const seededCases = seed === 0 ? 0 : await fillCourt(court.code, program, generateRows(registry, seed));
      stack.keep(await serveAdmin({ courts: new Map([[court.code, program]]), directory }));
      const served = await servePart(stack, {
        title: titleOfCourt(court.code),
        program,
        port,
        operating,
        checkProof: await openCheck(stack, court.code, operating),
        seededCases,
      });
      const mark = personKeyMark(personKey());
      return { ...served, addresses: [...served.addresses, ['person key', mark]] };
    });
  },
};

interface CourtSettings extends StoredSettings {
  readonly court: CourtEntry;
  readonly registry: CourtRegistry;
}

function read(args: readonly string[], env: NodeJS.ProcessEnv): CourtSettings {
  const settings = openSettings(args, env, { court: 'string', ...storedOptions });
  const registry = readRegistry(settings);
  const court = registry && readCourt(settings, registry);
  const data = readData(settings);
  const part = court?.code ?? '';
  const port = portOfCourt(registry && court ? registry.courts.indexOf(court) : 0);
  const stored = readStored(settings, env, { part, data, directory: directoryOfCourt(data, part), port });
  settings.check();
  return { ...stored, registry: registry!, court: court! };
}

function readCourt(settings: Settings, registry: CourtRegistry): CourtEntry | null {
  const code = settings.text({ option: 'court', variable: 'NONET_COURT' });
  const court = registry.courts.find((one) => one.code === code?.normalize('NFKC'));
  if (court !== undefined) return court;
  const known = registry.courts.map((one) => one.code).join(', ');
  settings.fault(
    code === undefined
      ? `--court is missing; say which court: one of ${known}.`
      : `--court is "${code}", which the registry does not have; it has ${known}.`,
  );
  return null;
}
