import { once } from 'node:events';
import { afterAll, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';

import type { Ask, Question } from '../../../common/wire.ts';
import { emittedGraph } from '../../../cli/start/hub.ts';
import { cityWide } from '../../support/city-answer.ts';
import { startFaultProxy, type FaultProxy } from '../../support/fault-proxy.ts';
import { dial, latch, rawPost } from '../http/small-door.ts';
import { parseLine, startOperatedCity, type OperatedCity } from './operated-city.ts';

/** Stands behind HTTP; the other courts are in this process. */
const slow = '苏0312';

/** Less than a court's deadline, after which nobody is asked either. */
const patience = { timeout: 2_500, interval: 20 };

interface Asked {
  readonly whom: string;
  readonly isSecondFetch: boolean;
  readonly signal: AbortSignal;
  isAnswered: boolean;
}

describe('a client that leaves in the middle of a plan', () => {
  let proxy: FaultProxy;
  let operated: OperatedCity;
  let asked: Asked[] = [];
  const unhandled: unknown[] = [];
  const heard = (fault: unknown) => void unhandled.push(fault);

  const noting =
    (whom: string, ask: Ask): Ask =>
    async (question, signal, headers) => {
      const own: Asked = { whom, isSecondFetch: isSecondFetch(question), signal, isAnswered: false };
      asked.push(own);
      const answer = await ask(question, signal, headers);
      own.isAnswered = true;
      return answer;
    };

  beforeAll(async () => {
    process.on('unhandledRejection', heard);
    proxy = await startFaultProxy();
    operated = await startOperatedCity({
      between: (code, ask) => noting(code, code === slow ? proxy.front(ask) : ask),
      betweenAgency: noting,
      // With rows in a hop of their own there is a middle of the plan.
      pages: { wholeRows: false },
    });
    // Plans are made, and agencies have answered: who is not asked below is not asked because the client has left.
    await operated.ask(cityWide);
  }, 120_000);
  afterAll(async () => {
    process.off('unhandledRejection', heard);
    await operated[Symbol.asyncDispose]();
    await proxy[Symbol.asyncDispose]();
  });
  beforeEach(() => {
    asked = [];
  });

  it('has the fetches under way ended at the courts, and no further fetch sent', async () => {
    const atCourt = latch<{ readonly ended: Promise<boolean> }>();
    await proxy.suffer(({ question, response, passOn }) => {
      if (!isSecondFetch(question)) return passOn();
      atCourt.open({ ended: once(response, 'close').then(() => response.writableFinished) });
      return Promise.resolve();
    });
    const lines = operated.lines.length;
    const client = await dial(operated.door);
    client.socket.write(rawPost(JSON.stringify({ query: cityWide }), operated.shown));
    const { ended } = await atCourt.promise;
    // The rows of the other courts are there: agencies would be asked about their debtors, and all courts about their cases.
    await vi.waitFor(() => {
      const others = asked.filter(({ whom, isSecondFetch: second }) => second && whom !== slow);
      expect(others.length).toBeGreaterThan(3);
      expect(others.every(({ isAnswered }) => isAnswered)).toBe(true);
    }, patience);
    const before = asked.length;
    client.socket.destroy();
    expect(await ended).toBe(false);
    const line = await vi.waitFor(() => {
      const own = operated.lines
        .slice(lines)
        .map(parseLine)
        .find(({ msg }) => msg === 'answered');
      if (!own) throw new Error('The request has not ended.');
      return own;
    }, patience);
    expect(line).toMatchObject({ outcome: 'left', status: null });
    expect(line.calls!.find(({ upstream }) => upstream === slow)!.outcome).toMatch(/left/);
    expect(asked.slice(before)).toEqual([]);
    expect(asked.filter(({ whom }) => ['bank', 'vehicle', 'property'].includes(whom))).toEqual([]);
  });

  it('leaves nothing behind: no question in flight, no fault, no request inside the graph', async () => {
    const metrics = await operated.scrape();
    const inFlight = [...metrics.matchAll(/^nonet_(?:requests|upstream_calls)_in_flight(?:\{[^}]*\})? (\S+)$/gm)];
    expect(inFlight.length).toBeGreaterThan(9);
    expect(inFlight.map(([, value]) => value)).toEqual(inFlight.map(() => '0'));
    expect(metrics).toMatch(/^nonet_requests_total\{outcome="left"\} 1$/m);
    expect(metrics).toMatch(/^nonet_faults_total 0$/m);
    expect(operated.lines.map(parseLine).filter(({ level }) => level === 'error')).toEqual([]);
    expect(unhandled).toEqual([]);
    // A graph is let go of when the last request has left it.
    const { hub } = operated.city;
    await hub.take(await hub.load(emittedGraph()));
    await proxy.recover();
    expect((await operated.ask(cityWide)).errors).toBeUndefined();
  });
});

/** Cases whole, by their numbers, when a page of them is known. */
function isSecondFetch({ query }: Question): boolean {
  return query.includes('_entities');
}
