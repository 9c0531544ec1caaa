/** Lives of a desk, one after the other, over one store and one agency that outlives them all. */

import { spawn, type ChildProcessByStdio } from 'node:child_process';
import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { createInterface, type Interface } from 'node:readline';
import type { Readable, Writable } from 'node:stream';

import { bankBaseUrl, createUpstreams } from '../../../mocks/upstreams/upstreams.ts';
import { listenAt } from '../../../common/listening.ts';
import { readsTypeScript } from '../../support/typescript.ts';

type Script = 'inquiring' | 'ordering';

/** An agency that knows what it was asked. */
export interface RecordingBank extends AsyncDisposable {
  readonly url: string;
  /** Every wording that came under a number, of questions and of measures. */
  readonly asked: ReadonlyMap<string, ReadonlySet<string>>;
}

/** The mocked bank over HTTP, in this process. */
export async function startBank(seed = 'lives'): Promise<RecordingBank> {
  const { fetch } = createUpstreams({ seed, dayMs: 200 });
  const asked = new Map<string, Set<string>>();
  const server = createServer((request, response) => {
    void (async () => {
      const chunks: Buffer[] = [];
      for await (const chunk of request as AsyncIterable<Buffer>) chunks.push(chunk);
      const body = Buffer.concat(chunks).toString();
      if (body !== '') {
        const { CXQQ = [], KZQQ = [] } = JSON.parse(body) as { CXQQ?: { BDHM: string }[]; KZQQ?: { BDHM: string }[] };
        for (const question of [...CXQQ, ...KZQQ])
          asked.set(question.BDHM, (asked.get(question.BDHM) ?? new Set()).add(JSON.stringify(question)));
      }
      const headers = { 'content-type': 'application/json' };
      const { method = 'GET', url = '' } = request;
      const answer = await fetch(bankBaseUrl + url, { method, headers, ...(body !== '' && { body }) });
      response.writeHead(answer.status, headers).end(await answer.text());
    })().catch(() => response.destroy());
  });
  await listenAt(server, '127.0.0.1', 0);
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    asked,
    async [Symbol.asyncDispose]() {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

/** How a life ended: by its own hand, or with what it was answered. */
export type End<Told> = { readonly kind: 'KILLED' } | { readonly kind: 'LIVED'; readonly told: Told };

/** Starts lives; the next one is being loaded while one runs. */
export interface Lives<Life, Told> extends AsyncDisposable {
  live(life: Life): Promise<End<Told>>;
}

interface Child {
  readonly process: ChildProcessByStdio<Writable, Readable, null>;
  readonly lines: AsyncIterator<string>;
  readonly reader: Interface;
}

/** Nobody lives yet. A life is of one of the programs in `test/fixtures`. */
export function openLives<Life, Told>(script: Script): Lives<Life, Told> {
  let next = load(script);
  return {
    async live(life) {
      const child = next;
      next = load(script);
      await child.lines.next();
      child.process.stdin.write(`${JSON.stringify(life)}\n`);
      const [line] = await Promise.all([child.lines.next(), ended(child)]);
      if (child.process.signalCode === 'SIGKILL') return { kind: 'KILLED' };
      if (line.done) throw new Error(`a desk ended with ${String(child.process.exitCode)}`);
      return { kind: 'LIVED', told: JSON.parse(line.value) as Told };
    },
    async [Symbol.asyncDispose]() {
      next.process.kill('SIGKILL');
      await ended(next);
    },
  };
}

function load(script: Script): Child {
  const path = join(import.meta.dirname, `../../fixtures/${script}.ts`);
  const child = spawn(process.execPath, [...readsTypeScript, path], { stdio: ['pipe', 'pipe', 'inherit'] });
  child.stdin.on('error', () => undefined);
  const reader = createInterface({ input: child.stdout });
  return { process: child, reader, lines: reader[Symbol.asyncIterator]() };
}

async function ended({ process: child }: Child): Promise<void> {
  if (child.exitCode === null && child.signalCode === null) await once(child, 'close');
}
