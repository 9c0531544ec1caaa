/** The whole engine over branches of a library: composed once, and for each question the membership and rows of that question. */

import { Supergraph } from '@apollo/federation-internals';
import type { DocumentNode, GraphQLSchema } from 'graphql';

import type { Answer, Ask } from '../../common/wire.ts';
import { createUpstream } from '../../gateway/asking/upstream.ts';
import { HubError } from '../../gateway/errors.ts';
import { unknownErrors } from '../../gateway/execution/format-error.ts';
import { createGateway } from '../../gateway/execution/gateway.ts';
import { adaptiveShare, type PageShare } from '../../gateway/horizontal/page-share.ts';
import { openLedger } from '../../gateway/ledger/ledger.ts';
import { speakingForThemselves, type Members } from '../../gateway/members.ts';
import { joined, type Membership } from '../../gateway/membership/membership.ts';
import type { Source } from '../../gateway/explain/foresight.ts';
import { openRecord } from '../../gateway/operating/record.ts';
import type { RequestContext } from '../../gateway/request-context.ts';
import { createGatheredSource } from '../../gateway/sources/gathered.ts';
import { allHeldBy } from '../../gateway/sources/holder.ts';
import { createOwnedSource } from '../../gateway/sources/owned.ts';
import { requiredTypesOf } from '../../gateway/sources/required-types.ts';
import { createRoutedSource, ownedTypesOf } from '../../gateway/sources/routed.ts';
import { composeGraph } from '../../schema/supergraph.ts';
import { toExecutorRequest } from '../support/executor-request.ts';
import { libraryContract } from './library/asks.ts';
import { librarySdl } from './library/contract.ts';
import { binderySdl, officeSdl } from './library/neighbours.ts';
import { branchCodes } from './library/rows.ts';
import { openRequestTrail } from '../../gateway/trail/request-trail.ts';
import { createMemoryTrail } from '../../gateway/trail/trail.ts';

/** Who answers one question: branches by code, and the ordinary subgraphs. */
export interface City {
  /** In the order of the registry; one behind a hub is not asked itself. */
  readonly branches: ReadonlyMap<string, Ask>;
  /** Hubs by code, each with how it is asked and the branches behind it. */
  readonly hubs?: ReadonlyMap<string, { readonly ask: Ask; readonly behind: readonly string[] }>;
  readonly office: Ask;
  readonly bindery: Ask;
}

export interface Engine {
  /** What clients see. */
  readonly schema: GraphQLSchema;
  /** Answers one operation; never throws for what members do. */
  answer(
    city: City,
    document: DocumentNode,
    query: string,
    variables: Readonly<Record<string, unknown>>,
  ): Promise<Answer>;
  stop(): Promise<void>;
}

/** Composes the library with its neighbours and loads the gateway, wired as the hub wires it. */
export async function startEngine(share: PageShare = adaptiveShare, wholeRows = true): Promise<Engine> {
  const { supergraphSdl } = composeGraph(
    librarySdl,
    new Map([
      ['office', officeSdl],
      ['bindery', binderySdl],
    ]),
  );
  const schema = Supergraph.build(supergraphSdl).apiSchema().toGraphQLJSSchema();
  const types = ownedTypesOf(libraryContract, schema);
  const gathered = createGatheredSource({ contract: libraryContract, deadlineMs: 10_000, share });
  // Asks of the neighbours are the question's own, so each is found when it is asked.
  const cities = new WeakMap<Membership, City>();
  const neighbour = (name: 'office' | 'bindery') => {
    const upstream = (ask: Ask) => createUpstream({ kind: 'agency', id: name, ask });
    return createOwnedSource({
      types,
      holdersOf: ({ membership }) =>
        allHeldBy({
          id: name,
          upstream: upstream(cities.get(membership)![name]),
          source: { agency: name },
          label: `Agency ${name}`,
          isOwn: false,
        }),
      belonging: { ownerKeys: [], parts: [] },
      requiredTypes: new Set(),
      deadlineMs: 10_000,
    });
  };
  const sources = new Map<string, Source>([
    ['city', gathered],
    ['reach', gathered],
    ['court', createRoutedSource(libraryContract, requiredTypesOf(libraryContract, supergraphSdl), 10_000, wholeRows)],
    ['office', neighbour('office')],
    ['bindery', neighbour('bindery')],
  ]);
  const gateway = createGateway(supergraphSdl, sources);
  const { executor } = await gateway.load({ apollo: {} });
  if (!executor) throw new Error('The gateway executes nothing.');
  return {
    schema,
    async answer(city, document, query, variables) {
      const membership = membershipOf(city);
      cities.set(membership, city);
      const context = contextOf(membership);
      const request = toExecutorRequest({ document, schema, query, variables, context });
      const { data, errors, extensions } = await executor(request);
      return JSON.parse(
        JSON.stringify({ data, errors: errors?.map((error) => unknownErrors(error.toJSON())), extensions }),
      ) as Answer;
    },
    stop: () => gateway.stop(),
  };
}

/** A request of this moment. */
export function contextOf(membership: Membership): RequestContext {
  return {
    viewer: null,
    membership,
    ledger: openLedger(),
    trail: openRequestTrail(createMemoryTrail()),
    now: () => new Date(),
    record: openRecord(),
    late: new Set(),
    signal: new AbortController().signal,
    release: () => undefined,
  };
}

/** Who takes part in this city. */
export function membershipOf({ branches, hubs = new Map() }: Pick<City, 'branches' | 'hubs'>): Membership {
  const hubOf = new Map([...hubs].flatMap(([hub, { behind }]) => behind.map((code) => [code, hub] as const)));
  const codes = [...branches.keys()];
  const speakers = [...new Set(codes.map((code) => hubOf.get(code) ?? code))];
  const asks = speakers.map((id) => [id, hubs.get(id)?.ask ?? branches.get(id)!] as const);
  return {
    members: {
      ...membersOf(codes),
      speakers: asks.map(([id]) => id),
      speakerOf: (code) => hubOf.get(code) ?? code,
      behind: (speaker) => hubs.get(speaker)?.behind ?? null,
    },
    upstreams: new Map(asks.map(([id, ask]) => [id, createUpstream({ kind: 'court', id, ask })])),
    standingOf: () => joined,
    registry: { courts: [], hubs: [], speakers: [], byCode: () => undefined },
  };
}

/** The part of a number before the dash names its branch. */
function membersOf(codes: readonly string[]): Members {
  return {
    codes,
    ...speakingForThemselves(codes),
    memberOf: (code) => codes.find((own) => own === code),
    nameOf: (member) => `Branch ${member}`,
    ownerOf: (key) => codes.find((code) => String(key).startsWith(`${code}-`)),
    canonical: (key) => String(key),
    misfit: (key) => {
      const isElsewhere = branchCodes.some((code) => String(key).startsWith(`${code}-`));
      return new HubError(isElsewhere ? 'UNKNOWN_COURT' : 'BAD_USER_INPUT', `"${String(key)}" names no branch.`);
    },
    homeOf: (typeName, { id }) =>
      typeName === 'Reader' ? codes.find((code) => String(id).startsWith(`only ${code} `)) : undefined,
  };
}
