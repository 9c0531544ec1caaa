/** `nonet check` as it is called, with what it says. */

import { vi } from 'vitest';

import { runNonet } from '../../../cli/run.ts';

export interface Said {
  readonly code: number;
  readonly out: string;
  readonly err: string;
}

/** What the command says, and how it ends. */
export async function check(...args: readonly string[]): Promise<Said> {
  const out: string[] = [];
  const err: string[] = [];
  vi.spyOn(console, 'log').mockImplementation((line: string) => void out.push(line));
  vi.spyOn(console, 'error').mockImplementation((line: string) => void err.push(line));
  const own = { out: (line: string) => void out.push(line), err: (line: string) => void err.push(line) };
  const code = await runNonet(['check', ...args], own);
  return { code, out: out.join('\n'), err: err.join('\n') };
}
