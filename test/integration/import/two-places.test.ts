import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';

import { writeAdminAddress } from '../../../subgraphs/court/admin/address.ts';
import { lockDirectory } from '../../../subgraphs/kit/database/lock.ts';
import { run, temporary } from './running-court.ts';

const { directory, remove } = temporary();
afterAll(remove);

test('where a court has rows of both ways of starting, the one that runs is meant, and none is guessed', async () => {
  const data = join(directory, 'data');
  const own = join(data, 'courts', '苏0312');
  const file = join(import.meta.dirname, '../../fixtures/two-cases.csv');
  mkdirSync(own, { recursive: true });
  for (const place of [own, data]) writeFileSync(join(place, 'pglite'), '');
  const importing = () => run(['--court', '苏0312', '--data', data, file]);
  expect(await importing()).toMatchObject({
    code: 69,
    err: expect.stringContaining(`Both ${own} and ${data} hold rows of the court 苏0312. Start the one that is meant`),
  });
  for (const place of [data, own]) {
    // In use, so that which one was chosen shows in the complaint.
    const lock = await lockDirectory(place);
    writeAdminAddress(place, { url: 'http://127.0.0.1:9/admin/import', secret: 'x'.repeat(43), pid: process.pid });
    expect((await importing()).err).toContain(`${place} is in use by process ${process.pid}`);
    rmSync(join(place, 'admin.json'));
    lock.release();
  }
});
