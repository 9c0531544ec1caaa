/** What a breaker asks to see whether somebody is there: any GraphQL program answers it, and it costs nothing. */

import { createDeadline } from '../../common/deadline.ts';
import type { Question } from '../../common/wire.ts';
import { openRecord, type UpstreamKind } from '../operating/record.ts';
import { attempt } from './attempt.ts';
import type { Verdict } from './breaker.ts';
import type { Endpoint } from './endpoint.ts';

const question: Question = { query: '{ __typename }' };

/** Asks an endpoint, past its slots: whoever hangs there holds up no probe. Never rejects. */
export async function sendProbe(kind: UpstreamKind, endpoint: Endpoint, deadlineMs: number): Promise<Verdict> {
  const request = new AbortController().signal;
  const deadline = createDeadline(request, deadlineMs);
  const { verdict } = await attempt(
    { ...endpoint, slots: null, latency: null },
    {
      kind,
      question,
      isRead: true,
      headers: {},
      deadlineMs,
      signal: deadline.signal,
      request,
      record: openRecord(),
      startedAtMs: performance.now(),
    },
  );
  deadline.release();
  return verdict;
}
