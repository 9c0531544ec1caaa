/** A small city behind `nonet serve city`, asked as another engine asks. */

import { openServedCity } from '../../../cli/serve/open.ts';
import { silentLog } from '../../../common/log.ts';
import type { Answer, Ask } from '../../../common/wire.ts';
import { createMetrics } from '../../../gateway/operating/metrics.ts';
import { startTestCity, type TestCity } from '../../support/test-city.ts';

export interface AskedSubgraph {
  readonly status: number;
  readonly headers: Headers;
  readonly answer: Answer;
}

export interface ServedTestCity {
  readonly city: TestCity;
  readonly url: string;
  readonly supergraphSdl: string;
  /** What a question to the subgraph of this name comes to. */
  ask(
    subgraph: string,
    query: string,
    variables?: Readonly<Record<string, unknown>>,
    headers?: Readonly<Record<string, string>>,
  ): Promise<AskedSubgraph>;
  [Symbol.asyncDispose](): Promise<void>;
}

/** Starts it; `between` stands before each court. */
export async function startServedCity(between: (code: string, ask: Ask) => Ask): Promise<ServedTestCity> {
  const city = await startTestCity({ casesPerCourt: 12, seed: 'served' });
  const served = await openServedCity({
    registry: city.registry,
    courts: new Map([...city.courts].map(([code, { ask }]) => [code, { ask: between(code, ask) }])),
    addresses: new Map(['bank', 'vehicle', 'property', 'command'].map((name) => [name, `http://127.0.0.1:9/${name}`])),
    agencies: ['bank', 'vehicle', 'property'],
    asking: { breaker: null },
    host: '127.0.0.1',
    port: 0,
    operating: { log: silentLog, metrics: createMetrics() },
  });
  return {
    city,
    url: served.url,
    supergraphSdl: served.supergraphSdl,
    async ask(subgraph, query, variables = {}, headers = {}) {
      const response = await fetch(`${served.url}/${subgraph}`, {
        method: 'POST',
        headers: { 'content-type': 'application/json', ...headers },
        body: JSON.stringify({ query, variables }),
      });
      return { status: response.status, headers: response.headers, answer: (await response.json()) as Answer };
    },
    async [Symbol.asyncDispose]() {
      await served.stop();
      await city[Symbol.asyncDispose]();
    },
  };
}
