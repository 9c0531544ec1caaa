/** Hive Gateway as a process of its own: it loads its own graphql, and the benchmark measures it alone. */

import { fork, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

import type { Answer } from '../../common/wire.ts';

/** Whether the packages of `bench/` are installed: `npm ci --prefix bench --ignore-scripts`. */
export const hasHive = existsSync(
  new URL('../node_modules/@graphql-hive/gateway-runtime/package.json', import.meta.url),
);

export interface Hive {
  /** Where it answers, with `/graphql`. */
  readonly url: string;
  readonly process: ChildProcess;
  ask(query: string, variables?: Record<string, unknown>): Promise<Answer>;
  [Symbol.asyncDispose](): Promise<void>;
}

/** Starts it over this supergraph, on any free port; rejects with what it says when it cannot start. */
export async function startHive(supergraphSdl: string): Promise<Hive> {
  const directory = mkdtempSync(join(tmpdir(), 'nonet-hive-'));
  const file = join(directory, 'supergraph.graphql');
  writeFileSync(file, supergraphSdl);
  const child = fork(fileURLToPath(new URL('serve.js', import.meta.url)), [file], {
    silent: true,
    execArgv: [],
    env: { PATH: process.env['PATH'], HOME: process.env['HOME'] },
  });
  const url = await addressOf(child).finally(() => rmSync(directory, { recursive: true }));
  return {
    url,
    process: child,
    async ask(query, variables = {}) {
      const response = await fetch(url, {
        method: 'POST',
        headers: { 'content-type': 'application/json', accept: 'application/json' },
        body: JSON.stringify({ query, variables }),
      });
      return (await response.json()) as Answer;
    },
    async [Symbol.asyncDispose]() {
      if (child.exitCode !== null || child.signalCode !== null) return;
      const gone = once(child, 'exit');
      child.kill('SIGTERM');
      await gone;
    },
  };
}

function addressOf(child: ChildProcess): Promise<string> {
  return new Promise((resolve, reject) => {
    let said = '';
    const hear = (piece: Buffer) => {
      said += piece.toString();
      const address = /^http:\/\/\S+$/m.exec(said);
      if (address) resolve(address[0]);
    };
    child.stdout?.on('data', hear);
    child.stderr?.on('data', hear);
    child.once('exit', (code) => reject(new Error(`Hive Gateway ended with ${code ?? 'a signal'}: ${said}`)));
  });
}
