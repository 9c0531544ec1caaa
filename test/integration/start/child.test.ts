import { once } from 'node:events';
import { createServer, type AddressInfo } from 'node:net';
import { expect, it } from 'vitest';

import { keepRunning, spawnPart } from '../../../cli/start/processes/child.ts';

it(
  'a part that dies at once again and again is told, started ever later, and kept nobody waiting',
  { timeout: 120_000 },
  async () => {
    const taker = createServer().listen(0, '127.0.0.1');
    await once(taker, 'listening');
    const told: string[] = [];
    const args = ['mocks', `--port=${(taker.address() as AddressInfo).port}`];
    const part = { title: 'mocks', args, env: {}, url: 'http://127.0.0.1:9' };
    const spawn = () => spawnPart(part);
    const child = keepRunning(part, { tell: (line) => told.push(line), spawn, firstPauseMs: 1 });
    expect(await child.up).toBeNull();
    await child.stop();
    taker.close();
    expect(told.slice(0, 3)).toEqual([
      'mocks ended (exit code 1); it starts again in 1 ms.',
      'mocks ended (exit code 1); it starts again in 2 ms.',
      'mocks ended (exit code 1), 3 times in a row; it starts again in 4 ms, and the others go on without it.',
    ]);
  },
);

it.each([
  ['there is no such part', 'nothing', {}, 'exit code 2: wrong use'],
  ['a setting is wrong', 'mocks', { PORT: 'x' }, 'exit code 78: wrong settings'],
])('where %s, that is told once and not tried again', { timeout: 60_000 }, async (_, name, env, how) => {
  const told: string[] = [];
  const part = { title: name, args: [name], env, url: 'http://127.0.0.1:9' };
  const child = keepRunning(part, { tell: (line) => told.push(line), spawn: () => spawnPart(part), firstPauseMs: 1 });
  expect(await child.up).toBeNull();
  // Had it gone on, stopping would interrupt a pause that was told.
  await child.stop();
  expect(told).toEqual([`${name} ended (${how}); it is not started again, and the others go on without it.`]);
});
