/** `nonet start command`: the command centre over a database of its own. */

import { mkdirSync } from 'node:fs';

import type { CourtRegistry } from '../../../common/court-registry.ts';
import { createCommand } from '../../../subgraphs/command/program.ts';
import { createDatabaseHost } from '../../../subgraphs/kit/database/host.ts';
import { openPartOperating } from '../../operating/part.ts';
import { openSettings } from '../../settings.ts';
import { createClock } from '../clock.ts';
import { fillCommand, schemaOfCommand } from '../command-centre.ts';
import { readData, readRegistry } from '../common-settings.ts';
import { generateRows } from '../courts.ts';
import { databaseHelp } from '../database-settings.ts';
import { hubKeysHelp } from '../hub-key.ts';
import { stacked } from '../stack.ts';
import { clockHelp } from './clock-setting.ts';
import type { Part } from './part.ts';
import { directoryOfCommand, portOf } from './places.ts';
import { servePart } from './served.ts';
import { readStored, storedOptions, type StoredSettings } from './stored.ts';

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
    ...hubKeysHelp,
    ...clockHelp,
    ...databaseHelp,
  ].join('\n'),
  start(args, env) {
    const { registry, port, directory, personKey, seed, clockOffsetMs, database, level, openCheck } = read(args, env);
    return stacked(async (stack) => {
      const operating = stack.keep(openPartOperating('command', level));
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
      const checkProof = await openCheck(stack, 'command', operating);
      return servePart(stack, { title: 'command', program, port, operating, checkProof });
    });
  },
};

function read(args: readonly string[], env: NodeJS.ProcessEnv): StoredSettings & { readonly registry: CourtRegistry } {
  const settings = openSettings(args, env, storedOptions);
  const registry = readRegistry(settings);
  const data = readData(settings);
  const place = { part: 'command', data, directory: directoryOfCommand(data), port: portOf('command') };
  const stored = readStored(settings, env, place);
  settings.check();
  return { ...stored, registry: registry! };
}
