/** `nonet start gateway`: the hub alone, over courts and agencies that run elsewhere. */

import { openOperating } from '../../operating/operating.ts';
import { readOperating } from '../../operating/settings.ts';
import { openSettings } from '../../settings.ts';
import { agencyEntries } from '../agencies.ts';
import { mostCasesPerCourt, readDoor, readRegistry } from '../common-settings.ts';
import { generateRows } from '../courts.ts';
import { findExamples } from '../examples.ts';
import { openHub } from '../hub.ts';
import { stacked } from '../stack.ts';
import type { Part } from './part.ts';
import { addressesOfHub, portOf } from './places.ts';

export const gatewayPart: Part = {
  help: [
    'Usage: nonet start gateway --registry FILE [--port N] [--host ADDRESS] [--NAME-url URL …] [--seed N]',
    '',
    'Serves the hub: POST /graphql, GET /health and /ready, the explorer at /. It keeps nothing of its own.',
    '  --registry FILE           the courts, each with "endpoint": { "url": … } (NONET_REGISTRY, default registry/courts.json)',
    '  --port N                  (PORT, default 4000; 0 takes any free one)',
    '  --host ADDRESS            a loopback address (HOST, default 127.0.0.1)',
    ...[...agencyEntries, { name: 'command' }].map(({ name }) =>
      [`  --${name}-url URL`.padEnd(28), `(${variableOf(name)}, default ${defaultOf(name)})`].join(''),
    ),
    "  --seed N                  the explorer's examples speak of the generated city with N cases per court",
  ].join('\n'),
  async start(args, env) {
    const settings = openSettings(args, env, options);
    const { host, port } = readDoor(settings);
    const registry = readRegistry(settings);
    for (const { code, endpoint } of registry?.courts ?? []) {
      if (endpoint !== 'embedded') continue;
      settings.fault(
        `the registry has no address for court ${code}; give it "endpoint": { "url": "http://host:port/graphql" }.`,
      );
    }
    const agencies = new Map(
      agencyEntries.map(({ name }) => [
        name,
        settings.address({ option: `${name}-url`, variable: variableOf(name) }, defaultOf(name)),
      ]),
    );
    const command = settings.address({ option: 'command-url', variable: variableOf('command') }, defaultOf('command'));
    const seed = settings.whole({ option: 'seed' }, 0, 1, mostCasesPerCourt);
    const watched = readOperating(env, (line) => settings.fault(line));
    settings.check();
    return stacked(async (stack) => {
      const operating = stack.keep(await openOperating(watched, env));
      const examples = seed === 0 ? {} : findExamples(registry!, generateRows(registry!, seed));
      const hub = await openHub({
        registry: registry!,
        courts: new Map(),
        agencies,
        command,
        examples,
        host,
        port,
        operating,
      });
      const { url } = stack.keep(hub);
      return { title: 'gateway', url, seededCases: null, addresses: addressesOfHub(url) };
    });
  },
};

const options = {
  host: 'string',
  port: 'string',
  registry: 'string',
  seed: 'string',
  'command-url': 'string',
  ...Object.fromEntries(agencyEntries.map(({ name }) => [`${name}-url`, 'string'] as const)),
} as const;

function variableOf(agency: string): string {
  return `${agency.toUpperCase()}_URL`;
}

function defaultOf(agency: string): string {
  return `http://127.0.0.1:${portOf(agency)}/graphql`;
}
