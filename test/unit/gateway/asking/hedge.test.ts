import { describe, expect, test } from 'vitest';

import { createHedge } from '../../../../gateway/asking/hedge.ts';
import { createLatency } from '../../../../gateway/asking/latency.ts';
import { defaultAsking } from '../../../../gateway/asking/settings.ts';

const settings = { window: 100, fewest: 20 };

function latencyOf(samples: Iterable<number>) {
  const latency = createLatency(settings);
  for (const ms of samples) latency.note(ms);
  return latency;
}

/** 1, 2, … count. */
const upTo = (count: number) => Array.from({ length: count }, (_, index) => index + 1);

describe('the estimate of latency', () => {
  test('says nothing before there are enough answers', () => {
    expect(latencyOf(upTo(19)).p95()).toBeNull();
    expect(latencyOf(upTo(20)).p95()).toBe(19);
  });

  test('is what 95 of 100 stayed below, in whatever order they came', () => {
    expect(latencyOf(upTo(104)).p95()).toBeGreaterThanOrEqual(95);
    expect(latencyOf(upTo(104).reverse()).p95()).toBeGreaterThanOrEqual(90);
    expect(latencyOf([...Array<number>(90).fill(2), ...Array<number>(10).fill(900), 2, 2, 2, 2]).p95()).toBe(900);
  });

  test('follows a court that changes, and forgets how it was', () => {
    const latency = latencyOf(Array<number>(200).fill(5));
    for (let call = 0; call < 104; call += 1) latency.note(50);
    expect(latency.p95()).toBe(50);
    for (let call = 0; call < 104; call += 1) latency.note(5);
    expect(latency.p95()).toBe(5);
  });
});

describe('a hedge', () => {
  test('waits for the p95 of the endpoint, rounded up, and never less than the soonest', () => {
    const hedge = createHedge({ ...defaultAsking.hedge, soonestMs: 10 });
    expect(hedge.delayMs(null)).toBeNull();
    expect(hedge.delayMs(latencyOf(upTo(5)))).toBeNull();
    expect(hedge.delayMs(latencyOf(Array<number>(30).fill(0.4)))).toBe(10);
    expect(hedge.delayMs(latencyOf(Array<number>(30).fill(120.2)))).toBe(121);
  });

  test('is bounded to one call in twenty', () => {
    const hedge = createHedge(defaultAsking.hedge);
    let taken = 0;
    for (let call = 0; call < 1_000; call += 1) {
      hedge.called();
      if (hedge.take()) taken += 1;
    }
    expect(taken).toBe(51);
  });
});
