import { type ChildProcessByStdio, spawn } from 'node:child_process';
import { once } from 'node:events';
import { cpSync, existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import type { Readable, Writable } from 'node:stream';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import { lockDirectory } from '../../subgraphs/kit/database/lock.ts';
import { createPglite } from '../../subgraphs/kit/database/pglite.ts';
import { readsTypeScript } from '../support/typescript.ts';

let made: string;
let directory: string;
const children = new Set<Child>();

vi.setConfig({ testTimeout: 60_000 });

beforeAll(async () => {
  // Making a cluster takes seconds, copying one does not.
  made = mkdtempSync(join(tmpdir(), 'nonet-made-'));
  await (await createPglite({ directory: made })).stop();
});
afterAll(() => rmSync(made, { recursive: true, force: true }));

beforeEach(() => {
  directory = mkdtempSync(join(tmpdir(), 'nonet-lock-'));
});
afterEach(async () => {
  await Promise.all([...children].map(kill));
  rmSync(directory, { recursive: true, force: true });
});

describe('a data directory', () => {
  it('belongs to one process; killed with -9 it is taken over with every acknowledged row', async () => {
    cpSync(made, directory, { recursive: true });
    const holder = start('hold-database');
    await holder.line('holding');
    const refused = createPglite({ directory });
    await expect(refused).rejects.toMatchObject({ code: 'DATABASE_LOCKED' });
    await expect(refused).rejects.toThrow(`${directory} is in use by process ${holder.process.pid ?? 0} `);
    // The refused process must not have disturbed the holder: it goes on committing.
    await holder.line('50');
    await kill(holder);
    const acknowledged = Math.max(...holder.lines.filter((line) => /^\d+$/.test(line)).map(Number));

    const host = await createPglite({ directory });
    const { rows } = await (await host.open('court')).query<{ n: number }>('select n from acknowledged order by n');
    expect(rows.length).toBeGreaterThanOrEqual(acknowledged);
    expect(rows).toEqual(rows.map((_, index) => ({ n: index + 1 })));
    await host.stop();
    expect(locks()).toEqual([]);
  });

  it('is given free by stop, keeps its rows, and is refused to its own process meanwhile', async () => {
    cpSync(made, directory, { recursive: true });
    const first = await createPglite({ directory });
    await (await first.open('court')).query('create table kept as select 1 as n');
    await expect(createPglite({ directory })).rejects.toThrow(`process ${process.pid} (this one)`);
    await first.stop();
    const second = await createPglite({ directory });
    expect((await (await second.open('court')).query('select n from kept')).rows).toEqual([{ n: 1 }]);
    await second.stop();
  });

  it('is given free when the database in it does not start, and says why', async () => {
    cpSync(made, directory, { recursive: true });
    rmSync(join(directory, 'pglite/global/pg_control'));
    await expect(createPglite({ directory })).rejects.toThrow(/the database in .*pglite did not start/);
    expect(locks()).toEqual([]);
  });

  it('starts anew where the very first start was cut short', async () => {
    writeFileSync(join(directory, 'pglite.unfinished'), 'half a cluster');
    const host = await createPglite({ directory });
    expect((await (await host.open('court')).query('select 1 as n')).rows).toEqual([{ n: 1 }]);
    await host.stop();
    expect(existsSync(join(directory, 'pglite.unfinished'))).toBe(false);
  });
});

describe('lockDirectory', () => {
  it('lets one of several processes have it that ask at the same moment', async () => {
    const racers = Array.from({ length: 4 }, () => start('race-for-lock'));
    await Promise.all(racers.map((racer) => racer.line('ready')));
    for (const racer of racers) racer.process.stdin.write('go\n');
    const outcomes = await Promise.all(racers.map((racer) => racer.line(/^(held|DATABASE_\w+)$/)));
    expect(outcomes.sort()).toEqual(['DATABASE_LOCKED', 'DATABASE_LOCKED', 'DATABASE_LOCKED', 'held']);
  });

  // Start times, boots and namespaces are read from /proc.
  describe.runIf(existsSync('/proc/self/stat'))('beside a lock file', () => {
    it.each([
      ['of a process whose id is in use again', { startedAt: '1' }],
      ['of an earlier boot of this machine', { bootId: 'earlier' }],
    ])('%s takes over', async (_, change) => {
      await leaveLock((holder) => ({ ...holder, ...change }));
      const lock = await lockDirectory(directory);
      expect(locks()).toHaveLength(1);
      lock.release();
      expect(locks()).toEqual([]);
    });

    it.each([
      ['of another container', { pidNamespace: 'pid:[1]' }],
      ['of another machine', { bootId: 'other', host: 'elsewhere' }],
    ])('%s refuses, since it cannot know, and says which file to delete', async (_, change) => {
      const file = await leaveLock((holder) => ({ ...holder, ...change }));
      await expect(lockDirectory(directory)).rejects.toThrow(`if it is gone for good, delete ${join(directory, file)}`);
      rmSync(join(directory, file));
      (await lockDirectory(directory)).release();
    });

    it('that is not written whole yet goes by the process id in its name', async () => {
      const file = await leaveLock(() => '');
      await expect(lockDirectory(directory)).rejects.toThrow(`in use by process ${process.pid}`);
      rmSync(join(directory, file));
      const gone = start('race-for-lock');
      await kill(gone);
      writeFileSync(join(directory, `lock-${gone.process.pid ?? 0}-00000000.json`), '{"pid":');
      (await lockDirectory(directory)).release();
      expect(locks()).toEqual([]);
    });
  });
});

/** Leaves this process's lock file behind, changed. */
async function leaveLock(change: (holder: object) => unknown): Promise<string> {
  await lockDirectory(directory);
  const [file = ''] = locks();
  const changed = change(JSON.parse(readFileSync(join(directory, file), 'utf8')) as object);
  writeFileSync(join(directory, file), typeof changed === 'string' ? changed : JSON.stringify(changed));
  return file;
}

function locks(): string[] {
  return readdirSync(directory).filter((file) => file.startsWith('lock-'));
}

interface Child {
  readonly process: ChildProcessByStdio<Writable, Readable, null>;
  /** Everything printed so far. */
  readonly lines: string[];
  /** Resolves with the first line that is, or matches, the wanted one; rejects when the process ends without it. */
  line(wanted: string | RegExp): Promise<string>;
}

function start(fixture: string): Child {
  const script = join(import.meta.dirname, `../fixtures/${fixture}.ts`);
  const child = spawn(process.execPath, [...readsTypeScript, script, directory], {
    stdio: ['pipe', 'pipe', 'inherit'],
  });
  const lines: string[] = [];
  const output = createInterface(child.stdout).on('line', (line) => lines.push(line));
  const matches = (wanted: string | RegExp) => (line: string) =>
    typeof wanted === 'string' ? line === wanted : wanted.test(line);
  const started: Child = {
    process: child,
    lines,
    line: (wanted) =>
      new Promise((resolve, reject) => {
        const look = (): void => {
          const found = lines.find(matches(wanted));
          if (found !== undefined) resolve(found);
        };
        output.on('line', look).on('close', () => reject(new Error(`${fixture} ended without ${String(wanted)}`)));
        look();
      }),
  };
  children.add(started);
  return started;
}

async function kill(child: Child): Promise<void> {
  children.delete(child);
  if (child.process.exitCode !== null || child.process.signalCode !== null) return;
  child.process.kill('SIGKILL');
  // `close` comes after the last line was read.
  await once(child.process, 'close');
}
