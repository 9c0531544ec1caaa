/** `nonet start gateway`: the hub alone, over courts and agencies that run elsewhere. */

import { openOperating } from '../../operating/operating.ts';
import { readOperating } from '../../operating/settings.ts';
import { openSettings } from '../../settings.ts';
import { askingOptions, readAsking } from '../asking-settings.ts';
import {
  mostCasesPerCourt,
  readData,
  readDoor,
  readGraphDirectory,
  readRegistry,
  readRegistryFile,
} from '../common-settings.ts';
import { generateRows } from '../courts.ts';
import { findExamples } from '../examples.ts';
import { openHub } from '../hub.ts';
import { hubKeyHelp, hubKeyOption, readProving } from '../hub-key.ts';
import { issuerHelp, issuerOptions, readIssuer } from '../issuer-settings.ts';
import { readKeyMark, readNamedKey } from '../person-key.ts';
import { stacked } from '../stack.ts';
import { readSearches, searchesHelp, searchesOption } from '../searches-setting.ts';
import { readTrail, trailHelp, trailOptions } from '../trail.ts';
import { openViewers, toLocalViewers } from '../viewers.ts';
import { createClock } from '../clock.ts';
import { startWorkers } from '../workers/primary.ts';
import { readWorkers, workersHelp, workersOption } from '../workers/settings.ts';
import { readTask } from '../workers/task.ts';
import { clockHelp, clockOption, readClock } from './clock-setting.ts';
import { addressOptions, addressesHelp, readAddresses, refuseEmbedded } from './addresses.ts';
import { readLocalKey } from './local-issuer.ts';
import type { Part } from './part.ts';
import { addressesOfHub } from './places.ts';

export const gatewayPart: Part = {
  help: [
    'Usage: nonet start gateway --registry FILE --issuer NAME --audience NAME --jwks URL|FILE --trail DIR',
    '                           [--port N] [--host ADDRESS] [--NAME-url URL …] [--seed N]',
    '',
    'Serves the hub: POST /graphql, GET /health and /ready, the explorer at /. Of its own it keeps the trail alone.',
    '  --registry FILE           the courts, each with "endpoint": { "url": … } (NONET_REGISTRY, default registry/courts.json)',
    '                            followed while it runs: an entry more is a court more',
    ...issuerHelp(28),
    '  --asking FILE             how they are asked (NONET_ASKING; JSON, see OPERATIONS.md; by default as it says there)',
    '  --graph DIR               court.graphql and the SDL of each subgraph, followed likewise (NONET_GRAPH, default what is',
    '                            emitted of our own programs)',
    "  --person-key-mark MARK    the mark of the city's key, as a court tells it at its start (NONET_PERSON_KEY_MARK); a court",
    '                            with another key is kept apart. Or --person-key FILE (NONET_PERSON_KEY_FILE), the key itself',
    '  --data DIR                where keys are (NONET_DATA, default data)',
    ...hubKeyHelp,
    '  --port N                  (PORT, default 4000; 0 takes any free one)',
    '  --host ADDRESS            (HOST, default 127.0.0.1)',
    ...addressesHelp,
    ...workersHelp(28),
    ...trailHelp(28, 'none: it has to be said'),
    ...searchesHelp(28),
    ...clockHelp,
    "  --seed N                  the explorer's examples speak of the generated city with N cases per court",
  ].join('\n'),
  async start(args, env) {
    const settings = openSettings(args, env, {
      host: 'string',
      port: 'string',
      registry: 'string',
      graph: 'string',
      'person-key': 'string',
      'person-key-mark': 'string',
      seed: 'string',
      data: 'string',
      ...hubKeyOption,
      ...askingOptions,
      ...addressOptions,
      ...clockOption,
      ...workersOption,
      ...trailOptions,
      ...issuerOptions,
      ...searchesOption,
    });
    const issuer = readIssuer(settings);
    const localKey = readLocalKey(settings, issuer, env);
    const { host, port } = readDoor(settings, issuer);
    const registry = readRegistry(settings);
    refuseEmbedded(settings, registry);
    const registryFile = readRegistryFile(settings);
    const graph = readGraphDirectory(settings);
    const personKey = readNamedKey(settings);
    const personKeyMark = readKeyMark(settings, personKey);
    const addresses = readAddresses(settings);
    const openProving = readProving(settings, readData(settings));
    const seed = settings.whole({ option: 'seed' }, 0, 1, mostCasesPerCourt);
    const asking = readAsking(settings);
    const clockOffsetMs = readClock(settings);
    const workers = readWorkers(settings);
    const trail = readTrail(settings, null, issuer);
    const identitySearches = readSearches(settings);
    const watched = readOperating(env, (line) => settings.fault(line));
    settings.check();
    const mark = personKeyMark();
    const task = readTask(env);
    if (workers > 1 && task === null) {
      const running = await startWorkers({ workers, host, port, level: watched.level });
      const { url } = running;
      return { ...running, title: `gateway of ${workers} workers`, seededCases: null, addresses: addressesOfHub(url) };
    }
    return stacked(async (stack) => {
      const operating = stack.keep(await openOperating(watched, env, task?.number ?? null));
      const examples = seed === 0 ? {} : findExamples(registry!, generateRows(registry!, seed));
      const viewers = issuer ? await openViewers(stack, issuer, operating.log) : toLocalViewers(localKey());
      const hub = await openHub({
        viewers,
        registry: registry!,
        registryFile,
        needsAddresses: true,
        personKeyMark: mark,
        now: createClock(clockOffsetMs),
        graph,
        courts: new Map(),
        agencies: new Map([...addresses].filter(([name]) => name !== 'command')),
        command: addresses.get('command')!,
        prove: openProving(stack),
        asking,
        examples,
        host,
        port: task?.port ?? port,
        worker: task?.number,
        trail,
        identitySearches,
        personKey: personKey?.read() ?? null,
        operating,
      });
      const { url } = stack.keep(hub);
      return { title: 'gateway', url, seededCases: null, addresses: addressesOfHub(url) };
    });
  },
};
