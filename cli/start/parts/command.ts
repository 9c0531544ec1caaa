/** `nonet start command`: the command centre over a database of its own. */

import { mkdirSync } from 'node:fs';

import type { CourtRegistry } from '../../../common/court-registry.ts';
import type { PersonKey } from '../../../common/person-id.ts';
import { createCommand } from '../../../subgraphs/command/program.ts';
import { createDatabaseHost, type DatabaseHostOptions } from '../../../subgraphs/kit/database/host.ts';
import { openPartOperating } from '../../operating/part.ts';
import { readOperating, type OperatingSettings } from '../../operating/settings.ts';
import { openSettings } from '../../settings.ts';
import { createClock } from '../clock.ts';
import { fillCommand, schemaOfCommand } from '../command-centre.ts';
import { mostCasesPerCourt, readData, readPort, readRegistry } from '../common-settings.ts';
import { generateRows } from '../courts.ts';
import { databaseHelp, databaseOptions, readDatabase } from '../database-settings.ts';
import { readKeySetting } from '../person-key.ts';
import { stacked } from '../stack.ts';
import { clockHelp, clockOption, readClock } from './clock-setting.ts';
import type { Part } from './part.ts';
import { directoryOfCommand, portOf } from './places.ts';
import { servePart } from './served.ts';

export const commandPart: Part = {
  help: [
    'Usage: nonet start command [--port N] [--data DIR] [--registry FILE] [--seed N [--person-key FILE]]',
    '',
    'Serves the command centre (task forces) at POST /graphql, with GET /health, on 127.0.0.1.',
    `  --port N                  (PORT, default ${portOf('command')}; 0 takes any free one)`,
    '  --data DIR                the rows are in command below it (NONET_DATA, default data)',
    '  --registry FILE           the courts (NONET_REGISTRY, default registry/courts.json)',
    '  --seed N                  when there are none: the joint action of the generated city with N cases per court',
    "  --person-key FILE         for --seed: the city's key, the same as the courts' (NONET_PERSON_KEY_FILE, default",
    '                            person.key in the data directory)',
    ...clockHelp,
    ...databaseHelp,
  ].join('\n'),
  start(args, env) {
    const { registry, port, directory, personKey, seed, clockOffsetMs, database, watched } = read(args, env);
    return stacked(async (stack) => {
      const operating = stack.keep(openPartOperating('command', watched));
      mkdirSync(directory, { recursive: true, mode: 0o700 });
      const host = stack.keep(await createDatabaseHost(database));
      const program = stack.keep(
        await createCommand({
          registry,
          database: await host.open(schemaOfCommand),
          now: createClock(clockOffsetMs),
          onFault: operating.faulted,
        }),
      );
      if (seed !== 0) await fillCommand(program, generateRows(registry, seed), personKey());
      return servePart(stack, { title: 'command', program, port, operating });
    });
  },
};

interface CommandSettings {
  readonly registry: CourtRegistry;
  readonly port: number;
  readonly directory: string;
  readonly personKey: () => PersonKey;
  /** Cases per court of the city whose joint action an empty command centre is given; 0 for none. */
  readonly seed: number;
  readonly clockOffsetMs: number;
  readonly database: DatabaseHostOptions;
  readonly watched: OperatingSettings;
}

const options = {
  port: 'string',
  data: 'string',
  registry: 'string',
  'person-key': 'string',
  seed: 'string',
  ...clockOption,
  ...databaseOptions,
} as const;

function read(args: readonly string[], env: NodeJS.ProcessEnv): CommandSettings {
  const settings = openSettings(args, env, options);
  const registry = readRegistry(settings);
  const data = readData(settings);
  const directory = directoryOfCommand(data);
  const found = {
    port: readPort(settings, portOf('command')),
    directory,
    personKey: readKeySetting(settings, data),
    seed: settings.whole({ option: 'seed' }, 0, 1, mostCasesPerCourt),
    clockOffsetMs: readClock(settings),
    database: readDatabase(settings, 'command', directory),
    watched: readOperating(env, (line) => settings.fault(line)),
  };
  settings.check();
  return { ...found, registry: registry! };
}
