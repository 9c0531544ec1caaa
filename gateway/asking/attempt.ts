/** Sends a call to one endpoint once; never rejects. */

import type { Answer } from '../../common/wire.ts';
import { AskError, isAnswer, type AskFault, type Failure, type FailureReason } from './reply.ts';
import type { EndedCall, OpenCall } from './call.ts';
import type { Endpoint } from './endpoint.ts';
import { watchStandstill } from './standstill.ts';
import { outcomeOf, verdictOfLate, verdicts } from './verdicts.ts';

/** Waits for a slot, sends, and says what came of it. A signal of its own ends this attempt alone. */
export async function attempt(endpoint: Endpoint, call: OpenCall, signal = call.signal): Promise<EndedCall> {
  const standstill = watchStandstill();
  let sentAtMs: number | null = null;
  const givenMs = () => (sentAtMs === null ? 0 : performance.now() - sentAtMs);
  const fail = (fault: AskFault, wasSent: boolean): EndedCall => {
    const reason = fault === 'BUSY' ? 'DEADLINE' : fault;
    const isOutrun = signal.aborted && !call.signal.aborted;
    const outcome = isOutrun || call.request.aborted ? 'left' : outcomeOf[reason];
    const reply = toFailure(reason, wasSent, call);
    // Who was outrun would have taken longer still.
    if (isOutrun) endpoint.latency?.note(givenMs());
    const isForgiven = call.isTentative === true && outcome !== 'down' && verdicts[outcome] === 'failed';
    if (isForgiven) return { reply, outcome, verdict: 'unknown' };
    if (outcome !== 'timeout') return { reply, outcome, verdict: verdicts[outcome] };
    const { overdue } = call.record;
    const isRepeated = overdue.has(endpoint.id);
    const lateness = { deadlineMs: call.deadlineMs, givenMs: givenMs(), stoodMs: standstill.stop(), isRepeated };
    const verdict = verdictOfLate(lateness);
    if (verdict === 'failed') {
      overdue.add(endpoint.id);
      endpoint.latency?.note(lateness.givenMs);
    }
    return { reply, outcome, verdict };
  };
  try {
    const release = endpoint.slots === null ? nothing : await endpoint.slots.take(signal);
    try {
      sentAtMs = performance.now();
      const answer = await untilEnd(signal, endpoint.ask(call.question, signal, call.headers));
      if (!isAnswer(answer)) return fail('GARBLED', true);
      endpoint.latency?.note(givenMs());
      const reply = { kind: 'answered', answer, elapsedMs: elapsedMsOf(call) } as const;
      return { reply, outcome: 'answered', verdict: verdicts.answered };
    } finally {
      release();
    }
  } catch (error) {
    const { reason, wasSent } = error instanceof AskError ? error : { reason: 'DOWN' as const, wasSent: true };
    return fail(signal.aborted && reason !== 'BUSY' ? 'DEADLINE' : reason, wasSent);
  } finally {
    standstill.stop();
  }
}

const nothing = () => undefined;

/** What an `Ask` gives; ends the wait for one that does not heed the signal. */
function untilEnd(signal: AbortSignal, asked: Promise<Answer>): Promise<Answer> {
  return new Promise((resolve, reject) => {
    const abort = () => reject(new AskError('DEADLINE', 'The deadline passed.'));
    if (signal.aborted) abort();
    else signal.addEventListener('abort', abort, { once: true });
    // Others may have the same signal, and it may live for much longer.
    const settled =
      <Value>(settle: (value: Value) => void) =>
      (value: Value): void => {
        signal.removeEventListener('abort', abort);
        settle(value);
      };
    asked.then(settled(resolve), settled<unknown>(reject));
  });
}

function toFailure(reason: FailureReason, wasSent: boolean, call: OpenCall): Failure {
  return { kind: 'failed', status: statusOf(reason), reason, wasSent, elapsedMs: elapsedMsOf(call) };
}

function elapsedMsOf({ startedAtMs }: OpenCall): number {
  return Math.round(performance.now() - startedAtMs);
}

function statusOf(reason: FailureReason): Failure['status'] {
  if (reason === 'DEADLINE') return 'TIMEOUT';
  return reason === 'FORBIDDEN' || reason === 'RATE_LIMITED' ? 'REFUSED' : 'UNREACHABLE';
}
