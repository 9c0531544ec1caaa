import { subscribe } from 'node:diagnostics_channel';
import { once } from 'node:events';
import { expect, it } from 'vitest';
import { dial, openSmallDoor, post, rawPost } from './small-door.ts';

const held = JSON.stringify({ query: '{ held }' });
const greeting = JSON.stringify({ query: '{ greeting }' });

it('lets running requests finish and then closes their connections; whoever comes meanwhile is told', async () => {
  await using small = await openSmallDoor();
  const { socket, closed } = await dial(small.door);
  socket.write(rawPost(held));
  const signal = await small.arrived;
  const stopped = small.door.stop();
  const late = await post(small.door, greeting);
  expect([late.status, late.headers.get('retry-after')]).toEqual([503, '5']);
  const ready = await fetch(`${small.door.url}/ready`);
  expect(ready.status).toBe(503);
  expect(await ready.json()).toMatchObject({ status: 'stopping', schemaLoaded: true });
  small.release();
  await stopped;
  expect(await closed).toMatch(/^HTTP\/1\.1 200 [^]*connection: close[^]*"held":"released"/);
  expect(signal.aborted).toBe(false);
  await expect(post(small.door, greeting)).rejects.toThrow();
});

it('answers pipelined requests that had begun, in order, and refuses those that come after', async () => {
  await using small = await openSmallDoor();
  const seen = requestsSeen();
  const { socket, closed } = await dial(small.door);
  socket.write(rawPost(held) + rawPost(greeting));
  await seen.reach(2);
  const stopped = small.door.stop();
  socket.write(rawPost(greeting));
  await seen.reach(3);
  small.release();
  await stopped;
  const [first, second, late, ...more] = (await closed).split(/(?=HTTP\/1\.1 )/);
  expect(first).toMatch(/^HTTP\/1\.1 200 [^]*"held":"released"/);
  expect(second).toMatch(/^HTTP\/1\.1 200 [^]*"greeting":"hello"/);
  expect(late).toMatch(/^HTTP\/1\.1 503 [^]*connection: close[^]*STOPPING/);
  expect(more).toEqual([]);
});

it('closes silent, resting and half-sent connections at once', async () => {
  await using small = await openSmallDoor();
  const silent = await dial(small.door);
  const resting = await dial(small.door);
  resting.socket.write(rawPost(greeting));
  await resting.until((received) => received.includes('hello'));
  const half = await dial(small.door);
  half.socket.write('POST /graphql HTTP/1.1\r\nhost: localh');
  await small.door.stop(60_000);
  expect(await silent.closed).toBe('');
  expect(await resting.closed).toContain('hello');
  expect(await half.closed).toBe('');
});

it('aborts and closes what still runs when the grace is over', async () => {
  await using small = await openSmallDoor();
  const { socket, closed } = await dial(small.door);
  socket.write(rawPost(held));
  const signal = await small.arrived;
  const aborted = once(signal, 'abort');
  await small.door.stop(20);
  await aborted;
  expect(signal.reason).toMatchObject({ message: 'The hub stops.' });
  expect(await closed).toBe('');
});

it('stops once, however often it is asked to', async () => {
  await using small = await openSmallDoor();
  const first = small.door.stop();
  expect(small.door.stop()).toBe(first);
  await first;
});

/** Counts the requests that Node's HTTP server has handed to its listeners; tests of this file run one by one. */
function requestsSeen() {
  let count = 0;
  const waiting = new Map<number, () => void>();
  subscribe('http.server.request.start', () => {
    count += 1;
    waiting.get(count)?.();
  });
  return {
    reach: (wanted: number) =>
      new Promise<void>((resolve) => {
        if (count >= wanted) resolve();
        else waiting.set(wanted, resolve);
      }),
  };
}
