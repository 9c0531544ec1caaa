import { once } from 'node:events';
import { gzipSync } from 'node:zlib';
import { expect, it } from 'vitest';
import { dial, openSmallDoor, post, rawPost, toAnswer } from './small-door.ts';

const greeting = JSON.stringify({ query: '{ greeting }' });
const mebibyte = 1024 * 1024;

it('takes a body of exactly the limit and refuses one byte more', async () => {
  await using small = await openSmallDoor({ limits: { bodyBytes: 1000 } });
  expect((await post(small.door, greeting.padEnd(1000))).status).toBe(200);
  const refused = await post(small.door, greeting.padEnd(1001));
  expect(refused.status).toBe(413);
  expect((await toAnswer(refused)).errors?.[0]).toMatchObject({
    message: expect.stringContaining('1000 bytes'),
    extensions: { code: 'BODY_TOO_LARGE' },
  });
});

it('refuses a huge body by its announced length, before a byte of it is sent', async () => {
  await using small = await openSmallDoor({ limits: { lingerMs: 50 } });
  const { socket, closed } = await dial(small.door);
  socket.write(rawPost('', { 'content-length': String(5_000 * mebibyte) }));
  expect(await closed).toMatch(/^HTTP\/1\.1 413 [^]*BODY_TOO_LARGE/);
});

it('refuses an endless body while it streams, and the sender reads the refusal', async () => {
  await using small = await openSmallDoor();
  const connection = await dial(small.door);
  const { socket } = connection;
  let sent = 0;
  let refused = false;
  const refusal = connection
    .until((received) => received.includes('BODY_TOO_LARGE'))
    .then((received) => {
      refused = true;
      return received;
    });
  socket.write(
    'POST /graphql HTTP/1.1\r\nhost: localhost\r\ncontent-type: application/json\r\ntransfer-encoding: chunked\r\n\r\n',
  );
  const block = `10000\r\n${' '.repeat(0x10000)}\r\n`;
  while (!refused) {
    sent += 0x10000;
    if (!socket.write(block)) await Promise.race([once(socket, 'drain'), refusal]);
    else await new Promise((resolve) => setImmediate(resolve));
  }
  expect(await refusal).toMatch(/^HTTP\/1\.1 413 /);
  expect(await refusal).toMatch(/connection: close/i);
  expect(sent).toBeGreaterThan(mebibyte);
});

it('stops a gzip bomb at the limit without holding what it unpacks to', async () => {
  await using small = await openSmallDoor();
  const member = gzipSync(Buffer.alloc(mebibyte));
  const bomb = Buffer.concat(Array.from({ length: 512 }, () => member));
  expect(bomb.length).toBeLessThan(mebibyte);
  const before = process.memoryUsage().rss;
  const response = await post(small.door, bomb, { 'content-encoding': 'gzip' });
  expect(response.status).toBe(413);
  expect((await toAnswer(response)).errors?.[0]?.extensions.code).toBe('BODY_TOO_LARGE');
  expect(process.memoryUsage().rss - before).toBeLessThan(128 * mebibyte);
  expect((await post(small.door, greeting)).status).toBe(200);
});

it('refuses compressed bytes that never unpack to anything', async () => {
  await using small = await openSmallDoor();
  const nothing = gzipSync('');
  const members = Buffer.concat(Array.from({ length: Math.ceil((mebibyte + 1) / nothing.length) }, () => nothing));
  const stream = new Blob([members]).stream();
  const response = await fetch(`${small.door.url}/graphql`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', 'content-encoding': 'gzip' },
    body: stream,
    duplex: 'half',
  });
  expect(response.status).toBe(413);
});

it('closes a request whose body stays half-sent', async () => {
  await using small = await openSmallDoor({ limits: { requestMs: 100 } });
  const { socket, closed } = await dial(small.door);
  socket.write(rawPost(greeting).slice(0, -5));
  expect(await closed).toMatch(/^HTTP\/1\.1 408 [^]*REQUEST_TIMEOUT/);
  expect(small.executed()).toBe(0);
});

it('closes a request whose headers stay half-sent', async () => {
  await using small = await openSmallDoor({ limits: { requestMs: 100 } });
  const { socket, closed } = await dial(small.door);
  socket.write('POST /graphql HTTP/1.1\r\nhost: localh');
  expect(await closed).toMatch(/^HTTP\/1\.1 408 [^]*REQUEST_TIMEOUT/);
});

it('does not count the time of a running request as time of sending it', async () => {
  await using small = await openSmallDoor({ limits: { requestMs: 100 } });
  const held = post(small.door, JSON.stringify({ query: '{ held }' }));
  await small.arrived;
  // A later half-sent request is closed first: by then the held one is older than the limit.
  const { socket, closed } = await dial(small.door);
  socket.write('POST /graphql HTTP/1.1\r\n');
  await closed;
  small.release();
  expect(await (await held).json()).toEqual({ data: { held: 'released' } });
});

it('refuses headers that are too large and bytes that are no HTTP', async () => {
  await using small = await openSmallDoor();
  const large = await dial(small.door);
  large.socket.write(rawPost(greeting, { 'x-padding': 'x'.repeat(20_000) }));
  expect(await large.closed).toMatch(/^HTTP\/1\.1 431 [^]*HEADERS_TOO_LARGE/);
  const garbage = await dial(small.door);
  garbage.socket.write('\u0016\u0003\u0001 this is no HTTP\r\n\r\n');
  expect(await garbage.closed).toMatch(/^HTTP\/1\.1 400 [^]*MALFORMED_REQUEST/);
});

it('never lets a refusal pass for the answer to an earlier request of the same connection', async () => {
  await using small = await openSmallDoor();
  const { socket, closed } = await dial(small.door);
  socket.write(rawPost(JSON.stringify({ query: '{ held }' })));
  await small.arrived;
  socket.write('\u0016garbage\r\n\r\n');
  expect(await closed).toBe('');
});

it('aborts the operation of a client that goes away', async () => {
  await using small = await openSmallDoor();
  const client = new AbortController();
  const gone = expect(
    fetch(`${small.door.url}/graphql`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ query: '{ held }' }),
      signal: client.signal,
    }),
  ).rejects.toThrow();
  const signal = await small.arrived;
  expect(signal.aborted).toBe(false);
  const aborted = once(signal, 'abort');
  client.abort();
  await Promise.all([aborted, gone]);
  expect(signal.reason).toMatchObject({ message: 'The client went away.' });
});

it('does not abort the operation of a client that stays', async () => {
  await using small = await openSmallDoor();
  const response = post(small.door, JSON.stringify({ query: '{ held }' }));
  const signal = await small.arrived;
  small.release();
  await (await response).text();
  expect(signal.aborted).toBe(false);
});

it('outlives a client that leaves in the middle of its body', async () => {
  const reported: Error[] = [];
  await using small = await openSmallDoor({ report: (fault) => reported.push(fault) });
  const { socket, closed } = await dial(small.door);
  socket.write(rawPost(greeting).slice(0, -5));
  socket.destroy();
  await closed;
  expect((await post(small.door, greeting)).status).toBe(200);
  expect(reported).toEqual([]);
});

it('drops connections above the maximum and serves again when one is free', async () => {
  await using small = await openSmallDoor({ limits: { connections: 1 } });
  const first = await dial(small.door);
  first.socket.write(rawPost(greeting));
  await first.until((received) => received.includes('hello'));
  const second = await dial(small.door);
  expect(await second.closed).toBe('');
  first.socket.destroy();
  await first.closed;
  await expect.poll(async () => (await post(small.door, greeting)).status).toBe(200);
});
