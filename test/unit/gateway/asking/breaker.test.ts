import { describe, expect, test } from 'vitest';
import {
  createBreaker,
  defaultBreaker,
  type BreakerSettings,
  type BreakerState,
  type Verdict,
} from '../../../../gateway/asking/breaker.ts';

/** A breaker on a clock that the test moves; calls end as they are told to. */
function openBreaker(settings: Partial<BreakerSettings> = {}) {
  let clockMs = 1_000;
  let worked = 0;
  const kinds: BreakerState['kind'][] = [];
  const breaker = createBreaker<Verdict | 'refused'>({
    settings: { ...defaultBreaker, ...settings },
    now: () => clockMs,
    verdictOf: (outcome) => (outcome === 'refused' ? 'unknown' : outcome),
    refused: () => 'refused',
    changed: (kind) => kinds.push(kind),
  });
  const call = (outcome: Verdict | Promise<Verdict>) =>
    breaker(() => {
      worked += 1;
      return Promise.resolve(outcome);
    });
  return {
    call,
    kinds,
    worked: () => worked,
    pass: (ms: number) => (clockMs += ms),
    calls: async (...outcomes: Verdict[]) => {
      const results: string[] = [];
      for (const outcome of outcomes) results.push(await call(outcome));
      return results;
    },
  };
}

const times = (count: number, verdict: Verdict): Verdict[] => Array.from({ length: count }, () => verdict);

function latch<T>() {
  let open!: (value: T) => void;
  const promise = new Promise<T>((resolve) => (open = resolve));
  return { promise, open };
}

describe('a closed breaker', () => {
  test('opens with the fifth failure in a row, and then does no work', async () => {
    const { calls, kinds, worked } = openBreaker();
    await calls(...times(4, 'failed'));
    expect(kinds).toEqual([]);
    await calls('failed');
    expect(kinds).toEqual(['open']);
    expect(await calls('alive')).toEqual(['refused']);
    expect(worked()).toBe(5);
  });

  test('counts anew after a success', async () => {
    const { calls, kinds } = openBreaker();
    await calls(...times(4, 'failed'), 'alive', ...times(4, 'failed'));
    expect(kinds).toEqual([]);
  });

  test('takes no notice of calls whose asker left', async () => {
    const { calls, kinds } = openBreaker();
    await calls(...times(4, 'failed'), ...times(30, 'unknown'));
    expect(kinds).toEqual([]);
    await calls('failed');
    expect(kinds).toEqual(['open']);
  });

  test('opens when half of the last twenty failed within ten seconds', async () => {
    const { calls, kinds, pass } = openBreaker();
    for (let pair = 0; pair < 9; pair += 1) await calls('alive', 'failed');
    pass(9_000);
    await calls('alive');
    expect(kinds).toEqual([]);
    await calls('failed');
    expect(kinds).toEqual(['open']);
  });

  test('stays closed when the twenty lie further apart, or fewer than half failed', async () => {
    const far = openBreaker();
    for (let pair = 0; pair < 20; pair += 1) {
      await far.calls('alive', 'failed');
      far.pass(1_200);
    }
    expect(far.kinds).toEqual([]);
    const few = openBreaker();
    for (let triple = 0; triple < 20; triple += 1) await few.calls('alive', 'failed', 'alive');
    expect(few.kinds).toEqual([]);
  });

  test('counts work that throws as failed and lets the error through', async () => {
    const breaker = createBreaker<Verdict>({
      settings: { ...defaultBreaker, consecutiveFailures: 1 },
      now: () => 0,
      verdictOf: (outcome) => outcome,
      refused: () => 'unknown',
    });
    await expect(breaker(() => Promise.reject(new Error('broken')))).rejects.toThrow('broken');
    expect(await breaker(() => Promise.resolve('alive' as const))).toBe('unknown');
  });
});

describe('an open breaker', () => {
  async function opened() {
    const breaker = openBreaker();
    await breaker.calls(...times(5, 'failed'));
    return breaker;
  }

  test('lets one probe through after half a second, and closes when it succeeds', async () => {
    const { calls, call, kinds, pass } = await opened();
    pass(499);
    expect(await calls('alive')).toEqual(['refused']);
    pass(1);
    const probe = latch<Verdict>();
    const probing = call(probe.promise);
    expect(await calls('alive')).toEqual(['refused']);
    probe.open('alive');
    expect(await probing).toBe('alive');
    expect(await calls('alive')).toEqual(['alive']);
    expect(kinds).toEqual(['open', 'half-open', 'closed']);
  });

  test('stays open when the probe fails, and probes again half a second after the last one', async () => {
    const { calls, kinds, pass } = await opened();
    pass(500);
    expect(await calls('failed', 'alive')).toEqual(['failed', 'refused']);
    pass(500);
    expect(await calls('alive', 'alive')).toEqual(['alive', 'alive']);
    expect(kinds).toEqual(['open', 'half-open', 'open', 'half-open', 'closed']);
  });

  test('does not wait for a probe that hangs before it tries another', async () => {
    const { calls, call, kinds, pass } = await opened();
    pass(500);
    const hanging = latch<Verdict>();
    const first = call(hanging.promise);
    pass(500);
    expect(await calls('alive')).toEqual(['alive']);
    hanging.open('failed');
    await first;
    expect(kinds).toEqual(['open', 'half-open', 'closed']);
    expect(await calls('alive')).toEqual(['alive']);
  });

  test('tries again at once when the asker of a probe left', async () => {
    const { calls, pass } = await opened();
    pass(500);
    expect(await calls('unknown', 'alive')).toEqual(['unknown', 'alive']);
  });

  test('is not closed by a call that began before it opened', async () => {
    const { calls, call, kinds } = openBreaker();
    const early = latch<Verdict>();
    const first = call(early.promise);
    await calls(...times(5, 'failed'));
    early.open('alive');
    await first;
    expect(await calls('alive')).toEqual(['refused']);
    expect(kinds).toEqual(['open']);
  });

  test('needs five failures again once it has closed', async () => {
    const { calls, kinds, pass } = await opened();
    pass(500);
    await calls('alive', ...times(4, 'failed'));
    expect(kinds.at(-1)).toBe('closed');
    await calls('failed');
    expect(kinds.at(-1)).toBe('open');
  });
});
