import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { afterAll, expect, test, vi } from 'vitest';
import { readAdminAddress } from '../../../subgraphs/court/admin/address.ts';
import { toCsv } from '../../support/court-export.ts';
import { run, temporary } from './running-court.ts';
import { readsTypeScript } from '../../support/typescript.ts';

// Making a cluster on disk and taking it over take seconds each.
vi.setConfig({ testTimeout: 60_000 });

const { directory, remove } = temporary();
afterAll(remove);

test('a court that is killed in the middle of an import has none of it; the next import goes in directly, whole', async () => {
  const data = join(directory, 'data');
  const file = join(directory, 'cases.csv');
  const rows = Array.from({ length: 2_500 }, (_, index) => [`（2017）苏0312执${index + 1}号`, '立案']);
  writeFileSync(file, toCsv([['案号', '阶段'], ...rows]));
  const importing = () => run(['--court', '苏0312', '--data', data, file]);

  const script = join(import.meta.dirname, '../../fixtures/hold-import.ts');
  const child = spawn(process.execPath, [...readsTypeScript, script, data], { stdio: ['ignore', 'pipe', 'inherit'] });
  const lines = createInterface({ input: child.stdout })[Symbol.asyncIterator]();
  try {
    expect((await lines.next()).value).toBe('ready');
    const first = importing();
    expect((await lines.next()).value).toBe('stored 2000');
    child.kill('SIGKILL');
    expect(await first).toMatchObject({
      code: 69,
      out: '',
      err: expect.stringMatching(
        /the connection to it broke off before it said that the import is stored\. Import the files again/,
      ),
    });
  } finally {
    child.kill('SIGKILL');
    if (child.exitCode === null && child.signalCode === null) await once(child, 'close');
  }

  // What the killed court left behind says that it runs: its lock, and the address of its door.
  expect(readAdminAddress(data)).not.toBeNull();
  expect(await importing()).toMatchObject({
    code: 0,
    err: '',
    out: expect.stringMatching(/2500 cases new, 0 changed, 0 unchanged; stored into .*data in /),
  });
  expect(existsSync(join(data, 'person.key'))).toBe(true);
});
