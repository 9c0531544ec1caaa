import { describe, expect, it } from 'vitest';

import { createDeadline, joinDeadline, remainingMsOf } from '../../../common/deadline.ts';

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

describe('a deadline that several join', () => {
  /** Deadlines let the process end; somebody has to keep it here. */
  const within = async (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms));

  it('is one for those that begin at the same moment and have as long', () => {
    const { signal: parent } = new AbortController();
    const [one, other, shorter] = [
      joinDeadline(parent, 60_000),
      joinDeadline(parent, 60_000),
      joinDeadline(parent, 500),
    ];
    expect(other.signal).toBe(one.signal);
    expect(shorter.signal).not.toBe(one.signal);
    expect(remainingMsOf(shorter.signal)).toBeLessThanOrEqual(500);
    for (const each of [one, other, shorter]) each.release();
  });

  it('is another for whoever begins later, or when the others have released theirs', async () => {
    const { signal: parent } = new AbortController();
    const first = joinDeadline(parent, 60_000);
    await within(5);
    const later = joinDeadline(parent, 60_000);
    expect(later.signal).not.toBe(first.signal);
    later.release();
    const last = joinDeadline(parent, 60_000);
    expect(last.signal).not.toBe(later.signal);
    for (const each of [first, last]) each.release();
  });

  it('passes for those that have not released it, though others have', async () => {
    const { signal: parent } = new AbortController();
    const [one, other] = [joinDeadline(parent, 120), joinDeadline(parent, 120)];
    one.release();
    await within(300);
    expect(other.signal.aborted).toBe(true);
    other.release();
  });

  it('ends with its parent, and forgets it when all have released theirs', async () => {
    const controller = new AbortController();
    const [one, other] = [joinDeadline(controller.signal, 100), joinDeadline(controller.signal, 100)];
    one.release();
    other.release();
    await within(250);
    controller.abort();
    expect(one.signal.aborted).toBe(false);
    const under = new AbortController();
    const own = joinDeadline(under.signal, 60_000);
    under.abort();
    expect(own.signal.aborted).toBe(true);
    own.release();
  });
});
