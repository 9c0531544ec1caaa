import { expect, it } from 'vitest';

import { keepRunning } from '../../../cli/start/processes/child.ts';

it(
  'a part that dies at once again and again is told, started ever later, and kept nobody waiting',
  { timeout: 120_000 },
  async () => {
    const told: string[] = [];
    const child = keepRunning(
      { title: 'nothing', args: ['nothing'], env: {}, url: 'http://127.0.0.1:9' },
      { tell: (line) => told.push(line), firstPauseMs: 1 },
    );
    expect(await child.up).toBeNull();
    await child.stop();
    expect(told.slice(0, 3)).toEqual([
      'nothing ended (exit code 2); it starts again in 0.001 s.',
      'nothing ended (exit code 2); it starts again in 0.002 s.',
      'nothing ended (exit code 2), 3 times in a row; it starts again in 0.004 s, and the others go on without it.',
    ]);
  },
);
