/** The courts' logical subgraphs, opened over HTTP. */

import type { CourtRegistry } from '../../common/court-registry.ts';
import type { Ask } from '../../common/wire.ts';
import type { Prove } from '../../gateway/asking/proving.ts';
import { toAsking } from '../../gateway/asking/settings.ts';
import { createCity, type CityOptions } from '../../gateway/city.ts';
import { unread } from '../../gateway/membership/membership.ts';
import type { Watch } from '../../gateway/membership/watch.ts';
import { createServedCity } from '../../gateway/serving/city.ts';
import { createServedContract } from '../../gateway/serving/contract.ts';
import { openServingDoor } from '../../gateway/serving/door.ts';
import type { ServedSubgraph } from '../../gateway/serving/subgraph.ts';
import { withAddresses } from '../../schema/addresses.ts';
import type { Operating } from '../operating/operating.ts';
import { emittedGraph } from '../start/hub.ts';
import { openCourtAsks, startMembership, type FollowSettings } from '../start/membership.ts';
import { stacked, type Stoppable } from '../start/stack.ts';

export interface ServedCityOptions extends Pick<CityOptions, 'asking'>, FollowSettings {
  readonly registry: CourtRegistry;
  /** Courts of this process, by code; the others are asked at the address that the registry has. */
  readonly courts: ReadonlyMap<string, { readonly ask: Ask }>;
  /** Signs what the courts are asked. */
  readonly prove?: Prove;
  /** Where the subgraphs are that this process does not serve, by name. */
  readonly addresses: ReadonlyMap<string, string>;
  /** Which of them are agencies. */
  readonly agencies: readonly string[];
  /** Its name in the registry of a hub above, to which it serves the whole contract; absent where there is none. */
  readonly as?: string | undefined;
  readonly host: string;
  readonly port: number;
  readonly operating: Pick<Operating, 'log' | 'metrics'>;
}

export interface OpenServedCity extends Stoppable {
  /** `http://host:port`, without a slash at the end. */
  readonly url: string;
  /** Where each of the subgraphs is that this process serves, and the contract if it does. */
  readonly addresses: ReadonlyMap<string, string>;
  /** What an engine loads: the supergraph with the addresses of all its subgraphs. */
  readonly supergraphSdl: string;
}

/** The path at which the supergraph with addresses is read. */
export const supergraphPath = '/supergraph.graphql';

/** Serves `court`, `city`, `reach` and `registry`; rejects when the contract cannot be read or the port not be had. */
export function openServedCity(options: ServedCityOptions): Promise<OpenServedCity> {
  const { registry, agencies, host, port, operating, ...rest } = options;
  return stacked(async (stack) => {
    const asks = openCourtAsks(stack, toAsking(options.asking), options.courts, options.prove);
    const { contractSdl, supergraphSdl } = emittedGraph();
    const { log, metrics } = operating;
    // As in the hub: nobody is asked before his program was read.
    const watching: { watch: Watch | null } = { watch: null };
    const doubted = (code: string) => watching.watch?.look(code);
    const courts = asks.of(registry);
    const city = createCity(
      { ...rest, registry, contractSdl, supergraphSdl, courts, metrics, unjudged: unread, doubted },
      agencies,
    );
    stack.keep({
      stop() {
        city.stop();
        return Promise.resolve();
      },
    });
    watching.watch = await startMembership(stack, { ...options, city, asks });
    const served = createServedCity(city);
    const { as, personKeyMark = null, now = () => new Date() } = options;
    const contract =
      as === undefined ? null : createServedContract({ city, contractSdl, code: as, personKeyMark, now });
    const subgraphs = new Map<string, ServedSubgraph>([
      ...served,
      ...(contract ? [['contract', contract] as const] : []),
    ]);
    const own = (url: string) => new Map([...served.keys()].map((name) => [name as string, `${url}/${name}`]));
    const addressed = (url: string) => withAddresses(supergraphSdl, new Map([...options.addresses, ...own(url)]));
    // Before the port is bound: a subgraph without an address is a fault of the settings.
    addressed('');
    let supergraph = '';
    const texts = new Map([[supergraphPath, () => supergraph]]);
    const door = await openServingDoor({ subgraphs, contextOf: city.contextOf, host, port, texts, log, metrics });
    stack.keep({ stop: () => door.stop() });
    supergraph = addressed(door.url);
    const addresses = new Map([...own(door.url), ...(contract ? [['contract', `${door.url}/contract`] as const] : [])]);
    return { url: door.url, addresses, supergraphSdl: supergraph };
  });
}
