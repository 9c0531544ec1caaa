/** The hub's own graph over real programs of courts, agencies and the command centre, and weather that spoils what they say. */

import { Supergraph } from '@apollo/federation-internals';

import type { Answer, Ask } from '../../../common/wire.ts';
import { emittedGraph } from '../../../cli/start/hub.ts';
import { createCity } from '../../../gateway/city.ts';
import type { Source } from '../../../gateway/explain/foresight.ts';
import { graphSources } from '../../../gateway/graph.ts';
import type { RequestContext } from '../../../gateway/request-context.ts';
import { cityWide, rowsQuery } from '../../support/city-answer.ts';
import { startTestCity, type TestCity } from '../../support/test-city.ts';
import { fairWeather, spoilt, type Weather } from './faults.ts';
import type { KnownOf } from './wording.ts';

export interface FaultyCity extends AsyncDisposable {
  readonly supergraphSdl: string;
  readonly sources: ReadonlyMap<string, Source>;
  readonly known: KnownOf;
  /** Everybody who may fall ill. */
  readonly programs: readonly string[];
  contextOf(): RequestContext;
  /** The weather from now on. */
  suffer(weather: Weather): void;
  /** What programs have answered is asked anew from now on. Until then the same question has the same answer, be it faster or slower. */
  forget(): void;
}

export async function startFaultyCity(): Promise<FaultyCity> {
  const programs = new Map<string, Ask>();
  const known = new Map<string, Promise<string>>();
  let weather = fairWeather;
  const between = (name: string, program: Ask): Ask => {
    programs.set(name, async (question, signal, headers) => {
      const key = JSON.stringify([name, question.query, question.variables]);
      const text = known.get(key) ?? program(question, signal, headers).then((answer) => JSON.stringify(answer));
      known.set(key, text);
      return spoilt(JSON.parse(await text) as Answer, question, name, weather);
    });
    return program;
  };
  const test = await startTestCity({
    casesPerCourt: 7,
    seed: 'executors',
    between,
    betweenAgency: between,
    betweenCommand: (ask) => between('command', ask),
  });
  const graph = emittedGraph();
  const agencies = ['bank', 'vehicle', 'property'];
  const city = createCity(
    {
      ...graph,
      registry: test.registry,
      courts: new Map(test.registry.courts.map(({ code }) => [code, programs.get(code)!])),
      asking: { breaker: null, retry: null, hedge: null, slots: { court: 64, agency: 64, subgraph: 64 } },
      now: test.now,
    },
    agencies,
  );
  const toAgency = (name: string) => city.toUpstream('agency', name, programs.get(name)!);
  const publicSchema = Supergraph.build(graph.supergraphSdl).apiSchema().toGraphQLJSSchema();
  return {
    supergraphSdl: graph.supergraphSdl,
    sources: graphSources(
      city.contract,
      { ...graph, publicSchema },
      {
        city,
        agencies: new Map(agencies.map((name) => [name, toAgency(name)])),
        command: city.toUpstream('subgraph', 'command', programs.get('command')!),
      },
    ),
    known: await learn(test),
    programs: [...programs.keys()],
    contextOf: () => city.contextOf(new AbortController().signal),
    suffer: (next) => void (weather = next),
    forget: () => known.clear(),
    async [Symbol.asyncDispose]() {
      city.stop();
      await test[Symbol.asyncDispose]();
    },
  };
}

const changes = /* GraphQL */ `
  mutation {
    wide: createTaskForce(input: { name: "专项", criteria: { amountOutstandingMin: "5000.00" } }, idempotencyKey: "a") {
      id
    }
    narrow: createTaskForce(
      input: { name: "联合", criteria: { amountOutstandingMin: "1.00", courts: ["苏0312"] } }
      idempotencyKey: "b"
    ) {
      id
    }
  }
`;

/** Asks for all there is, until the agencies have answered about everybody. */
async function learn(city: TestCity): Promise<KnownOf> {
  const { wide, narrow } = dataOf(await city.ask(changes)) as Record<'wide' | 'narrow', { id: string }>;
  for (let round = 0; round < 6; round += 1) {
    if (!JSON.stringify((await city.ask(cityWide)).data).includes('"PENDING"')) break;
  }
  await city.ask(rowsQuery);
  const { cases } = dataOf(await city.ask(everybody)) as { cases: { edges: Edge[] } };
  const [one, ...others] = cases.edges;
  return {
    caseNumbers: [one!, ...others].map(({ node }) => node.number),
    persons: [...new Set(cases.edges.flatMap(({ node }) => node.parties.map(({ person }) => person.id)))],
    taskForces: [wide.id, narrow.id],
    courts: city.registry.courts.map(({ code }) => code),
    cursors: [cases.edges[5]!, cases.edges[20]!].map(({ cursor }) => cursor),
  };
}

interface Edge {
  readonly cursor: string;
  readonly node: { readonly number: string; readonly parties: readonly { readonly person: { readonly id: string } }[] };
}

const everybody = '{ cases(first: 100) { edges { cursor node { number parties { person { id } } } } } }';

function dataOf({ data, errors }: Answer): Record<string, unknown> {
  if (!data || errors) throw new Error(JSON.stringify(errors));
  return data;
}
