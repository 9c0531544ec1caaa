/** `nonet serve city` as a part: the subgraphs of the courts for an engine that is not ours. */

import { openOperating } from '../operating/operating.ts';
import { readOperating } from '../operating/settings.ts';
import { openSettings } from '../settings.ts';
import { isHubCode } from '../../common/court-registry.ts';
import { agencyEntries } from '../start/agencies.ts';
import { askingOptions, readAsking } from '../start/asking-settings.ts';
import { createClock } from '../start/clock.ts';
import { readData, readPlace, readRegistry, readRegistryFile } from '../start/common-settings.ts';
import { hubKeyHelp, hubKeyOption, readProving } from '../start/hub-key.ts';
import { addressOptions, addressesHelp, readAddresses, refuseEmbedded } from '../start/parts/addresses.ts';
import { clockHelp, clockOption, readClock } from '../start/parts/clock-setting.ts';
import type { Part } from '../start/parts/part.ts';
import { readKeyMark } from '../start/person-key.ts';
import { stacked } from '../start/stack.ts';
import { openServedCity, supergraphPath } from './open.ts';

const defaultPort = 4050;

export const cityPart: Part = {
  help: [
    'Usage: nonet serve city --registry FILE [--port N] [--host ADDRESS] [--NAME-url URL …]',
    '',
    'Serves the courts together as ordinary federation subgraphs, so that another engine (Hive, Apollo Router, Cosmo) can',
    'take the place of the hub: POST /court, /city, /reach and /registry, GET /health, /metrics, and what such an engine',
    `loads at GET ${supergraphPath}. docs/other-engines.md tells more.`,
    '  --registry FILE           the courts, each with "endpoint": { "url": … } (NONET_REGISTRY, default registry/courts.json)',
    '                            followed while it runs: an entry more is a court more',
    "  --person-key-mark MARK    the mark of the city's key (NONET_PERSON_KEY_MARK), or --person-key FILE, the key itself; a court",
    '                            with another key is kept apart',
    '  --asking FILE             how they are asked (NONET_ASKING; JSON, see OPERATIONS.md; by default as it says there)',
    '  --data DIR                where keys are (NONET_DATA, default data)',
    ...hubKeyHelp,
    '  --as NAME                 also POST /contract: all courts as one, for a hub above that has this hub under NAME in the',
    '                            "hubs" of its registry (NONET_AS; small letters, digits, hyphens)',
    `  --port N                  (PORT, default ${defaultPort}; 0 takes any free one)`,
    '  --host ADDRESS            a loopback address (HOST, default 127.0.0.1)',
    'Where the engine will ask the other subgraphs; they stand in the supergraph, and nothing here asks them:',
    ...addressesHelp,
    ...clockHelp,
  ].join('\n'),
  async start(args, env) {
    const settings = openSettings(args, env, {
      host: 'string',
      port: 'string',
      registry: 'string',
      'person-key': 'string',
      'person-key-mark': 'string',
      as: 'string',
      data: 'string',
      ...hubKeyOption,
      ...askingOptions,
      ...addressOptions,
      ...clockOption,
    });
    const { host, port } = readPlace(settings, { fallbackPort: defaultPort, isOpen: false });
    const registry = readRegistry(settings);
    refuseEmbedded(settings, registry);
    const registryFile = readRegistryFile(settings);
    const personKeyMark = readKeyMark(settings);
    const addresses = readAddresses(settings);
    const as = settings.text({ option: 'as', variable: 'NONET_AS' });
    if (as !== undefined && !isHubCode(as)) {
      settings.fault(`--as is "${as}"; give a name of small letters, digits and hyphens, such as xuzhou.`);
    }
    const openProving = readProving(settings, readData(settings));
    const asking = readAsking(settings);
    const clockOffsetMs = readClock(settings);
    const watched = readOperating(env, (line) => settings.fault(line));
    settings.check();
    return stacked(async (stack) => {
      const operating = stack.keep(await openOperating(watched, env));
      const agencies = agencyEntries.map(({ name }) => name);
      const served = stack.keep(
        await openServedCity({
          registry: registry!,
          registryFile,
          needsAddresses: true,
          personKeyMark: personKeyMark(),
          courts: new Map(),
          prove: openProving(stack),
          addresses,
          agencies,
          asking,
          as,
          now: createClock(clockOffsetMs),
          host,
          port,
          operating,
        }),
      );
      const { url } = served;
      return {
        title: 'city',
        url,
        seededCases: null,
        addresses: [
          ...served.addresses,
          ['supergraph', `${url}${supergraphPath}`],
          ['health', `${url}/health  ${url}/metrics`],
        ],
      };
    });
  },
};
