import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { askWithin } from '../../../gateway/asking/ask.ts';
import { defaultAsking } from '../../../gateway/asking/settings.ts';
import { createUpstream, type Upstream } from '../../../gateway/asking/upstream.ts';
import { openRecord } from '../../../gateway/operating/record.ts';
import { cutOff, hang, oversized, page, reset, says, slow, truncated } from '../../support/faults.ts';
import { CLOSED, startFaultProxy, type Behaviour, type FaultProxy } from '../../support/fault-proxy.ts';

/** Milliseconds; short only where it has to pass. */
let deadlineMs = 10_000;

let court: FaultProxy;
let upstream: Upstream;
const states: string[] = [];
beforeAll(async () => {
  court = await startFaultProxy();
});
beforeEach(() => {
  states.length = 0;
  upstream = createUpstream({
    kind: 'court',
    id: '苏0312',
    ask: court.front(() => Promise.resolve({ data: { courts: [] } })),
    breaker: defaultAsking.breaker,
    watcher: { breakerChanged: (state) => states.push(state) },
  });
});
afterEach(() => {
  upstream.stop();
  deadlineMs = 10_000;
  return court.recover();
});
afterAll(() => court[Symbol.asyncDispose]());

/** Asks as a request of its own would; gives what coverage would say. */
async function ask(signal = new AbortController().signal): Promise<string> {
  const context = { record: openRecord(), signal };
  const reply = await askWithin(upstream, { query: '{ courts { code } }' }, { deadlineMs, context });
  return reply.kind === 'failed' ? reply.reason : reply.kind;
}

async function askTimes(count: number): Promise<string[]> {
  const said: string[] = [];
  for (let call = 0; call < count; call += 1) said.push(await ask());
  return said;
}

describe.each<readonly [string, Behaviour | typeof CLOSED, string]>([
  ['refuses connections', CLOSED, 'DOWN'],
  ['resets connections', reset, 'DOWN'],
  ['breaks off in the middle of its answer', cutOff, 'DOWN'],
  ['answers nonsense', says('<html>'), 'GARBLED'],
  ['answers half a JSON', truncated, 'GARBLED'],
  ['answers with a server’s error page', page(500), 'SERVER_ERROR'],
  ['lets its deadline pass', hang, 'DEADLINE'],
])('a court that %s', (_, behaviour, reason) => {
  test('is not asked after five failures, and is in full service within two seconds of its return', async () => {
    expect(await askTimes(2)).toEqual(['answered', 'answered']);
    await court.suffer(behaviour);
    if (behaviour === hang) deadlineMs = 200;
    expect(await askTimes(5)).toEqual(Array.from({ length: 5 }, () => reason));
    const asked = court.asked();
    expect(await ask()).toBe('BREAKER_OPEN');
    expect(court.asked()).toBe(asked);
    expect(states).toEqual(['open']);

    await court.recover();
    deadlineMs = 10_000;
    const backAt = performance.now();
    await expect.poll(() => ask(), { interval: 20, timeout: 5_000 }).toBe('answered');
    expect(performance.now() - backAt).toBeLessThan(2_000);
    expect(await askTimes(5)).toEqual(Array.from({ length: 5 }, () => 'answered'));
    expect(states).toEqual(['open', 'half-open', 'closed']);
  });
});

test.each<readonly [string, Behaviour, string]>([
  ['refuses', page(403), 'FORBIDDEN'],
  ['asks for less', page(429), 'RATE_LIMITED'],
  ['sends too much', oversized(), 'TOO_LARGE'],
  ['answers with an error of its own', says('{"errors":[{"message":"no"}]}'), 'answered'],
])('a court that %s is alive and goes on being asked', async (_, behaviour, said) => {
  await court.suffer(behaviour);
  const before = court.asked();
  expect(await askTimes(8)).toEqual(Array.from({ length: 8 }, () => said));
  expect(court.asked() - before).toBe(8);
  expect(states).toEqual([]);
});

test('clients that leave, and requests whose own time is over, open no breaker', async () => {
  await court.suffer(hang);
  for (let call = 0; call < 8; call += 1) {
    const asked = court.asked();
    const leaving = new AbortController();
    const reply = ask(leaving.signal);
    await expect.poll(() => court.asked(), { interval: 2 }).toBe(asked + 1);
    leaving.abort();
    expect(await reply).toBe('DEADLINE');
  }
  expect(states).toEqual([]);
});

test('the hub’s own standstill makes answers late, and opens no breaker', async () => {
  await court.suffer(slow(20));
  for (let call = 0; call < 6; call += 1) {
    const asked = court.asked();
    const context = { record: openRecord(), signal: new AbortController().signal };
    const reply = askWithin(upstream, { query: '{ courts { code } }' }, { deadlineMs: 500, context });
    await expect.poll(() => court.asked(), { interval: 2 }).toBe(asked + 1);
    // As long as the deadline, or hardly longer: its timer is not late by much.
    standStill(520);
    expect(await reply).toMatchObject({ status: 'TIMEOUT', reason: 'DEADLINE' });
    expect(context.record.calls).toMatchObject([{ outcome: 'timeout' }]);
  }
  expect(states).toEqual([]);
  expect(await ask()).toBe('answered');
});

test('while it is down a probe is sent every half second, and no more', async () => {
  await court.suffer(page(502));
  await askTimes(5);
  const before = court.asked();
  const startedAt = performance.now();
  await expect
    .poll(async () => (await ask(), court.asked() - before), { interval: 5, timeout: 10_000 })
    .toBeGreaterThan(2);
  expect(performance.now() - startedAt).toBeGreaterThan(3 * defaultAsking.breaker.probeEveryMs - 50);
  expect(states.filter((state) => state === 'open').length).toBeGreaterThan(2);
});

test('one request sees one state of a court: its first call decides for those that follow', async () => {
  await court.suffer(page(500));
  const signal = new AbortController().signal;
  const within = (record = openRecord()) => {
    const context = { record, signal };
    return () => askWithin(upstream, { query: '{ courts { code } }' }, { deadlineMs, context });
  };
  await askTimes(4);
  const askFifth = within();
  expect([await askFifth(), await askFifth()]).toMatchObject([{ reason: 'SERVER_ERROR' }, { reason: 'SERVER_ERROR' }]);
  const record = openRecord();
  const askSixth = within(record);
  expect(await askSixth()).toMatchObject({ status: 'UNREACHABLE', reason: 'BREAKER_OPEN' });
  await court.recover();
  await expect.poll(() => ask(), { interval: 20, timeout: 5_000 }).toBe('answered');
  expect(await askSixth()).toMatchObject({ reason: 'BREAKER_OPEN' });
  expect(record.calls.map(({ outcome }) => outcome)).toEqual(['breaker_open', 'breaker_open']);
});

/** Blocks the event loop, as too much work in one go does. */
function standStill(ms: number): void {
  Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, ms);
}
