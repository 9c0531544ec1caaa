import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';

import { joinDeadline } from '../../../../gateway/asking/common-deadline.ts';
import { openRecord, type RequestRecord } from '../../../../gateway/operating/record.ts';

let record: RequestRecord;
let request: AbortController;

beforeEach(() => {
  vi.useFakeTimers();
  record = openRecord({});
  request = new AbortController();
});
afterEach(() => void vi.useRealTimers());

const join = (ms: number, of = record, own = request.signal) => joinDeadline(of, own, ms);

describe('calls of one request that begin at one moment', () => {
  it('end together, when their time has passed', () => {
    const calls = [join(100), join(100), join(100)];
    expect(new Set(calls.map(({ signal }) => signal)).size).toBe(1);
    vi.advanceTimersByTime(99);
    expect(calls[0]!.signal.aborted).toBe(false);
    vi.advanceTimersByTime(1);
    expect(calls[0]!.signal.aborted).toBe(true);
  });

  it('end as long as one of them goes on, whoever has ended before', () => {
    const [one, other] = [join(100), join(100)];
    one.release();
    vi.advanceTimersByTime(100);
    expect(other.signal.aborted).toBe(true);
  });

  it('end with the request', () => {
    const { signal } = join(100);
    request.abort();
    expect(signal.aborted).toBe(true);
    expect(join(100).signal.aborted).toBe(true);
  });

  it('leave neither a timer nor a listener', () => {
    const removed = vi.spyOn(request.signal, 'removeEventListener');
    for (const call of [join(100), join(100)]) call.release();
    expect(vi.getTimerCount()).toBe(0);
    expect(removed).toHaveBeenCalledTimes(1);
  });
});

describe('calls have deadlines of their own', () => {
  it('when these are not equally long', () => {
    const [one, other] = [join(100), join(200)];
    vi.advanceTimersByTime(100);
    expect([one.signal.aborted, other.signal.aborted]).toEqual([true, false]);
  });

  it('when one begins later', () => {
    const one = join(100);
    vi.advanceTimersByTime(50);
    const other = join(100);
    vi.advanceTimersByTime(50);
    expect([one.signal.aborted, other.signal.aborted]).toEqual([true, false]);
    vi.advanceTimersByTime(50);
    expect(other.signal.aborted).toBe(true);
  });

  it('when one begins after all before it have ended', () => {
    join(100).release();
    const other = join(100);
    vi.advanceTimersByTime(100);
    expect(other.signal.aborted).toBe(true);
  });

  it('when they are of different requests', () => {
    const [one, other] = [join(100), join(100, openRecord({}))];
    expect(one.signal).not.toBe(other.signal);
    expect(join(100, record, new AbortController().signal).signal).not.toBe(one.signal);
  });
});
