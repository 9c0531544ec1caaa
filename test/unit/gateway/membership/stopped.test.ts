import { expect, test } from 'vitest';

import { readCourtRegistry } from '../../../../common/court-registry.ts';
import type { Ask } from '../../../../common/wire.ts';
import { askWithin } from '../../../../gateway/asking/ask.ts';
import { createHealthBook } from '../../../../gateway/asking/health.ts';
import { defaultAsking } from '../../../../gateway/asking/settings.ts';
import { createUpstream } from '../../../../gateway/asking/upstream.ts';
import type { Membership } from '../../../../gateway/membership/membership.ts';
import { createRoll } from '../../../../gateway/membership/roll.ts';
import { createMetrics } from '../../../../gateway/operating/metrics.ts';
import { openRecord } from '../../../../gateway/operating/record.ts';
import { createFakeClock } from '../../../support/fake-clock.ts';

const registry = readCourtRegistry();
const code = registry.courts[0]!.code;
const down: Ask = () => Promise.reject(new Error('nobody there'));
const sound: Ask = () => Promise.resolve({ data: { who: 'sound' } });

/** A roll of one court whose calls are counted and noted, as the hub's are. */
function counted(ask: Ask) {
  const [clock, health, metrics] = [createFakeClock(), createHealthBook(), createMetrics()];
  const roll = createRoll({
    registry: { ...registry, courts: registry.courts.slice(0, 1) },
    asks: new Map([[code, ask]]),
    toUpstream: (id, way) => {
      const counter = metrics.watcherOf('court', id, true);
      const ended: typeof counter.ended = (outcome, elapsedMs, verdict) => {
        health.note(id, verdict);
        counter.ended(outcome, elapsedMs, verdict);
      };
      const watcher = { ...counter, ended };
      return createUpstream({ kind: 'court', id, ask: way, watcher, breaker: defaultAsking.breaker, clock });
    },
  });
  const call = ({ upstreams }: Membership = roll.now()) => {
    const context = { record: openRecord(), signal: new AbortController().signal };
    return askWithin(upstreams.get(code)!, { query: '{ who }' }, { deadlineMs: 5_000, context });
  };
  const gauges = async () => {
    const lines = (await metrics.text()).split('\n');
    return lines.filter((line) => /^nonet_(breaker_state|endpoints_unasked|upstream_calls_in_flight)\{/.test(line));
  };
  return { roll, clock, health, call, gauges };
}

const closed = [
  'nonet_upstream_calls_in_flight{kind="court",upstream="CODE"} 0',
  'nonet_endpoints_unasked{kind="court",upstream="CODE"} 0',
  'nonet_breaker_state{kind="court",upstream="CODE",state="closed"} 1',
  'nonet_breaker_state{kind="court",upstream="CODE",state="open"} 0',
  'nonet_breaker_state{kind="court",upstream="CODE",state="half-open"} 0',
].map((line) => line.replace('CODE', code));

test('a court that moved is judged by its new address alone, whatever requests still find at the one before', async () => {
  const { roll, clock, health, call, gauges } = counted(down);
  const before = roll.now();
  roll.follow(roll.now().registry as typeof registry, new Map([[code, sound]]));
  expect((await call()).kind).toBe('answered');
  for (let times = 0; times < 6; times += 1) expect(await call(before)).toMatchObject({ reason: 'DOWN' });
  await clock.pass(60_000);
  expect(clock.waiting()).toBe(0);
  expect(health.of(code)).toBe('UP');
  expect(await gauges()).toEqual(closed);
});

test('a court that failed and left is no gauge any more, even while requests still ask it', async () => {
  const { roll, clock, call, gauges } = counted(down);
  const before = roll.now();
  for (let times = 0; times < 5; times += 1) await call();
  expect(await gauges()).toContain(closed[2]!.replace(/1$/, '0'));
  const last = call(before);
  roll.follow({ ...registry, courts: [] }, new Map());
  await last;
  await call(before);
  expect([await gauges(), clock.waiting()]).toEqual([[], 0]);
});

test('the breaker of a court that stands apart is stopped with the roll', async () => {
  const { roll, clock, call } = counted(down);
  for (let times = 0; times < 5; times += 1) await call();
  expect(clock.waiting()).toBe(1);
  roll.judge(code, { kind: 'quarantined', faults: [] });
  roll.stop();
  expect(clock.waiting()).toBe(0);
});
