// Module hooks of Node: a file in TypeScript becomes JavaScript as it is read. Types go, decorators become calls, and nothing else is
// done: above all no function is given its name again each time that it is made, which cost a request a tenth of its time
// (decisions/0056-typescript-is-read-as-it-is.md).
import { createHash, randomUUID } from 'node:crypto';
import { mkdir, readFile, rename, writeFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { fileURLToPath } from 'node:url';

export async function load(url, context, nextLoad) {
  if (!url.startsWith('file:') || !url.endsWith('.ts')) return nextLoad(url, context);
  const sourcefile = fileURLToPath(url);
  const source = await readFile(sourcefile, 'utf8');
  return { format: 'module', source: await javascriptOf(source, sourcefile), shortCircuit: true };
}

const options = {
  loader: 'ts',
  target: 'node20',
  sourcemap: 'inline',
  sourcesContent: false,
  // What tsconfig.json says of it.
  tsconfigRaw: {
    compilerOptions: { experimentalDecorators: true, useDefineForClassFields: false, verbatimModuleSyntax: true },
  },
};

// What was read is kept beside the packages, one file for each of ours: many processes start with the same, and one that starts need not
// have a second process beside it. It ends with what it was made from. Where nothing can be written, nothing is kept.
const kept = new URL('../../node_modules/.cache/nonet-typescript/', import.meta.url);
const { version } = createRequire(import.meta.url)('esbuild/package.json');
const digestOf = (...texts) => createHash('sha256').update(texts.join('\0')).digest('hex');

async function javascriptOf(source, sourcefile) {
  const file = new URL(`${digestOf(sourcefile)}.js`, kept);
  const end = `\n//${digestOf(version, JSON.stringify(options), source)}\n`;
  const known = await readFile(file, 'utf8').catch(() => '');
  if (known.endsWith(end)) return known;
  const code = (await readByEsbuild(source, sourcefile)) + end;
  await keep(file, code).catch(() => undefined);
  return code;
}

async function keep(file, code) {
  await mkdir(kept, { recursive: true });
  const whole = new URL(`${randomUUID()}.new`, kept);
  await writeFile(whole, code);
  await rename(whole, file);
}

// esbuild works in a process of its own, which is let go when nothing has been read for a moment.
const restMs = 2_000;
let underWay = 0;
let rest;

async function readByEsbuild(source, sourcefile) {
  const { stop, transform } = await import('esbuild');
  clearTimeout(rest);
  underWay += 1;
  try {
    const { code } = await transform(source, { ...options, sourcefile });
    return code;
  } finally {
    underWay -= 1;
    clearTimeout(rest);
    if (underWay === 0) rest = setTimeout(stop, restMs).unref();
  }
}
