/** Where and on what a figure was taken: stands at the head of every report of `bench/`. */

import { execFileSync } from 'node:child_process';
import { cpus, totalmem } from 'node:os';

/** `2 × processor, 24 GiB, Node.js v20, commit abc1234`; says so when these folders hold changes that are not committed. */
export function provenance(...folders: readonly string[]): string {
  const [first] = cpus();
  const machine = `${cpus().length} × ${first?.model.trim() ?? 'unknown processor'}, ${Math.round(totalmem() / 2 ** 30)} GiB`;
  return `${machine}, Node.js ${process.version}, commit ${commit(folders)}`;
}

function commit(folders: readonly string[]): string {
  try {
    const git = (...args: string[]) => execFileSync('git', args, { encoding: 'utf8' }).trim();
    const isChanged = git('status', '--porcelain', '--', ...folders) !== '';
    return git('rev-parse', '--short', 'HEAD') + (isChanged ? ' with changes' : '');
  } catch {
    return 'unknown';
  }
}
