/** Processes of the benchmark, each on its core: the gateway has one for itself, what it asks and who asks it share the other. */

import { execFileSync, spawn, type ChildProcess } from 'node:child_process';
import { availableParallelism } from 'node:os';
import { resolve } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('../..', import.meta.url));

const cores = { gateway: '0', load: '1' } as const;

/** Whether processes can be kept to a core here; figures of a run without it are not comparable. */
export const canPin = availableParallelism() > 1 && hasTaskset();

export interface PinnedOptions {
  /** Gives the process a channel for messages. */
  readonly ipc?: boolean;
  /** Options of Node.js. */
  readonly node?: readonly string[];
}

/**
 * Starts a file of the repository, JavaScript or TypeScript, on a core. Its standard error goes nowhere unless NONET_BENCH_VERBOSE is
 * set.
 */
export function startPinned(
  core: keyof typeof cores,
  file: string,
  args: readonly string[],
  { ipc = false, node = [] }: PinnedOptions = {},
): ChildProcess {
  const pathOf = (name: string) => resolve(root, name);
  const script = file.endsWith('.ts') ? [pathOf('bench/launch.js'), pathOf(file)] : [pathOf(file)];
  const command = [process.execPath, ...node, ...script, ...args];
  const [program, ...rest] = canPin ? ['taskset', '-c', cores[core], ...command] : command;
  const errors = process.env['NONET_BENCH_VERBOSE'] ? 'inherit' : 'ignore';
  const child = spawn(program!, rest, {
    stdio: ['ignore', 'pipe', errors, ...(ipc ? ['ipc' as const] : [])],
    env: { ...process.env, NODE_ENV: 'production', APOLLO_TELEMETRY_DISABLED: '1' },
  });
  children.add(child);
  child.once('exit', () => children.delete(child));
  return child;
}

/** Nobody else would end them when this process ends early. */
const children = new Set<ChildProcess>();
process.once('exit', () => children.forEach((child) => child.kill('SIGKILL')));

/** Keeps this process with all its threads to a core. */
export function pin(core: keyof typeof cores): void {
  if (canPin) execFileSync('taskset', ['-a', '-p', '-c', cores[core], String(process.pid)], { stdio: 'ignore' });
}

function hasTaskset(): boolean {
  try {
    execFileSync('taskset', ['--version'], { stdio: 'ignore' });
    return true;
  } catch {
    return false;
  }
}
