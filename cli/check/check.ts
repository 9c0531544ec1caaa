/** `nonet check`: does the graph compose, and what would happen if this court joined? Asked before the court joins. */

import { fileURLToPath } from 'node:url';

import { hubOf, type CourtRegistry } from '../../common/court-registry.ts';
import { readContract, type Contract } from '../../schema/horizontal/contract.ts';
import { wholeCapability } from '../../schema/horizontal/drift/capability.ts';
import { judgeMember, type Judgement } from '../../schema/horizontal/drift/judge.ts';
import { ContractError } from '../../schema/horizontal/fault.ts';
import { UsageFault, type Command } from '../command.ts';
import { openSettings, type Settings } from '../settings.ts';
import { readGraphDirectory, readRegistry } from '../start/common-settings.ts';
import { readHubKey } from '../start/hub-key.ts';
import { readKeyMark } from '../start/person-key.ts';
import { CourtUnavailable, isAddress, readCourt, type Expected } from './court.ts';
import { composeChecked, GraphRefused } from './graph.ts';
import { readOperations, type Registered } from './operations.ts';
import { reportOf } from './report.ts';

const ownOperations = fileURLToPath(new URL('../../schema/operations/', import.meta.url));

export const check: Command = {
  help: [
    'Usage: nonet check [--graph DIR] [--contract FILE]',
    '       nonet check --court FILE|URL [--registry FILE] [--code CODE] [--person-key-mark MARK] [--operations DIR]…',
    '',
    'Without --court: checks that the contract and the subgraphs compose.',
    '  --court FILE|URL  says what would happen if this court joined (its SDL in a file, or a running court): whole, with',
    '                    gaps and what each means, or quarantined and why; breaking and dangerous changes; and what',
    '                    registered operations would show',
    '  --code CODE       the entry of the registry that a running court shall be, such as 苏0312; by default the one that it',
    '                    says it is',
    '  --registry FILE   the courts (NONET_REGISTRY, default registry/courts.json)',
    "  --person-key-mark MARK  the mark of the city's key, to compare that of a running court with (NONET_PERSON_KEY_MARK); or",
    '                    --person-key FILE (NONET_PERSON_KEY_FILE), the key itself',
    '  --hub-key FILE    the key to sign with, for a running court that answers its hub alone; with --code',
    '  --graph DIR       court.graphql and the SDL of each subgraph, composed as the hub does (NONET_GRAPH, default our own',
    '                    programs)',
    '  --contract FILE   another contract than the one of those',
    '  --operations DIR  more registered operations (*.graphql, variables beside them in *.json); may be repeated',
    '',
    'Exit 0: composes, or joins whole or with gaps. 1: does not compose, or would be quarantined. 69: the court does not answer.',
    '78: a setting is wrong.',
  ].join('\n'),
  async run(args) {
    const settings = openSettings(args, process.env, {
      court: 'string',
      code: 'string',
      registry: 'string',
      'person-key': 'string',
      'person-key-mark': 'string',
      'hub-key': 'string',
      graph: 'string',
      contract: 'string',
      operations: 'strings',
    });
    const court = readPlace(settings);
    const operations = [ownOperations, ...settings.texts('operations')].map((place) => [...readOperations(place)]);
    const expected = court !== null && isAddress(court) ? readExpected(settings) : nothingExpected;
    const graph = { directory: readGraphDirectory(settings), contractFile: settings.text({ option: 'contract' }) };
    settings.check();
    try {
      const { contractSdl, apiSdl, title } = await composeChecked(graph);
      if (court === null) {
        console.log(`The contract and the subgraphs${title} compose.`);
        return 0;
      }
      const registered = { apiSdl, operations: operations.flat() };
      return await checkCourt(court, readContract(contractSdl, 'contract'), registered, expected());
    } catch (error) {
      if (error instanceof CourtUnavailable) {
        console.error(`nonet check: ${error.message}`);
        return 69;
      }
      if (!(error instanceof ContractError) && !(error instanceof GraphRefused)) throw error;
      console.error(error.message);
      return 1;
    }
  },
};

/** The court that is checked, null for none; throws UsageFault for options that say nothing without it. */
function readPlace(settings: Settings): string | null {
  const court = settings.text({ option: 'court' }) ?? null;
  if (court === null && settings.texts('operations').length > 0) {
    throw new UsageFault('--operations says what operations would show of a court: give --court too.');
  }
  for (const option of ['code', 'registry', 'person-key', 'person-key-mark', 'hub-key']) {
    if (settings.text({ option }) === undefined || (court !== null && isAddress(court))) continue;
    throw new UsageFault(`--${option} says what a running court shall be: give its address, --court URL.`);
  }
  return court;
}

const noCourts: CourtRegistry = {
  courts: [],
  hubs: [],
  speakers: [],
  byCode: () => undefined,
  ownerOf: () => undefined,
};
const nothingExpected = (): Expected => ({ registry: noCourts, entry: null, personKeyMark: null, hubKey: null });

/** To be called after `settings.check()`. */
function readExpected(settings: Settings): () => Expected {
  const registry = readRegistry(settings);
  const personKeyMark = readKeyMark(settings);
  const wanted = settings.text({ option: 'code' });
  const entry = registry?.speakers.find(({ code }) => code === wanted) ?? null;
  if (registry !== null && wanted !== undefined && entry === null) {
    const known = registry.speakers.map(({ code }) => code).join(', ');
    const court = registry.byCode(wanted);
    const hub = court ? hubOf(court.endpoint) : null;
    settings.fault(
      hub === null
        ? `--code is "${wanted}"; the registry has no such court. It has: ${known}.`
        : `--code is "${wanted}", a court that is asked through hub ${hub}; give --code ${hub} to check that hub.`,
    );
  }
  const file = settings.text({ option: 'hub-key' });
  const hubKey = file === undefined ? null : settings.read(() => readHubKey(file));
  if (file !== undefined && wanted === undefined) settings.fault('--hub-key signs for one court: say which by --code.');
  return () => ({ registry: registry!, entry, personKeyMark: personKeyMark(), hubKey });
}

/** What does not say what it serves lacks nothing that could be told. */
const notJudged: Judgement = { capability: wholeCapability, incompatible: [], notes: [], servesNothing: true };

async function checkCourt(
  place: string,
  contract: Contract,
  registered: Registered,
  expected: Expected,
): Promise<number> {
  const { sdl, faults: own, lines: told } = await readCourt(place, expected);
  const judgement = sdl === null ? notJudged : judgeMember(contract, sdl, place);
  const { faults, lines } = reportOf({ place, sdl, own, contract, judgement, registered });
  for (const line of faults) console.error(line);
  for (const line of [...told, ...lines]) console.log(line);
  return faults.length === 0 ? 0 : 1;
}
