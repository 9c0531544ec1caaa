/** A small city behind the hub's own door, each court behind a fault proxy that is steered request by request. */

import { readCourtRegistry } from '../../../../common/court-registry.ts';
import { requestIdHeader } from '../../../../common/request-id.ts';
import type { Answer } from '../../../../common/wire.ts';
import { createRemote } from '../../../../gateway/asking/remote.ts';
import { openDoor } from '../../../../gateway/http/door.ts';
import { CLOSED, startFaultProxy, type FaultProxy } from '../../../support/fault-proxy.ts';
import { byRequest } from '../../../support/faults.ts';
import { startTestCity, type TestCity } from '../../../support/test-city.ts';
import type { Pattern } from './pattern.ts';
import { anybody } from '../../../support/viewers.ts';

/** Milliseconds. A hang costs its court's whole deadline, which a living court on a busy machine has to keep too. */
export const deadlines = { requestMs: 15_000, courtMs: 3_000, agencyMs: 3_000 };

export interface DarkCity {
  readonly city: TestCity;
  /** Asks over HTTP while the courts that the pattern names are off. */
  ask(pattern: Pattern, query: string, variables: object): Asked;
  [Symbol.asyncDispose](): Promise<void>;
}

export interface Asked {
  readonly answered: Promise<{ readonly status: number; readonly answer: Answer; readonly elapsedMs: number }>;
  /** Resolves when the request has its answer, or waits only for courts that hang: somebody else may work meanwhile. */
  readonly quiet: Promise<void>;
}

/** A request that is under way: how many courts are at work for it, and who is told when none is. */
interface Running {
  readonly pattern: Pattern;
  working: number;
  beQuiet: () => void;
}

export async function startDarkCity(): Promise<DarkCity> {
  const requests = new Map<string, Running>();
  const sufferingOf = (code: string, id: string) => requests.get(id)?.pattern.off.get(code);
  const proxies = new Map<string, FaultProxy>();
  for (const { code } of readCourtRegistry().courts) {
    const proxy = await startFaultProxy({ connections: 64 });
    await proxy.suffer(
      byRequest((id) => {
        const { behaviour } = sufferingOf(code, id) ?? {};
        return behaviour === CLOSED ? undefined : behaviour;
      }),
    );
    proxies.set(code, proxy);
  }
  // Nobody listens there: connections are refused, to one request while the next one gets through.
  const closed = createRemote('http://127.0.0.1:1/graphql', { connections: 64 });
  const city = await startTestCity({
    casesPerCourt: 2,
    seed: 'patterns',
    deadlines,
    breaker: null,
    slots: { court: 64 },
    between(code, program) {
      const ask = proxies.get(code)!.front(program);
      return async (question, signal, headers) => {
        const id = headers?.[requestIdHeader] ?? '';
        const running = requests.get(id);
        const suffering = sufferingOf(code, id);
        const isWaiting = suffering?.status === 'TIMEOUT';
        if (running && !isWaiting) running.working += 1;
        lookWhetherQuiet(running);
        try {
          return await (suffering?.behaviour === CLOSED ? closed.ask : ask)(question, signal, headers);
        } finally {
          if (running && !isWaiting) running.working -= 1;
          lookWhetherQuiet(running);
        }
      };
    },
  });
  const door = await openDoor({
    authenticate: anybody,
    enter: (...request) => city.hub.enter(...request),
    status: city.hub.status,
    host: '127.0.0.1',
    port: 0,
  });
  return {
    city,
    ask(pattern, query, variables) {
      let beQuiet!: () => void;
      const quiet = new Promise<void>((resolve) => (beQuiet = resolve));
      requests.set(pattern.name, { pattern, working: 0, beQuiet });
      const startedAt = performance.now();
      const post = async () => {
        const response = await fetch(`${door.url}/graphql`, {
          method: 'POST',
          headers: { 'content-type': 'application/json', [requestIdHeader]: pattern.name },
          body: JSON.stringify({ query, variables }),
        });
        const answer = (await response.json()) as Answer;
        return { status: response.status, answer, elapsedMs: performance.now() - startedAt };
      };
      const answered = post().finally(() => {
        requests.delete(pattern.name);
        beQuiet();
      });
      return { answered, quiet };
    },
    async [Symbol.asyncDispose]() {
      await door.stop(0);
      await city[Symbol.asyncDispose]();
      await closed.stop();
      for (const proxy of proxies.values()) await proxy[Symbol.asyncDispose]();
    },
  };
}

/** Looks once all courts of a hop have been asked. */
function lookWhetherQuiet(running: Running | undefined): void {
  setImmediate(() => {
    if (running?.working === 0) running.beQuiet();
  });
}
