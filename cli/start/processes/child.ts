/** One part as a process of its own that is started again whenever it dies, unless another start could change nothing. */

import { spawn, type ChildProcess } from 'node:child_process';
import { createInterface } from 'node:readline';
import { setTimeout as pause } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';

import { asPart, supervisedVariable, type ReadyMessage } from '../lifetime.ts';
import type { Stoppable } from '../stack.ts';
import type { PlannedPart } from './plan.ts';

export interface Child extends Stoppable {
  /**
   * Resolves when it answers for the first time; with null when it ended several times before it ever did, and goes on
   * trying, or when it was started wrongly, and does not.
   */
  readonly up: Promise<ReadyMessage | null>;
}

export interface ChildOptions {
  readonly tell: (line: string) => void;
  /** Told of every end that nobody asked for. */
  readonly died?: () => void;
  /** Starts the process, which holds a channel to this one. */
  readonly spawn: () => ChildProcess;
  /** Waits between a death and the next start: the first, and the longest, since each is twice the one before. */
  readonly firstPauseMs?: number;
  readonly longestPauseMs?: number;
}

const nonet = fileURLToPath(new URL('../../nonet.js', import.meta.url));

/** Who has answered for so long has not died at once. */
const soundAfterMs = 60_000;
/** After so many deaths in a row the others are not kept waiting any longer. */
const hopelessAfter = 3;
const stopWithinMs = 14_000;
/** Exit codes of wrong use and wrong settings: they are the same at the next start. */
const wrongStarts: ReadonlyMap<string, string> = new Map([
  [toExit(2), 'wrong use'],
  [toExit(78), 'wrong settings'],
]);

/** Starts a part and keeps it running until it is stopped. */
export function keepRunning(part: Pick<PlannedPart, 'title' | 'url'>, options: ChildOptions): Child {
  const { tell, died, firstPauseMs = 250, longestPauseMs = 30_000 } = options;
  const stopping = new AbortController();
  const isStopping = (): boolean => stopping.signal.aborted;
  let child: ChildProcess | null = null;
  let giveUp: (up: ReadyMessage | null) => void = () => undefined;
  const up = new Promise<ReadyMessage | null>((resolve) => (giveUp = resolve));

  async function run(): Promise<void> {
    let deaths = 0;
    while (!isStopping()) {
      child = options.spawn();
      const ended = endOf(child);
      const ready = await Promise.race([readinessOf(child, part, stopping.signal), ended.then(() => null)]);
      const readyAt = performance.now();
      if (ready !== null) {
        if (deaths > 0) tell(`${part.title} is back.`);
        giveUp(ready);
      }
      const how = await ended;
      if (isStopping()) return;
      died?.();
      const wrong = wrongStarts.get(how);
      if (wrong !== undefined) {
        giveUp(null);
        tell(`${part.title} ended (${how}: ${wrong}); it is not started again, and the others go on without it.`);
        return;
      }
      deaths = ready !== null && performance.now() - readyAt > soundAfterMs ? 1 : deaths + 1;
      if (deaths >= hopelessAfter) giveUp(null);
      const pauseMs = Math.min(longestPauseMs, firstPauseMs * 2 ** (deaths - 1));
      tell(toDeathLine(part.title, how, deaths, pauseMs));
      await pause(pauseMs, undefined, { signal: stopping.signal }).catch(() => undefined);
    }
  }

  const running = run();
  return {
    up,
    async stop() {
      stopping.abort();
      giveUp(null);
      child?.kill('SIGTERM');
      const timer = setTimeout(() => child?.kill('SIGKILL'), stopWithinMs);
      await running;
      clearTimeout(timer);
    },
  };
}

function toDeathLine(title: string, how: string, deaths: number, pauseMs: number): string {
  const again = `it starts again in ${pauseMs} ms`;
  if (deaths < hopelessAfter) return `${title} ended (${how}); ${again}.`;
  return `${title} ended (${how}), ${deaths} times in a row; ${again}, and the others go on without it.`;
}

/** `nonet start` with the part's settings; what it says that is no line of a log is told under its title. */
export function spawnPart({ title, args, env }: PlannedPart): ChildProcess {
  const child = spawn(process.execPath, [nonet, 'start', ...args], {
    // The channel is what tells the child that its parent has died, however that happened.
    stdio: ['ignore', 'inherit', 'pipe', 'ipc'],
    env: { ...process.env, ...env, [supervisedVariable]: asPart },
  });
  // A line of a log names its process itself.
  createInterface(child.stderr!).on('line', (line) =>
    process.stderr.write(line.startsWith('{') ? `${line}\n` : `${title}: ${line}\n`),
  );
  // A message that could not be sent, or a signal to who is gone: its end is told anyway.
  child.on('error', () => undefined);
  return child;
}

function endOf(child: ChildProcess): Promise<string> {
  return new Promise((resolve) => {
    child.once('error', (error) => child.pid === undefined && resolve(error.message));
    child.once('exit', (code, signal) => resolve(signal ?? toExit(code ?? 0)));
  });
}

function toExit(code: number): string {
  return `exit code ${code}`;
}

/** Resolves when the part has said that it is ready and its `/health` answers. */
async function readinessOf(
  child: ChildProcess,
  { url }: Pick<PlannedPart, 'url'>,
  stopping: AbortSignal,
): Promise<ReadyMessage | null> {
  const message = await new Promise<ReadyMessage>((resolve) => {
    // A worker also says other things on its channel.
    child.on('message', (said: Partial<ReadyMessage>) => 'url' in said && resolve(said as ReadyMessage));
  });
  while (!stopping.aborted) {
    const response = await fetch(`${url}/health`, { signal: AbortSignal.timeout(5_000) }).catch(() => null);
    await response?.body?.cancel();
    if (response?.ok) return message;
    if (child.exitCode !== null || child.signalCode !== null) return null;
    await pause(100);
  }
  return null;
}
