import { randomUUID } from 'node:crypto';
import { createServer } from 'node:net';
import type { AddressInfo } from 'node:net';
import { expect, test, vi } from 'vitest';

import { createRedisBell } from '../../../subgraphs/kit/inquiry/redis-bell.ts';
import { describeOnRedis, redisUrl } from '../../support/describe-redis.ts';

describeOnRedis('a bell over Redis', () => {
  test('is heard by others on its channel, and by nobody on another', async () => {
    const channel = `nonet:tests:${randomUUID()}`;
    const onFault = (fault: Error) => {
      throw fault;
    };
    const [one, other, stranger] = [channel, channel, `${channel}:other`].map((name) =>
      createRedisBell({ url: redisUrl, channel: name, onFault }),
    );
    const heard: string[] = [];
    const overheard: string[] = [];
    other!.onRing((numbers) => heard.push(...numbers));
    stranger!.onRing((numbers) => overheard.push(...numbers));
    await vi.waitFor(
      () => {
        one!.ring(['YH1', 'YH2']);
        expect(heard).toContain('YH2');
      },
      { timeout: 15_000, interval: 50 },
    );
    expect(heard.slice(0, 2)).toEqual(['YH1', 'YH2']);
    expect(overheard).toEqual([]);
    for (const bell of [one, other, stranger]) await bell!.stop();
  });
});

test('a bell without its Redis is told of once, without its password, and hurts nobody', async () => {
  const server = createServer();
  await new Promise<void>((resolve) => void server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  await new Promise((resolve) => server.close(resolve));
  const faults: Error[] = [];
  const bell = createRedisBell({
    url: `redis://nonet:secret@127.0.0.1:${port}`,
    channel: 'nonet:tests',
    onFault: (fault) => faults.push(fault),
  });
  await vi.waitFor(() => expect(faults).toHaveLength(1), { timeout: 15_000 });
  bell.ring(['YH1']);
  await bell.stop();
  expect(faults.map(({ message }) => message).join()).toMatch(/^Redis at REDIS_URL cannot be reached/);
});
