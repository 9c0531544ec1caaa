import { expect, test } from 'vitest';
import { createProgress } from '../../../cli/progress.ts';

function terminal(isLookedAt: boolean) {
  const lines: string[] = [];
  const bars: string[] = [];
  const silent = (): void => expect.fail('progress is neither result nor fault');
  return {
    lines,
    bars,
    out: silent,
    err: silent,
    tell: (line: string) => void lines.push(line),
    rewrite: isLookedAt ? (text: string) => void bars.push(text) : null,
  };
}

test('on a terminal progress is a bar that is rewritten, and goes at the end', () => {
  const { lines, bars, ...rest } = terminal(true);
  const progress = createProgress(rest, () => 0);
  progress.tell('Storing cases', 0, 4);
  progress.tell('Storing cases', 3, 4);
  progress.end();
  expect(bars).toEqual([
    `Storing cases ${'░'.repeat(30)} 0 % (0 of 4)`,
    `Storing cases ${'█'.repeat(23)}${'░'.repeat(7)} 75 % (3 of 4)`,
    '',
  ]);
  expect(lines).toEqual([]);
});

test('elsewhere progress is a line every three seconds', () => {
  const { lines, bars, ...rest } = terminal(false);
  let now = 0;
  const progress = createProgress(rest, () => now);
  for (const [at, done] of [
    [0, 1],
    [2_999, 2],
    [3_000, 3],
    [5_000, 4],
    [6_000, 5],
  ] as const) {
    now = at;
    progress.tell('Storing cases', done, 5);
  }
  progress.end();
  expect(lines).toEqual(['Storing cases: 3 of 5', 'Storing cases: 5 of 5']);
  expect(bars).toEqual([]);
});
