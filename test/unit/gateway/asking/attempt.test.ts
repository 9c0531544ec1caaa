import { getEventListeners } from 'node:events';
import { expect, it } from 'vitest';

import type { Ask } from '../../../../common/wire.ts';
import { attempt } from '../../../../gateway/asking/attempt.ts';
import type { OpenCall } from '../../../../gateway/asking/call.ts';
import { AskError } from '../../../../gateway/asking/reply.ts';
import { openRecord } from '../../../../gateway/operating/record.ts';

it.each<[string, string, Ask]>([
  ['answered', 'answered', () => Promise.resolve({ data: {} })],
  ['failed', 'down', () => Promise.reject(new AskError('DOWN', 'x'))],
])('one that has %s listens no more to a deadline that others have, too', async (_, outcome, ask) => {
  const { signal } = new AbortController();
  const call: OpenCall = {
    kind: 'court',
    question: { query: '{ a }' },
    isRead: true,
    headers: {},
    deadlineMs: 1_000,
    signal,
    request: signal,
    record: openRecord(),
    startedAtMs: performance.now(),
  };
  const endpoint = { id: '苏0305', ask, isAskable: true, slots: null, breaker: null, latency: null };
  const ended = await attempt(endpoint, call);
  expect(ended.outcome).toBe(outcome);
  expect(getEventListeners(signal, 'abort')).toEqual([]);
});
