import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { runImport } from '../../../cli/import/import.ts';
import { readCourtRegistry } from '../../../common/court-registry.ts';
import { serveAdmin, type AdminDoor } from '../../../subgraphs/court/admin.ts';
import { createCourt, type Court } from '../../../subgraphs/court/program.ts';
import { lockDirectory } from '../../../subgraphs/kit/database/lock.ts';
import type { DatabaseHost } from '../../../subgraphs/kit/database/database.ts';
import { viewerHeaders } from '../../support/viewers.ts';

export const registry = readCourtRegistry();
export const tongshan = registry.byCode('苏0312')!;
export const personKey = { version: 1, secret: new Uint8Array(32).fill(7) };
export const now = (): Date => new Date('2018-01-31T09:00:00+08:00');

/** What a command printed, and how it ended. */
export interface Ran {
  readonly code: number;
  readonly out: string;
  readonly err: string;
}

/** A court that runs in this process, with its admin door, its data directory locked as a running court has it. */
export interface RunningCourt {
  readonly court: Court;
  readonly door: AdminDoor;
  /** Of the court's data; files for its imports go to `path`. */
  readonly data: string;
  path(name: string): string;
  write(name: string, content: string | Uint8Array): string;
  /** Runs `nonet import` for this court. */
  import(...args: string[]): Promise<Ran>;
  ask(query: string): Promise<unknown>;
  stop(): Promise<void>;
}

/** The command with its output caught. */
export async function run(args: readonly string[], env: NodeJS.ProcessEnv = {}): Promise<Ran> {
  const out: string[] = [];
  const err: string[] = [];
  const code = await runImport(args, env, {
    out: (line) => void out.push(line),
    err: (line) => void err.push(line),
    // How often it is told depends on how busy the machine is.
    tell: () => undefined,
    rewrite: null,
  });
  return { code, out: out.join('\n'), err: err.join('\n') };
}

/** A directory that goes when it is no longer needed. */
export function temporary(): { readonly directory: string; readonly remove: () => void } {
  const directory = mkdtempSync(join(tmpdir(), 'nonet-import-'));
  return { directory, remove: () => rmSync(directory, { recursive: true, force: true }) };
}

let schemas = 0;

/** Starts one over a schema of its own; the url is that of the host's server, when it is one. */
export async function startCourt(host: DatabaseHost, databaseUrl?: string): Promise<RunningCourt> {
  const { directory, remove } = temporary();
  const data = join(directory, 'data');
  const lock = await lockDirectory(data);
  const database = await host.open(`running_${++schemas}`);
  const court = await createCourt({ court: tongshan, registry, database, personKey, now });
  const door = await serveAdmin({ courts: new Map([[tongshan.code, court]]), directory: data });
  const path = (name: string): string => join(directory, name);
  return {
    court,
    door,
    data,
    path,
    write(name, content) {
      writeFileSync(path(name), content);
      return path(name);
    },
    import: (...args) => run(['--court', tongshan.code, '--data', data, ...args], { DATABASE_URL: databaseUrl }),
    async ask(query) {
      const { data: answer, errors } = await court.ask({ query }, AbortSignal.timeout(10_000), viewerHeaders());
      if (errors) throw new Error(JSON.stringify(errors));
      return answer;
    },
    async stop() {
      await door.stop();
      await court.stop();
      lock.release();
      remove();
    },
  };
}
