import { existsSync } from 'node:fs';
import { expect, test } from 'vitest';
import { text } from './deploy.ts';

interface Instruction {
  readonly name: string;
  readonly rest: string;
}

/** The instructions of a Dockerfile, continued lines joined, without comments. */
function parseDockerfile(source: string): Instruction[] {
  const lines = source
    .split('\n')
    .filter((line) => !line.startsWith('#'))
    .join('\n')
    .replaceAll(/\\\n\s*/g, ' ')
    .split('\n');
  return lines.flatMap((line) => {
    const [, name, rest] = /^([A-Z]+)\s+(.*)$/.exec(line) ?? [];
    if (line.trim() !== '' && name === undefined) throw new Error(`not an instruction: ${line}`);
    return name === undefined ? [] : [{ name, rest: rest! }];
  });
}

const instructions = parseDockerfile(text('deploy/Dockerfile'));
const last = instructions.findLastIndex(({ name }) => name === 'FROM');
const final = instructions.slice(last);

test('copies the lockfile before it installs, installs what the lockfile says, and nothing for development', () => {
  const installs = instructions.filter(({ name, rest }) => name === 'RUN' && /\bnpm\b/.test(rest));
  expect(installs.map(({ rest }) => rest)).toEqual([expect.stringMatching(/^npm ci --omit=dev --ignore-scripts\b/)]);
  const copied = instructions.findIndex(({ name, rest }) => name === 'COPY' && /\bpackage-lock\.json\b/.test(rest));
  expect(copied).toBeGreaterThan(0);
  expect(copied).toBeLessThan(instructions.indexOf(installs[0]!));
});

test('runs as somebody without rights, whose directory the data are', () => {
  const user = final.findLastIndex(({ name }) => name === 'USER');
  expect(final[user]!.rest).toBe('node');
  expect(user).toBeLessThan(final.findIndex(({ name }) => name === 'ENTRYPOINT'));
  expect(final.some(({ name, rest }) => name === 'RUN' && rest.includes('-o node') && rest.includes('0700'))).toBe(
    true,
  );
});

test('has a health check, hands signals to the program itself, and names no registry', () => {
  expect(final.find(({ name }) => name === 'HEALTHCHECK')?.rest).toContain('/health');
  expect(final.find(({ name }) => name === 'ENTRYPOINT')?.rest).toBe('["node", "cli/nonet.js"]');
  expect(text('deploy/Dockerfile')).not.toMatch(/https:|registry\.|npmjs|--registry/);
  for (const { rest } of instructions.filter(({ name }) => name === 'FROM'))
    expect(rest).toMatch(/^node:22-bookworm-slim/);
});

test('copies folders that are there and that .dockerignore lets through', () => {
  const ignore = text('.dockerignore').split('\n');
  const sources = instructions
    .filter(({ name, rest }) => name === 'COPY' && !rest.startsWith('--from'))
    .flatMap(({ rest }) => rest.split(' ').slice(0, -1));
  expect(sources.length).toBeGreaterThan(8);
  for (const source of sources) {
    expect(existsSync(new URL(`../../../${source}`, import.meta.url)), source).toBe(true);
    expect(ignore).toContain(`!${source}`);
  }
});
