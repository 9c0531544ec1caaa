import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { createPace } from '../../../subgraphs/kit/inquiry/pace.ts';

beforeEach(() => vi.useFakeTimers());
afterEach(() => vi.useRealTimers());

const { signal } = new AbortController();

it('lets no more go at once than it may, in order, also after failures', async () => {
  const pace = createPace(3);
  const started: number[] = [];
  let running = 0;
  let most = 0;
  const results = await Promise.allSettled(
    Array.from({ length: 20 }, (_, n) =>
      pace.run(async () => {
        started.push(n);
        most = Math.max(most, ++running);
        await Promise.resolve();
        running--;
        if (n % 4 === 0) throw new Error(String(n));
        return n;
      }, signal),
    ),
  );
  expect(most).toBe(3);
  expect(started).toEqual(Array.from({ length: 20 }, (_, n) => n));
  expect(results.map(({ status }) => status === 'rejected')).toEqual(Array.from({ length: 20 }, (_, n) => n % 4 === 0));
});

it('lets nobody go while patience is asked for, then one, two, four', async () => {
  const pace = createPace(8);
  const open: (() => void)[] = [];
  pace.patience(1_000);
  const runs = Array.from({ length: 20 }, () => pace.run(() => new Promise<void>((go) => open.push(go)), signal));
  await vi.advanceTimersByTimeAsync(999);
  expect(open).toHaveLength(0);
  await vi.advanceTimersByTimeAsync(1);
  let done = 0;
  for (const together of [1, 2, 4, 8]) {
    expect(open.length - done).toBe(together);
    for (const go of open.slice(done)) go();
    done = open.length;
    pace.ease();
    await vi.advanceTimersByTimeAsync(0);
  }
  open.forEach((go) => go());
  await vi.advanceTimersByTimeAsync(0);
  open.forEach((go) => go());
  await Promise.all(runs);
});

it('lets go of whoever does not want to wait any longer', async () => {
  const pace = createPace(1);
  pace.patience(60_000);
  const stop = new AbortController();
  const work = vi.fn(() => Promise.resolve(1));
  const impatient = pace.run(work, stop.signal);
  stop.abort(new Error('enough'));
  await expect(impatient).rejects.toThrow();
  expect(work).not.toHaveBeenCalled();
});
