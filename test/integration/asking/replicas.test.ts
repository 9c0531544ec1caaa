import { afterEach, beforeEach, describe, expect, test } from 'vitest';

import { askWithin } from '../../../gateway/asking/ask.ts';
import { defaultAsking } from '../../../gateway/asking/settings.ts';
import { createUpstream, type Upstream, type UpstreamOptions } from '../../../gateway/asking/upstream.ts';
import type { Verdict } from '../../../gateway/asking/breaker.ts';
import { openRecord, type UpstreamKind } from '../../../gateway/operating/record.ts';
import { hang, page, reset, says, slow } from '../../support/faults.ts';
import { CLOSED, startFaultProxy, type Behaviour, type FaultProxy } from '../../support/fault-proxy.ts';

/** Two replicas of one court, each behind a server of its own, and what the hub's watcher is told. */
let first: FaultProxy;
let second: FaultProxy;
const helped: string[] = [];
const states: string[] = [];
const ended: string[] = [];
const upstreams: Upstream[] = [];
beforeEach(async () => {
  for (const told of [helped, states, ended]) told.length = 0;
  [first, second] = await Promise.all([startFaultProxy(), startFaultProxy()]);
});
afterEach(async () => {
  for (const upstream of upstreams.splice(0)) upstream.stop();
  await first[Symbol.asyncDispose]();
  await second[Symbol.asyncDispose]();
});

function open(policies: Partial<UpstreamOptions> = {}, kind: UpstreamKind = 'court'): Upstream {
  const told = (who: string) => () => Promise.resolve({ data: { who } });
  const upstream = createUpstream({
    kind,
    id: '苏0312',
    ask: [first.front(told('first')), second.front(told('second'))],
    breaker: defaultAsking.breaker,
    retry: { ...defaultAsking.retry, floor: 100, most: 100 },
    watcher: {
      helped: (help) => helped.push(help),
      breakerChanged: (state, unasked) => states.push(`${state} ${unasked}`),
      ended: (outcome, _, verdict: Verdict) => ended.push(`${outcome} ${verdict}`),
    },
    ...policies,
  });
  upstreams.push(upstream);
  return upstream;
}

/** Asks as a request of its own would; gives who answered, or why nobody did. */
async function ask(upstream: Upstream, query = '{ who }', record = openRecord()): Promise<unknown> {
  const context = { record, signal: new AbortController().signal };
  const reply = await askWithin(upstream, { query }, { deadlineMs: 10_000, context });
  return reply.kind === 'failed' ? reply.reason : reply.answer.data?.['who'];
}

describe('the second endpoint of a court is asked', () => {
  test.each<readonly [string, Behaviour | typeof CLOSED]>([
    ['takes no connection', CLOSED],
    ['breaks connections off', reset],
    ['answers with a server’s error page', page(503)],
    ['answers nonsense', says('<html>')],
  ])('when the first %s, and costs the caller nothing', async (_, behaviour) => {
    const upstream = open();
    expect(await ask(upstream)).toBe('first');
    await first.suffer(behaviour);
    expect(await ask(upstream)).toBe('second');
    expect(helped).toEqual(['failover']);
    expect(ended).toEqual(['answered alive', 'answered alive']);
  });

  test('alone while the breaker of the first is open, until the first is back', async () => {
    const upstream = open();
    await first.suffer(page(502));
    for (let call = 0; call < 5; call += 1) expect(await ask(upstream)).toBe('second');
    expect(states).toEqual(['closed 1']);
    const asked = first.asked();
    const record = openRecord();
    expect(await ask(upstream, '{ who }', record)).toBe('second');
    expect(first.asked()).toBe(asked);
    await first.recover();
    await expect.poll(() => ask(upstream), { interval: 20, timeout: 10_000 }).toBe('first');
    // This request saw the first one closed off, and goes on to see it so.
    expect(await ask(upstream, '{ who }', record)).toBe('second');
    expect(states.at(-1)).toBe('closed 0');
  });

  test('and when all of them are closed off, the court is', async () => {
    const upstream = open();
    await first.suffer(page(500));
    await second.suffer(page(500));
    for (let call = 0; call < 5; call += 1) expect(await ask(upstream)).toBe('SERVER_ERROR');
    expect(await ask(upstream)).toBe('BREAKER_OPEN');
    expect(states).toEqual(['closed 1', 'open 2']);
  });

  test('never with a change, which the first alone is told', async () => {
    const upstream = open();
    for (const behaviour of [page(503), CLOSED] as const) {
      await first.suffer(behaviour);
      expect(await ask(upstream, 'mutation { who }')).not.toBe('second');
    }
    await first.suffer(page(503));
    for (let call = 0; call < 5; call += 1) await ask(upstream, 'mutation { who }');
    expect(await ask(upstream, 'mutation { who }')).toBe('BREAKER_OPEN');
    expect(second.asked()).toBe(0);
  });

  test('never when the first refuses: another is not asked until one agrees', async () => {
    const upstream = open();
    for (const [status, reason] of [
      [403, 'FORBIDDEN'],
      [429, 'RATE_LIMITED'],
    ] as const) {
      await first.suffer(page(status));
      expect(await ask(upstream)).toBe(reason);
    }
    expect(second.asked()).toBe(0);
  });

  test('only out of the budget', async () => {
    const upstream = open({ retry: { ...defaultAsking.retry, floor: 1 }, breaker: null });
    await first.suffer(page(503));
    const said: unknown[] = [];
    for (let call = 0; call < 11; call += 1) said.push(await ask(upstream));
    expect(said.filter((one) => one === 'second')).toHaveLength(2);
    expect(second.asked()).toBe(2);
  });
});

describe('a court that takes longer than it nearly always does', () => {
  const hedge = { ...defaultAsking.hedge, fewest: 4, window: 16, floor: 1 };

  test('is asked at its second endpoint as well, the answer is that of who is there first, and the other is let go', async () => {
    const upstream = open({ hedge });
    for (let call = 0; call < 4; call += 1) expect(await ask(upstream)).toBe('first');
    let isLetGo = false;
    await first.suffer(({ response }) => void response.once('close', () => (isLetGo = true)));
    expect(await ask(upstream)).toBe('second');
    expect(helped).toEqual(['hedge']);
    await expect.poll(() => isLetGo, { timeout: 10_000 }).toBe(true);
    expect(states).toEqual([]);
  });

  test('is waited for when the second fails', async () => {
    const upstream = open({ hedge });
    for (let call = 0; call < 4; call += 1) await ask(upstream);
    await first.suffer(slow(600));
    await second.suffer(page(503));
    expect(await ask(upstream)).toBe('first');
    expect(helped).toEqual(['hedge']);
    expect(second.asked()).toBe(1);
  });

  test('is not asked twice before it is known how long it takes, nor without a budget', async () => {
    const upstream = open({ hedge: { ...hedge, share: 0, floor: 0 } });
    await first.suffer(slow(30));
    for (let call = 0; call < 6; call += 1) await ask(upstream);
    await first.suffer(slow(600));
    expect(await ask(upstream)).toBe('first');
    expect(helped).toEqual([]);
    expect(second.asked()).toBe(0);
  });

  test.each<[string, UpstreamKind, string]>([
    ['a change', 'court', 'mutation { who }'],
    ['an agency', 'agency', '{ who }'],
  ])('is never asked twice: %s', async (_, kind, query) => {
    const upstream = open({ hedge }, kind);
    // Just as many as are needed to know how long it takes: none of them can be hedged itself.
    for (let call = 0; call < hedge.fewest; call += 1) await ask(upstream);
    await first.suffer(slow(400));
    expect(await ask(upstream, query)).toBe('first');
    expect(second.asked()).toBe(0);
  });
});

test('one request that is let down many times at once is one failure: a heavy question closes no court to light ones', async () => {
  const upstream = open({ retry: null });
  await first.suffer(hang);
  const context = { record: openRecord(), signal: new AbortController().signal };
  const heavy = Array.from({ length: 8 }, (_, alias) =>
    askWithin(upstream, { query: `{ who${alias} }` }, { deadlineMs: 300, context }),
  );
  for (const reply of await Promise.all(heavy)) expect(reply).toMatchObject({ reason: 'DEADLINE' });
  expect(ended.filter((end) => end === 'timeout failed')).toHaveLength(1);
  await first.recover();
  expect(await ask(upstream)).toBe('first');
  expect(states).toEqual([]);
});
