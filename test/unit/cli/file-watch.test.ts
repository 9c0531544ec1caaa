import { mkdtempSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, test, vi } from 'vitest';

import { readTexts, watchFiles, type Texts } from '../../../cli/start/file-watch.ts';

const directory = mkdtempSync(join(tmpdir(), 'nonet-files-'));
afterAll(() => rmSync(directory, { recursive: true, force: true }));

const [one, two] = ['one', 'two'].map((name) => join(directory, name)) as [string, string];

test('files are told when they hold something else, together, and not when they are only touched', async () => {
  writeFileSync(one, 'a');
  const told: (readonly (string | null)[])[] = [];
  const files = [one, two];
  const known = await readTexts(files);
  expect([...known.values()]).toEqual(['a', null]);
  const changed = (texts: Texts) => void told.push([...texts.values()]);
  const watch = watchFiles({ files, everyMs: 5, known, changed });
  const expectTold = (...expected: (readonly (string | null)[])[]) =>
    vi.waitFor(() => expect(told).toEqual(expected), { timeout: 10_000, interval: 5 });
  writeFileSync(two, 'b');
  await expectTold(['a', 'b']);
  // The same text in another file of that name, and then another.
  writeFileSync(`${one}.next`, 'a');
  renameSync(`${one}.next`, one);
  writeFileSync(two, 'c');
  await expectTold(['a', 'b'], ['a', 'c']);
  rmSync(two);
  await expectTold(['a', 'b'], ['a', 'c'], ['a', null]);
  await watch.stop();
  writeFileSync(one, 'z');
  expect(told).toHaveLength(3);
});

test('without anything known, what they hold is told first', async () => {
  writeFileSync(one, 'now');
  const told = await new Promise<Texts>((resolve) => {
    const watch = watchFiles({
      files: [one],
      everyMs: 5,
      changed(texts) {
        void watch.stop();
        resolve(texts);
      },
    });
  });
  expect([...told.values()]).toEqual(['now']);
});
