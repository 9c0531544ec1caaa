import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

import { expect, it } from 'vitest';

import { ownTrail } from '../../support/own-trail.ts';
import { isSoak } from '../../support/random-run.ts';
import { readsTypeScript } from '../../support/typescript.ts';

const fixture = fileURLToPath(new URL('../../fixtures/keep-trail.ts', import.meta.url));
const kills = isSoak ? 60 : 3;

/** Records from a number on until so many bytes were acknowledged; killed with -9, it leaves the numbers that were. */
async function recordUntilKilled(directory: string, from: number, wanted: number): Promise<number[]> {
  const child = spawn(process.execPath, [...readsTypeScript, fixture, directory, String(from)], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const gone = once(child, 'exit');
  let text = '';
  const enough = new Promise<void>((resolve) => {
    child.stdout.setEncoding('utf8').on('data', (piece: string) => {
      text += piece;
      if (text.length > wanted) resolve();
    });
  });
  await Promise.race([enough, gone]);
  child.kill('SIGKILL');
  const [, signal] = (await gone) as [unknown, unknown];
  if (signal !== 'SIGKILL') throw new Error(`It ended by itself: ${text}`);
  return text.slice(0, text.lastIndexOf('\n')).split('\n').map(Number);
}

it(`loses no acknowledged record over ${kills} kills, and stays whole`, { timeout: 600_000 }, async () => {
  using own = ownTrail();
  mkdirSync(join(own.directory, 'chain-1'));
  const acknowledged: number[] = [];
  for (let kill = 0; kill < kills; kill += 1) {
    acknowledged.push(...(await recordUntilKilled(own.directory, kill * 1_000_000, 1 + kill * 4_000)));
    expect((await own.verified()).fault).toBeNull();
  }
  await (await own.open()).stop();
  expect(await own.verified()).toMatchObject({ fault: null, unsigned: 0, torn: 0 });
  const kept = new Set(own.lines().map(({ number }) => number));
  expect(acknowledged.filter((number) => !kept.has(number))).toEqual([]);
  expect(acknowledged.length).toBeGreaterThan(kills);
});
