/** The command `nonet` as a process of its own. */

import { spawn, type ChildProcessByStdio } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import type { Readable } from 'node:stream';
import { fileURLToPath } from 'node:url';

import { asHeld, supervisedVariable } from '../../cli/start/lifetime.ts';

const nonet = fileURLToPath(new URL('../../cli/nonet.js', import.meta.url));

export interface NonetProcess {
  readonly process: ChildProcessByStdio<null, Readable, Readable>;
  /** Everything printed so far, on both channels. */
  text(): string;
  /** Resolves with what a line that matches holds; rejects when the process ends without one. */
  line(wanted: RegExp): Promise<RegExpExecArray>;
  /** The exit code or the signal that ended it. */
  readonly ended: Promise<number | string>;
  [Symbol.asyncDispose](): Promise<void>;
}

/**
 * Starts `nonet` with an environment that holds nothing of ours but what is given. What keeps running ends with this process,
 * however that ends, so that an interrupted test leaves nothing behind.
 */
export function startNonet(args: readonly string[], env: NodeJS.ProcessEnv = {}): NonetProcess {
  const child = spawn(process.execPath, [nonet, ...args], {
    stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
    env: { PATH: process.env['PATH'], HOME: process.env['HOME'], [supervisedVariable]: asHeld, ...env },
  }) as ChildProcessByStdio<null, Readable, Readable>;
  let text = '';
  const listeners = new Set<() => void>();
  for (const stream of [child.stdout, child.stderr]) {
    stream.setEncoding('utf8').on('data', (piece: string) => {
      text += piece;
      for (const look of listeners) look();
    });
  }
  const ended = new Promise<number | string>((resolve) => {
    child.once('exit', (code, signal) => resolve(code ?? signal ?? 'unknown'));
  });
  return {
    process: child,
    text: () => text,
    line: (wanted) =>
      new Promise((resolve, reject) => {
        const look = (): void => {
          const found = wanted.exec(text);
          if (found === null) return;
          listeners.delete(look);
          resolve(found);
        };
        listeners.add(look);
        child.once('close', () => reject(new Error(`it ended without ${String(wanted)}: ${text}`)));
        look();
      }),
    ended,
    async [Symbol.asyncDispose]() {
      if (child.exitCode !== null || child.signalCode !== null) return;
      child.kill('SIGTERM');
      const timer = setTimeout(() => child.kill('SIGKILL'), 50_000);
      await once(child, 'exit');
      clearTimeout(timer);
    },
  };
}

/** Whether a process is there and more than a zombie. */
export function isAlive(pid: number): boolean {
  try {
    return !/^State:\s+Z/m.test(readFileSync(`/proc/${pid}/status`, 'utf8'));
  } catch {
    return false;
  }
}

/** The processes whose parent is this one, with their command lines. */
export function childrenOf(pid: number): { pid: number; command: string }[] {
  return readFileSync(`/proc/${pid}/task/${pid}/children`, 'utf8')
    .trim()
    .split(' ')
    .filter((text) => text !== '')
    .map((text) => ({
      pid: Number(text),
      command: readFileSync(`/proc/${text}/cmdline`, 'utf8').replaceAll('\0', ' '),
    }));
}
