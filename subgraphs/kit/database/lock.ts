import { randomUUID } from 'node:crypto';
import { mkdirSync, readdirSync, readFileSync, readlinkSync, realpathSync, rmSync, writeFileSync } from 'node:fs';
import { hostname } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { DatabaseError } from './error.ts';

/** A directory that nobody else has until `release` (or the death of this process). */
export interface DirectoryLock {
  /** The directory's real path. */
  readonly directory: string;
  release(): void;
}

/**
 * Takes a directory for this process alone, making it when absent. Rejects with `DATABASE_LOCKED` while a live process
 * (this one included) has it; what a dead process left is cleared away.
 *
 * Everybody writes a file of their own and then looks for others, so no file is ever taken over, and two who start at
 * the same moment may both give way but never both go on.
 */
export async function lockDirectory(path: string): Promise<DirectoryLock> {
  mkdirSync(path, { recursive: true, mode: 0o700 });
  const directory = realpathSync(path);
  for (let attempt = 1; ; attempt++) {
    refuseIfHeld(directory);
    const file = `lock-${process.pid}-${randomUUID()}.json`;
    const release = (): void => rmSync(join(directory, file), { force: true });
    writeFileSync(join(directory, file), JSON.stringify(holderOf(process.pid)), { flag: 'wx', mode: 0o600 });
    try {
      refuseIfHeld(directory, file);
      return { directory, release };
    } catch (error) {
      release();
      if (attempt === 5) throw error;
      await pause(10 + Math.random() * 90 * attempt);
    }
  }
}

/** Who holds a lock. What the system does not tell is null, and is then not compared. */
interface Holder {
  readonly pid: number;
  /** Clock ticks from boot to the start of the process: process ids are used again, the pair is not. */
  readonly startedAt: string | null;
  readonly bootId: string | null;
  /** Process ids mean something only within one namespace (a container has its own). */
  readonly pidNamespace: string | null;
  readonly host: string;
  readonly since: string;
}

function refuseIfHeld(directory: string, ownFile?: string): void {
  for (const file of readdirSync(directory)) {
    const pid = /^lock-(\d+)-[0-9a-f-]+\.json$/.exec(file)?.[1];
    if (pid === undefined || file === ownFile) continue;
    const holder = readHolder(join(directory, file), Number(pid));
    if (holder === null) continue;
    const verdict = judge(holder);
    if (verdict === 'dead') rmSync(join(directory, file), { force: true });
    else
      throw new DatabaseError(
        'DATABASE_LOCKED',
        `${directory} is in use by process ${holder.pid}${holder.pid === process.pid ? ' (this one)' : ''}` +
          ` on ${holder.host} since ${holder.since}: stop that process or choose another directory` +
          (verdict === 'foreign' ? `; if it is gone for good, delete ${join(directory, file)}` : ''),
      );
  }
}

/** Null when the file went away meanwhile. A file that is not written whole yet is judged by the pid in its name. */
function readHolder(path: string, pid: number): Holder | null {
  const text = readText(path);
  if (text === null) return null;
  try {
    return JSON.parse(text) as Holder;
  } catch {
    return { pid, startedAt: null, bootId: null, pidNamespace: null, host: hostname(), since: 'now' };
  }
}

function judge(holder: Holder): 'alive' | 'dead' | 'foreign' {
  const here = holderOf(holder.pid);
  if (differ(holder.bootId, here.bootId)) return holder.host === here.host ? 'dead' : 'foreign';
  if (differ(holder.pidNamespace, here.pidNamespace)) return 'foreign';
  if (!isRunning(holder.pid) || differ(holder.startedAt, here.startedAt)) return 'dead';
  return 'alive';
}

function differ(one: string | null, other: string | null): boolean {
  return one !== null && other !== null && one !== other;
}

function isRunning(pid: number): boolean {
  try {
    process.kill(pid, 0);
  } catch (error) {
    // EPERM: it runs, and belongs to somebody else.
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
  // A zombie only waits for its parent to notice; it writes nothing more.
  return processStatus(pid)?.[0] !== 'Z';
}

function holderOf(pid: number): Holder {
  return {
    pid,
    startedAt: processStatus(pid)?.[19] ?? null,
    bootId: readText('/proc/sys/kernel/random/boot_id')?.trim() ?? null,
    pidNamespace: readLink('/proc/self/ns/pid'),
    host: hostname(),
    since: new Date().toISOString(),
  };
}

/** The fields of `/proc/<pid>/stat` from the third (state) on; the second, the name, may hold spaces and brackets. */
function processStatus(pid: number): string[] | null {
  const text = readText(`/proc/${pid}/stat`);
  return text === null ? null : text.slice(text.lastIndexOf(')') + 2).split(' ');
}

function readText(path: string): string | null {
  return orNull(() => readFileSync(path, 'utf8'));
}

function readLink(path: string): string | null {
  return orNull(() => readlinkSync(path));
}

function orNull(read: () => string): string | null {
  try {
    return read();
  } catch (error) {
    // ENOENT and ESRCH: no such file or process (or a system without /proc); EACCES: not ours to see.
    if (['ENOENT', 'ESRCH', 'EACCES', 'EINVAL', 'ENOTDIR'].includes((error as NodeJS.ErrnoException).code ?? ''))
      return null;
    throw error;
  }
}
