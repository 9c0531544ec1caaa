/** The way of one call through an upstream's endpoints: breakers, then the preferred one, then help from the others. */

import { createDeadline, remainingMsOf, type Deadline } from '../../common/deadline.ts';
import { attempt } from './attempt.ts';
import { notAskable, refusedByBreaker, type EndedCall, type OpenCall } from './call.ts';
import type { Endpoint } from './endpoint.ts';
import { openEndpoints } from './passage.ts';
import type { Upstream } from './upstream.ts';

/** Asks until there is an answer, or nothing is left that may help; never rejects. */
export function askEndpoints(upstream: Upstream, call: OpenCall): Promise<EndedCall> {
  const { endpoints, retry, hedge, watcher } = upstream;
  // What changes something is told to one place only, and to no second one that may think otherwise.
  const askable = (call.isRead ? endpoints : endpoints.slice(0, 1)).filter(({ isAskable }) => isAskable);
  if (askable.length === 0) return Promise.resolve(notAskable);
  const open = openEndpoints(askable, call.record);
  if (open.length === 0) return Promise.resolve(refusedByBreaker);
  if (open[0] !== endpoints[0]) watcher.helped('failover');
  retry?.called();
  hedge?.called();
  return open.length === 1 ? askAlone(upstream, open[0]!, call) : askSeveral(upstream, open, call);
}

/** The only endpoint that can be asked: again, when that may mend it. */
async function askAlone({ retry, watcher, clock }: Upstream, endpoint: Endpoint, call: OpenCall): Promise<EndedCall> {
  const judge = endpoint.breaker?.began();
  let ended = await attempt(endpoint, call);
  const waitMs = ended.reply.kind === 'failed' ? retry?.againAfterMs(ended, call, leftMsOf(call)) : null;
  if (waitMs != null) {
    await new Promise<void>((resolve) => clock.after(waitMs, resolve));
    // Opened by others meanwhile: what failed stays failed.
    if (!call.signal.aborted && (endpoint.breaker?.isClosed() ?? true)) {
      watcher.helped('retry');
      ended = await attempt(endpoint, call);
    }
  }
  judge?.(ended.verdict);
  return ended;
}

/** One after the other as they fail, and the second beside the first when that takes long. The first answer counts. */
function askSeveral(
  { retry, hedge, watcher, clock }: Upstream,
  open: readonly Endpoint[],
  call: OpenCall,
): Promise<EndedCall> {
  return new Promise((resolve) => {
    const waiting = [...open];
    const underWay = new Set<Deadline>();
    let isOver = false;
    let callOffHedge: () => void = () => undefined;
    const finish = (ended: EndedCall): void => {
      isOver = true;
      callOffHedge();
      resolve(ended);
      for (const other of underWay) other.end();
    };
    const ask = (endpoint: Endpoint): void => {
      // It ends with the call or when it is outrun; its own timer would only race with the call's.
      const own = createDeadline(call.signal, leftMsOf(call) + 1_000, 'few');
      underWay.add(own);
      const judge = endpoint.breaker?.began();
      void attempt(endpoint, call, own.signal).then((ended) => {
        own.release();
        underWay.delete(own);
        judge?.(ended.verdict);
        if (isOver) return;
        if (ended.reply.kind === 'answered') finish(ended);
        else if (underWay.size === 0) moveOn(ended);
      });
    };
    const moveOn = (ended: EndedCall): void => {
      const next = waiting.shift();
      if (next === undefined || !(retry?.mayMoveOn(ended, call, leftMsOf(call)) ?? false)) {
        finish(ended);
        return;
      }
      callOffHedge();
      watcher.helped('failover');
      ask(next);
    };
    const first = waiting.shift()!;
    ask(first);
    const delayMs = hedge?.delayMs(first.latency) ?? null;
    if (delayMs === null || delayMs >= leftMsOf(call)) return;
    callOffHedge = clock.after(delayMs, () => {
      if (waiting.length === 0 || !hedge!.take()) return;
      watcher.helped('hedge');
      ask(waiting.shift()!);
    });
  });
}

function leftMsOf({ signal }: OpenCall): number {
  return remainingMsOf(signal) ?? 0;
}
