import { execFile } from 'node:child_process';
import { fileURLToPath } from 'node:url';

import { describe, expect, it } from 'vitest';

import { settings, trailKinds, type Driven } from '../trail/kinds.ts';
import type { Row } from '../trail/measure.ts';
import { brokenPromises, nameOf, toReport } from '../trail/report.ts';

describe('the promise about the trail', () => {
  it('is broken by the median of rounds of a hash over sockets, and by no other row', () => {
    expect(brokenPromises([rowOf({ rps: [80, 91, 95] })])).toEqual([]);
    expect(brokenPromises([rowOf({ rps: [89, 80, 99] })])).toEqual([
      'With a trail by sha256 a hub has 0.890 of its throughput over sockets; promised is at least 0.90.',
    ]);
    expect(
      brokenPromises([rowOf({ rps: [50], setting: 'in memory' }), rowOf({ rps: [50], kind: 'deferred' })]),
    ).toEqual([]);
  });

  it('is not kept by what was not measured', () => {
    expect(brokenPromises([rowOf({ rps: [] })])).toHaveLength(1);
  });
});

describe('the report about the trail', () => {
  it('compares within rounds', () => {
    const row = rowOf({ rps: [90, 95, 100] });
    expect(toReport([row], '')).toContain(
      '| over sockets | sha256 | 0.950 | 0.925 – 0.975 | 0.500 | 95.0 | 2.00 | 3 | 200 |',
    );
  });

  // Some 20 s on a quiet machine: four hubs are started on one core.
  it('has a row for each kind of hub in each setting, and its own end', async () => {
    const { code, said, errors } = await run('--rounds', '1', '--ms', '200', '--dry');
    for (const setting of settings) {
      for (const kind of trailKinds) expect(said).toContain(`| ${setting} | ${nameOf(kind)} |`);
      expect(said).toMatch(new RegExp(`sm3, ${setting}: [1-9]\\d* records of`));
    }
    // In so short a time the figures may be any.
    const broken = errors.split('\n').filter((line) => line.startsWith('With a trail by'));
    expect(code).toBe(broken.length > 0 ? 1 : 0);
  }, 240_000);

  it('refuses to measure for no time', async () => {
    expect(await run('--ms', '0')).toEqual({ code: 1, said: '', errors: '--ms has to be a whole number above 0.\n' });
  });
});

function rowOf({ rps, ...own }: Partial<Row> & { readonly rps: readonly number[] }): Row {
  const drivenBy = (all: readonly number[], cpuMs: number) =>
    all.map((one): Driven => ({ rps: one, cpuMs, answered: 10 }));
  return {
    setting: 'over sockets',
    kind: 'sha256',
    driven: drivenBy(rps, 2),
    off: drivenBy(
      rps.map(() => 100),
      1,
    ),
    written: { records: 30, requests: 10, bytes: 2000, verifySeconds: 1 },
    ...own,
  };
}

/** How `npm run bench:audit` ends. */
function run(...args: readonly string[]) {
  const cwd = fileURLToPath(new URL('../../', import.meta.url));
  const command = ['bench/launch.js', 'bench/trail/main.ts', ...args];
  return new Promise<{ code: unknown; said: string; errors: string }>((resolve) => {
    execFile(process.execPath, command, { cwd }, (error, said, errors) =>
      resolve({ code: error ? error.code : 0, said, errors }),
    );
  });
}
