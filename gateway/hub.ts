/** The hub: nine courts and the agencies behind one graph. Everything it needs is handed to it; it opens no door itself. */

import { Supergraph } from '@apollo/federation-internals';
import { ApolloServer } from '@apollo/server';

import type { Way } from './asking/upstream.ts';
import { createCity, type City, type CityOptions } from './city.ts';
import { unknownErrors } from './execution/format-error.ts';
import { createGateway } from './execution/gateway.ts';
import { reservedNames } from './execution/reserved-names.ts';
import type { Source } from './explain/foresight.ts';
import type { HubStatus } from './http/status.ts';
import { operationEnds } from './operating/operation-end.ts';
import type { RequestContext } from './request-context.ts';
import { allHeldBy, type Holder } from './sources/holder.ts';
import { createOwnedSource } from './sources/owned.ts';
import { ownedTypesOf } from './sources/routed.ts';

export interface HubOptions extends CityOptions {
  /** How to ask each agency, by subgraph name, and the key fields of the entities it extends. */
  readonly agencies: ReadonlyMap<string, Way>;
  /** How to ask the command centre, which keeps task forces. */
  readonly command: Way;
  /** Told of faults of our own that belong to no request; by default warnings of the process. */
  readonly report?: (fault: Error) => void;
}

export interface Hub extends Pick<City, 'roll' | 'contextOf'> {
  readonly apollo: ApolloServer<RequestContext>;
  /** What the last question to each court and agency came to. */
  readonly status: () => HubStatus;
  stop(): Promise<void>;
}

/** Loads the supergraph and is ready to answer; rejects when the supergraph or the contract cannot be read. */
export async function createHub(options: HubOptions): Promise<Hub> {
  const city = createCity(options, [...options.agencies.keys()]);
  const { contract, roll, health, deadlines, toUpstream } = city;
  const agencies = new Map([...options.agencies].map(([name, ask]) => [name, toUpstream('agency', name, ask)]));
  const command: Holder = {
    id: 'command',
    upstream: toUpstream('subgraph', 'command', options.command),
    source: { subgraph: 'command' },
    label: 'The command centre',
    isOwn: true,
  };

  // What clients see is what agencies and the command centre may answer: their fields of the court's entities are public.
  const publicTypes = ownedTypesOf(contract, Supergraph.build(options.supergraphSdl).apiSchema().toGraphQLJSSchema());
  const sourceOf = (holder: Holder) => {
    const holders = allHeldBy(holder);
    return createOwnedSource({
      types: publicTypes,
      holdersOf: () => holders,
      belonging: { ownerKeys: [], parts: [] },
      requiredTypes: new Set(),
      deadlineMs: deadlines.agencyMs,
    });
  };
  const sources = new Map<string, Source>([
    ...Object.entries(city.sources),
    ['command', sourceOf(command)],
    ...[...agencies].map(([name, upstream]) => {
      const agency = { id: name, upstream, source: { agency: name }, label: `Agency ${name}`, isOwn: false };
      return [name, sourceOf(agency)] as const;
    }),
  ]);

  const apollo = new ApolloServer<RequestContext>({
    gateway: createGateway(options.supergraphSdl, sources, options.report),
    introspection: true,
    includeStacktraceInErrorResponses: false,
    validationRules: [reservedNames],
    formatError: unknownErrors,
    csrfPrevention: true,
    allowBatchedHttpRequests: false,
    stopOnTerminationSignals: false,
    plugins: [operationEnds()],
  });
  await apollo.start();
  return {
    apollo,
    roll,
    contextOf: city.contextOf,
    status: () => ({
      schemaLoaded: true,
      courts: roll.now().registry.courts.map(({ code, name }) => ({ code, name, status: health.of(code) })),
      agencies: [...agencies.keys()].map((name) => ({ code: name, name, status: health.of(name) })),
      subgraphs: [{ code: command.id, name: command.id, status: health.of(command.id) }],
    }),
    async stop() {
      city.stop();
      for (const upstream of [...agencies.values(), command.upstream]) upstream.stop();
      await apollo.stop();
    },
  };
}
