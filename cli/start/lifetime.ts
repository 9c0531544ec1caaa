/** How a started process lives: it says that it is ready, and stops in bounded time when it is told to. */

import cluster from 'node:cluster';

import type { Stoppable } from './stack.ts';

/** Set in the environment of a process whose parent holds a channel to it, and which ends when that closes. */
export const supervisedVariable = 'NONET_SUPERVISED';

/** Its value for a part of a supervisor of ours, which it tells that it is ready and which stops it. */
export const asPart = 'part';
/** Its value for a process that is otherwise as if nobody held it: it speaks to people, and heeds Ctrl-C. */
export const asHeld = 'held';

/** What a supervised part tells its parent once it answers. */
export interface ReadyMessage {
  readonly url: string;
  readonly seededCases: number | null;
}

/** What is to live, and how. */
export interface Life<Running extends Stoppable> {
  /** Aborted when the word to stop comes first; then it may reject. */
  start(stopping: AbortSignal): Promise<Running>;
  tellReady(running: Running): void;
  /** How long stopping may take; a worker's is shorter than that of the process which waits for it. */
  readonly stopWithinMs?: number;
  /** Whether a start heeds the signal; one that does not is simply ended: nothing is being answered yet. */
  readonly interruptible?: boolean;
}

/** Starts, says that it is ready, waits for the word, stops. Resolves with the exit code. */
export async function live<Running extends Stoppable>(life: Life<Running>): Promise<number> {
  const { stopWithinMs = cluster.isWorker ? 11_000 : 12_000, interruptible = false } = life;
  const word = awaitStopWord();
  try {
    const starting = life.start(word.signal);
    await Promise.race([starting, word.given]);
    if (word.signal.aborted && !interruptible) process.exit(0);
    const ending = word.given.then(() => endAfter(stopWithinMs));
    const running = await starting.catch((error: unknown) => {
      if (!word.signal.aborted) throw error;
      return null;
    });
    if (running !== null) {
      if (!word.signal.aborted) life.tellReady(running);
      await word.given;
      await running.stop();
    }
    clearTimeout(await ending);
    return 0;
  } finally {
    // The channel to the parent would keep this process alive.
    if (process.connected && isHeld()) process.disconnect();
  }
}

interface StopWord {
  /** Resolves when it comes. */
  readonly given: Promise<void>;
  /** Aborted when it comes. */
  readonly signal: AbortSignal;
}

/** Waits for SIGTERM, SIGINT, or the death of the parent; a second word ends this process at once. */
function awaitStopWord(): StopWord {
  const stopping = new AbortController();
  const given = new Promise<void>((resolve) => stopping.signal.addEventListener('abort', () => resolve()));
  const stop = (): void => {
    // Who asks twice does not want to wait.
    if (stopping.signal.aborted) process.exit(1);
    stopping.abort();
  };
  process.on('SIGTERM', stop);
  // A terminal sends Ctrl-C to the whole family; the parent stops its parts in order.
  process.on('SIGINT', isSupervised() ? () => undefined : stop);
  if (isHeld()) {
    process.once('disconnect', () => stopping.abort());
    if (!process.connected) stopping.abort();
    // Nobody reads any more what an orphan writes.
    for (const stream of [process.stdout, process.stderr]) stream.on('error', () => undefined);
  }
  return { given, signal: stopping.signal };
}

function endAfter(ms: number): NodeJS.Timeout {
  return setTimeout(() => {
    process.stderr.write(`nonet start: it did not stop within ${ms / 1000} s and is ended.\n`);
    process.exit(1);
  }, ms);
}

/** Tells the parent that a part answers. */
export function tellParent({ url, seededCases }: ReadyMessage): void {
  process.send?.({ url, seededCases } satisfies ReadyMessage);
}

/** Whether a supervisor of ours started this process. */
export function isSupervised(): boolean {
  return process.env[supervisedVariable] === asPart && process.send !== undefined;
}

/** Whether the closing of a channel tells this process that its parent has died. */
function isHeld(): boolean {
  return process.env[supervisedVariable] !== undefined && process.send !== undefined;
}
