import { describe, expect, it } from 'vitest';

import { createDeadline, remainingMsOf } from '../../../common/deadline.ts';

describe('a deadline', () => {
  it('tells what remains of it, and of the outer one where that ends first', () => {
    const outer = createDeadline(new AbortController().signal, 1_000);
    const inner = createDeadline(outer.signal, 60_000);
    const short = createDeadline(outer.signal, 100);
    expect(remainingMsOf(outer.signal)).toBeGreaterThan(100);
    expect(remainingMsOf(inner.signal)).toBeLessThanOrEqual(1_000);
    expect(remainingMsOf(short.signal)).toBeLessThanOrEqual(100);
    for (const each of [outer, inner, short]) each.release();
  });

  it('that has passed has nothing left', async () => {
    const { signal } = createDeadline(new AbortController().signal, 1);
    // Deadlines let the process end; somebody has to keep it here.
    const awake = setInterval(() => undefined, 1_000);
    await new Promise((resolve) => signal.addEventListener('abort', resolve));
    clearInterval(awake);
    expect(remainingMsOf(signal)).toBe(0);
  });

  it('is none where nobody set one', () => {
    expect(remainingMsOf(new AbortController().signal)).toBeNull();
  });
});
