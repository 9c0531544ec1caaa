import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { mkdirSync, rmSync, truncateSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';

import { readsTypeScript } from '../../support/typescript.ts';

const cache = join(import.meta.dirname, '../../../node_modules/.cache');
const kept = join(cache, 'nonet-typescript');
// At one place in every run, since what was read of it is kept by its path.
const program = join(cache, 'nonet-typescript-test.ts');
beforeAll(() => void mkdirSync(cache, { recursive: true }));
afterAll(() => rmSync(program, { force: true }));

/** What a program in TypeScript prints. */
function printed(source: string): string {
  writeFileSync(program, source);
  return execFileSync(process.execPath, [...readsTypeScript, program], { encoding: 'utf8' }).trim();
}

test('a program is read as it stands now, whatever is kept of it', () => {
  const saying = (word: string) => `const word: string = '${word}';\nconsole.log(word);\n`;
  expect(printed(saying('first'))).toBe('first');
  expect(printed(saying('second'))).toBe('second');
  truncateSync(join(kept, `${createHash('sha256').update(program).digest('hex')}.js`), 10);
  expect(printed(saying('second'))).toBe('second');
});

test('functions and classes keep their names, and nothing names them anew as they are made', () => {
  const source = `
    const marked = (target: unknown): void => void target;
    @marked
    class Court { static made = () => new Court(); }
    const make = () => { const inner = () => 1; return inner; };
    console.log(Court.name, make().name, String(make).includes('__name'));
  `;
  expect(printed(source)).toBe('Court inner false');
});

test('an error tells the line of the source', () => {
  const source = `interface Wide {\n  a: string;\n}\n\nconsole.log(new Error('No.').stack!.split('\\n')[1]);\n`;
  expect(printed(source)).toContain('nonet-typescript-test.ts:5:');
});
