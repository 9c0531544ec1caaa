/** Processes of the benchmark, each on its core: the gateway has one for itself, what it asks and who asks it share the other. */

import { execFileSync, spawn, type ChildProcess } from 'node:child_process';
import { availableParallelism } from 'node:os';
import { fileURLToPath } from 'node:url';

const cores = { gateway: '0', load: '1' } as const;

/** Whether processes can be kept to a core here; figures of a run without it are not comparable. */
export const canPin = availableParallelism() > 1 && hasTaskset();

export interface PinnedOptions {
  /** Gives the process a channel for messages. */
  readonly ipc?: boolean;
  /** Options of Node.js. */
  readonly node?: readonly string[];
  /** Run from here instead of the benchmark's launcher: a file of the repository. */
  readonly script?: string;
  readonly env?: Readonly<Record<string, string>>;
}

/** Starts a file of the benchmark (or `script`) on a core. Its standard error goes nowhere unless NONET_BENCH_VERBOSE is set. */
export function startPinned(
  core: keyof typeof cores,
  args: readonly string[],
  { ipc = false, node = [], script, env = {} }: PinnedOptions = {},
): ChildProcess {
  const file = fileURLToPath(
    script ? new URL(`../../${script}`, import.meta.url) : new URL('../launch.js', import.meta.url),
  );
  const command = [process.execPath, ...node, file, ...args];
  const [program, ...rest] = canPin ? ['taskset', '-c', cores[core], ...command] : command;
  return spawn(program!, rest, {
    stdio: [
      'ignore',
      'pipe',
      process.env['NONET_BENCH_VERBOSE'] ? 'inherit' : 'ignore',
      ...(ipc ? ['ipc' as const] : []),
    ],
    env: { ...process.env, NODE_ENV: 'production', APOLLO_TELEMETRY_DISABLED: '1', ...env },
  });
}

/** Keeps this process, which makes the load, off the gateway's core. */
export function pinLoad(): void {
  if (canPin) execFileSync('taskset', ['-a', '-p', '-c', cores.load, String(process.pid)], { stdio: 'ignore' });
}

function hasTaskset(): boolean {
  try {
    execFileSync('taskset', ['--version'], { stdio: 'ignore' });
    return true;
  } catch {
    return false;
  }
}
