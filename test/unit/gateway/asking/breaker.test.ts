import { describe, expect, test } from 'vitest';
import {
  createBreaker,
  type BreakerKind,
  type BreakerSettings,
  type Verdict,
} from '../../../../gateway/asking/breaker.ts';
import { defaultAsking } from '../../../../gateway/asking/settings.ts';
import { createFakeClock } from '../../../support/fake-clock.ts';

/** A breaker on a clock that the test moves; probes come to what the test says. */
function openBreaker(settings: Partial<BreakerSettings> = {}) {
  const clock = createFakeClock();
  const kinds: BreakerKind[] = [];
  const probes: Latch[] = [];
  const breaker = createBreaker({
    settings: { ...defaultAsking.breaker, ...settings },
    clock,
    probe: () => {
      const probe = toLatch();
      probes.push(probe);
      return probe.promise;
    },
    changed: (kind) => kinds.push(kind),
  });
  return {
    ...breaker,
    clock,
    kinds,
    probes,
    calls: (...verdicts: Verdict[]) => {
      for (const verdict of verdicts) breaker.began()(verdict);
    },
    /** Answers the last probe. */
    answer: async (verdict: Verdict) => {
      probes.at(-1)!.open(verdict);
      await clock.pass(0);
    },
  };
}

interface Latch {
  readonly promise: Promise<Verdict>;
  readonly open: (verdict: Verdict) => void;
}

function toLatch(): Latch {
  let open!: (verdict: Verdict) => void;
  const promise = new Promise<Verdict>((resolve) => (open = resolve));
  return { promise, open };
}

const times = (count: number, verdict: Verdict): Verdict[] => Array.from({ length: count }, () => verdict);

describe('a closed breaker', () => {
  test('opens with the fifth failure in a row', () => {
    const { calls, kinds, isClosed } = openBreaker();
    calls(...times(4, 'failed'));
    expect(isClosed()).toBe(true);
    calls('failed');
    expect(kinds).toEqual(['open']);
    expect(isClosed()).toBe(false);
  });

  test('counts anew after a success', () => {
    const { calls, kinds } = openBreaker();
    calls(...times(4, 'failed'), 'alive', ...times(4, 'failed'));
    expect(kinds).toEqual([]);
  });

  test('takes no notice of calls that say nothing', () => {
    const { calls, kinds } = openBreaker();
    calls(...times(4, 'failed'), ...times(30, 'unknown'));
    expect(kinds).toEqual([]);
    calls('failed');
    expect(kinds).toEqual(['open']);
  });

  test('opens when half of the last twenty failed within ten seconds', async () => {
    const { calls, kinds, clock } = openBreaker();
    for (let pair = 0; pair < 9; pair += 1) calls('alive', 'failed');
    await clock.pass(9_000);
    calls('alive');
    expect(kinds).toEqual([]);
    calls('failed');
    expect(kinds).toEqual(['open']);
  });

  test('stays closed when the twenty lie further apart, or fewer than half failed', async () => {
    const far = openBreaker();
    for (let pair = 0; pair < 20; pair += 1) {
      far.calls('alive', 'failed');
      await far.clock.pass(1_200);
    }
    expect(far.kinds).toEqual([]);
    const few = openBreaker();
    for (let triple = 0; triple < 20; triple += 1) few.calls('alive', 'failed', 'alive');
    expect(few.kinds).toEqual([]);
  });

  test('sends no probes', async () => {
    const { calls, clock, probes } = openBreaker();
    calls(...times(4, 'failed'));
    await clock.pass(60_000);
    expect(probes).toEqual([]);
    expect(clock.waiting()).toBe(0);
  });
});

describe('an open breaker', () => {
  function opened() {
    const breaker = openBreaker();
    breaker.calls(...times(5, 'failed'));
    return breaker;
  }

  test('sends a probe every half second, whoever asks or not', async () => {
    const { clock, probes, answer, isClosed, kinds } = opened();
    await clock.pass(499);
    expect(probes).toHaveLength(0);
    await clock.pass(1);
    expect(probes).toHaveLength(1);
    await answer('failed');
    await clock.pass(499);
    expect(probes).toHaveLength(1);
    await clock.pass(1);
    expect(probes).toHaveLength(2);
    expect(isClosed()).toBe(false);
    await answer('failed');
    expect(kinds).toEqual(['open', 'half-open', 'open', 'half-open', 'open']);
  });

  test('closes with the first probe that is answered, and sends no more', async () => {
    const { clock, probes, answer, isClosed, kinds } = opened();
    await clock.pass(500);
    await answer('alive');
    expect(isClosed()).toBe(true);
    expect(kinds).toEqual(['open', 'half-open', 'closed']);
    expect(clock.waiting()).toBe(0);
    await clock.pass(10_000);
    expect(probes).toHaveLength(1);
  });

  test('does not wait for a probe that hangs before it sends another', async () => {
    const { clock, probes, answer, kinds } = opened();
    await clock.pass(1_000);
    expect(probes).toHaveLength(2);
    await answer('alive');
    probes[0]!.open('failed');
    await clock.pass(0);
    expect(kinds).toEqual(['open', 'half-open', 'closed']);
  });

  test('is closed by a probe that was answered late, but still in time', async () => {
    const { clock, probes, isClosed } = opened();
    await clock.pass(1_600);
    expect(probes).toHaveLength(3);
    probes[0]!.open('alive');
    await clock.pass(0);
    expect(isClosed()).toBe(true);
  });

  test('stays open when a probe says nothing, as when the hub itself stood still', async () => {
    const { clock, answer, isClosed } = opened();
    await clock.pass(500);
    await answer('unknown');
    expect(isClosed()).toBe(false);
  });

  test('hears neither calls that began before it opened, nor those that went around it', async () => {
    const { calls, began, kinds, clock, answer, isClosed } = openBreaker();
    const early = began();
    calls(...times(5, 'failed'));
    const around = began();
    early('alive');
    calls('alive');
    expect(kinds).toEqual(['open']);
    await clock.pass(500);
    await answer('alive');
    for (let times = 0; times < 5; times += 1) around('failed');
    expect(isClosed()).toBe(true);
  });

  test('sends nothing any more when it is stopped', async () => {
    const { clock, probes, stop } = opened();
    await clock.pass(500);
    stop();
    probes[0]!.open('failed');
    await clock.pass(60_000);
    expect(probes).toHaveLength(1);
    expect(clock.waiting()).toBe(0);
  });

  test.each([
    ['opens at the first failure on trial', 'failed', 'open'],
    ['needs five failures again after one success', 'alive', 'closed'],
  ] as const)('%s', async (_, first, kind) => {
    const { clock, answer, calls, kinds } = opened();
    await clock.pass(500);
    await answer('alive');
    calls('unknown', first);
    expect(kinds.at(-1)).toBe(kind);
    if (first === 'failed') return;
    calls(...times(4, 'failed'));
    expect(kinds.at(-1)).toBe('closed');
    calls('failed');
    expect(kinds.at(-1)).toBe('open');
  });
});
