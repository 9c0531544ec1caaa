import { describe, expect, it } from 'vitest';

import { createDeadline, nameRequest, readRequestId, remainingMsOf, requestIdOf } from '../../../common/deadline.ts';

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

  it('stands for the request of the signal that it was made in', () => {
    const { signal } = new AbortController();
    const early = createDeadline(signal, 1_000);
    nameRequest(signal, 'r-1');
    const late = createDeadline(createDeadline(signal, 1_000).signal, 500);
    expect([requestIdOf(early.signal), requestIdOf(late.signal)]).toEqual([undefined, 'r-1']);
  });
});

describe('the name of a request', () => {
  it.each(['r-1', '9f8c2d:7.1_A', 'x'.repeat(128)])('may be %s', (name) => {
    expect(readRequestId(name)).toBe(name);
  });

  it.each([undefined, '', 'two words', 'line\nbreak', 'x'.repeat(129), '张三', ['a', 'b']])('is not %j', (name) => {
    expect(readRequestId(name)).toBeUndefined();
  });
});
