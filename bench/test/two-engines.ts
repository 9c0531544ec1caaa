/** One city under two engines: Nonet's hub, and Hive Gateway over the same courts, agencies and command centre. */

import { silentLog } from '../../common/log.ts';
import type { Answer, Ask } from '../../common/wire.ts';
import { openServedCity } from '../../cli/serve/open.ts';
import { stacked, type Stack, type Stoppable } from '../../cli/start/stack.ts';
import { createMetrics } from '../../gateway/operating/metrics.ts';
import { serveProgram } from '../../subgraphs/kit/http.ts';
import { startTestCity, type TestCity } from '../../test/support/test-city.ts';
import { startHive } from '../hive/process.ts';
import { viewerHeaders } from '../../test/support/viewers.ts';

export interface TwoEngines {
  readonly city: TestCity;
  /** Asks both, the hub first. */
  askBoth(query: string, variables?: Record<string, unknown>): Promise<{ readonly hub: Answer; readonly hive: Answer }>;
  /** From now on the court cannot be reached by either; null: every court can. */
  breakDown(court: string | null): void;
}

/** Starts both. */
export function startTwoEngines(): Promise<TwoEngines & Stoppable> {
  return stacked(start);
}

/** An engine of another make says nothing of its viewer, to whom neither agencies nor courts show everything. */
function forSomebody(ask: Ask): Ask {
  return (question, signal, headers) => ask(question, signal, { ...headers, ...viewerHeaders() });
}

async function start(stack: Stack): Promise<TwoEngines> {
  let broken: string | null = null;
  const courts = new Map<string, Ask>();
  const others = new Map<string, Ask>();
  const keep = (asks: Map<string, Ask>, name: string, ask: Ask): Ask => {
    asks.set(name, ask);
    return ask;
  };
  const city = await startTestCity({
    casesPerCourt: 12,
    seed: 'two engines',
    // A court that comes back is asked at once.
    breaker: null,
    between: (code, ask) =>
      keep(courts, code, (...question) =>
        code === broken ? Promise.reject(new Error('nobody listens here')) : ask(...question),
      ),
    betweenAgency: (name, ask) => keep(others, name, ask),
    betweenCommand: (ask) => keep(others, 'command', ask),
  });
  stack.keep({ stop: () => city[Symbol.asyncDispose]() });
  const addresses = new Map<string, string>();
  for (const [name, ask] of others) {
    const served = stack.keep(await serveProgram({ ask: forSomebody(ask) }, { port: 0, host: '127.0.0.1' }));
    addresses.set(name, served.url);
  }
  const served = stack.keep(
    await openServedCity({
      registry: city.registry,
      courts: new Map([...courts].map(([code, ask]) => [code, { ask: forSomebody(ask) }])),
      addresses,
      agencies: ['bank', 'vehicle', 'property'],
      asking: { breaker: null },
      host: '127.0.0.1',
      port: 0,
      operating: { log: silentLog, metrics: createMetrics() },
    }),
  );
  const hive = await startHive(served.supergraphSdl);
  stack.keep({ stop: () => hive[Symbol.asyncDispose]() });
  return {
    city,
    async askBoth(query, variables = {}) {
      return { hub: await city.ask(query, variables), hive: await hive.ask(query, variables) };
    },
    breakDown: (court) => {
      broken = court;
    },
  };
}
