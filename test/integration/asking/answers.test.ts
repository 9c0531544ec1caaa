import { randomBytes } from 'node:crypto';
import { brotliCompressSync, createGzip, deflateSync, gzipSync } from 'node:zlib';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';

import { createRemote, type Remote } from '../../../gateway/asking/remote.ts';
import { openPile } from '../../../gateway/asking/pile.ts';
import { AskError } from '../../../gateway/asking/reply.ts';
import { startFaultProxy, type Behaviour, type FaultProxy } from '../../support/fault-proxy.ts';

const maxBytes = 8 * 1024 * 1024;

let court: FaultProxy;
let remote: Remote;
beforeAll(async () => {
  court = await startFaultProxy();
  remote = createRemote(court.url);
});
afterAll(async () => {
  await remote.stop();
  await court[Symbol.asyncDispose]();
});

const question = { query: '{ a }' };
const answer = { data: { a: '徐州'.repeat(1_000) } };
const body = Buffer.from(JSON.stringify(answer));

function sends(bytes: Buffer, encoding: string, status = 200): Behaviour {
  return ({ response }) =>
    void response.writeHead(status, { 'content-type': 'application/json', 'content-encoding': encoding }).end(bytes);
}

/** Asks, and gives the answer or the reason why there is none. */
async function ask(): Promise<unknown> {
  return remote.ask(question, AbortSignal.timeout(20_000)).catch((error: unknown) => {
    if (error instanceof AskError) return error.reason;
    return `lost: ${String(error)}`;
  });
}

describe('an answer that comes compressed, asked for or not', () => {
  test.each([
    ['gzip', gzipSync(body)],
    ['x-gzip', gzipSync(body)],
    ['GZIP', gzipSync(body)],
    ['deflate', deflateSync(body)],
    ['br', brotliCompressSync(body)],
    ['identity', body],
  ])('is read: %s', async (encoding, bytes) => {
    await court.suffer(sends(bytes, encoding));
    expect(await ask()).toEqual(answer);
  });

  test.each([
    ['ends before it is whole', gzipSync(body).subarray(0, -20), 'gzip'],
    ['ends before it is whole, in brotli', brotliCompressSync(body).subarray(0, -5), 'br'],
    ['is not compressed at all', body, 'gzip'],
    ['is spoiled', gzipSync(body).fill(7, 20, 40), 'gzip'],
    ['is empty', Buffer.alloc(0), 'gzip'],
    ['is encoded in a way that was not asked for', gzipSync(body), 'compress'],
    ['is encoded twice', gzipSync(gzipSync(body)), 'gzip, gzip'],
    ['is encoded in a way that every object has', body, 'constructor'],
  ])('is nonsense when it %s', async (_, bytes, encoding) => {
    await court.suffer(sends(bytes, encoding));
    expect(await ask()).toBe('GARBLED');
  });

  test('is lost, and not nonsense, when its connection breaks', async () => {
    await court.suffer(({ response }) => {
      response.writeHead(200, { 'content-encoding': 'gzip', 'content-length': 10_000 });
      response.write(gzipSync(body).subarray(0, 100), () => response.socket?.resetAndDestroy());
    });
    expect(await ask()).toBe('DOWN');
  });

  test('may be of just the largest size, and not one byte larger', async () => {
    const sized = (size: number) => {
      const whole = JSON.stringify({ data: { a: '' } });
      return gzipSync(JSON.stringify({ data: { a: 'x'.repeat(size - whole.length) } }));
    };
    await court.suffer(sends(sized(maxBytes), 'gzip'));
    expect(await ask()).toHaveProperty('data');
    await court.suffer(sends(sized(maxBytes + 1), 'gzip'));
    expect(await ask()).toBe('TOO_LARGE');
  });
});

describe('an answer that comes compressed over a connection that is closed behind it', () => {
  // Hardly compressible, so that it comes faster than it is decoded.
  const large = { data: { a: randomBytes(300_000).toString('base64') } };
  const bytes = gzipSync(JSON.stringify(large));

  test.each([
    ['its length told', { 'content-length': bytes.length }],
    ['in chunks', { 'transfer-encoding': 'chunked' }],
    ['to the end of the connection', {}],
  ])('is read, %s', async (_, headers) => {
    await court.suffer(({ response }) => {
      response.useChunkedEncodingByDefault = 'transfer-encoding' in headers;
      response.writeHead(200, { 'content-encoding': 'gzip', connection: 'close', ...headers }).end(bytes);
    });
    expect(await ask()).toEqual(large);
  });

  test('is lost when the connection is closed too soon', async () => {
    await court.suffer(({ response }) => {
      response.writeHead(200, { 'content-encoding': 'gzip', connection: 'close', 'content-length': bytes.length });
      response.write(bytes.subarray(0, 150_000), () => response.socket?.end());
    });
    expect(await ask()).toBe('DOWN');
  });
});

test('what never ends behind a compressed answer is given up with the question', async () => {
  let isClosed = false;
  await court.suffer(({ response }) => {
    response.writeHead(200, { 'content-encoding': 'gzip' }).write(gzipSync(body));
    const dripping = setInterval(() => response.write(Buffer.alloc(100)), 20);
    response.once('close', () => {
      clearInterval(dripping);
      isClosed = true;
    });
  });
  const refused = remote.ask(question, AbortSignal.timeout(300));
  await expect(refused).rejects.toMatchObject({ reason: 'DEADLINE' });
  await expect.poll(() => isClosed, { timeout: 10_000 }).toBe(true);
});

test('pieces of any size are put together in their order, again and again', () => {
  const pile = openPile();
  for (const size of [1, 70_000, 3]) {
    const piece = Buffer.alloc(size, 'abc');
    const all: Buffer[] = [];
    for (let count = 0; count < 100_000 / size + 2; count += 1) {
      pile.add(piece);
      all.push(piece);
    }
    expect(pile.length()).toBe(all.length * size);
    expect(pile.take().equals(Buffer.concat(all))).toBe(true);
    // The first piece stays as it came: nothing may be written into it.
    expect(piece.equals(Buffer.alloc(size, 'abc'))).toBe(true);
  }
});

test('a question whose time is over is not sent', async () => {
  let isAsked = false;
  await court.suffer(({ response }) => {
    isAsked = true;
    response.end('{"data":{}}');
  });
  await expect(remote.ask(question, AbortSignal.abort())).rejects.toMatchObject({ reason: 'DEADLINE' });
  expect(isAsked).toBe(false);
});

test('a bomb that would never end is given up at once, and hardly held in memory', async () => {
  let sent = 0;
  let isGone = false;
  await court.suffer(({ response }) => {
    response.writeHead(200, { 'content-encoding': 'gzip' });
    const zeros = Buffer.alloc(1024 * 1024);
    const gzip = createGzip();
    gzip.pipe(response);
    const more = () => {
      do sent += zeros.length;
      while (!response.destroyed && gzip.write(zeros));
    };
    gzip.on('drain', more);
    response.once('close', () => (isGone = true));
    more();
  });
  const before = process.memoryUsage();
  const startedAt = performance.now();
  expect(await ask()).toBe('TOO_LARGE');
  // The limit is 500 ms on a machine that has nothing else to do; the bomb itself is made here, too.
  expect(performance.now() - startedAt).toBeLessThan(5_000);
  await expect.poll(() => isGone, { timeout: 10_000 }).toBe(true);
  const { external, arrayBuffers } = process.memoryUsage();
  expect(external + arrayBuffers - before.external - before.arrayBuffers).toBeLessThan(20 * maxBytes);
  expect(sent).toBeGreaterThan(maxBytes);
});

describe('an answer as it is', () => {
  const inBytes = (text: Buffer) => Buffer.concat([Buffer.from('{"data":{"a":"'), text, Buffer.from('"}}')]);
  const whole = inBytes(Buffer.from('x'.repeat(maxBytes - inBytes(Buffer.alloc(0)).length)));

  test.each([
    ['ASCII', Buffer.from('debtor')],
    ['Latin letters', Buffer.from('é'.repeat(100))],
    ['Chinese', Buffer.from('徐州市铜山区'.repeat(20_000))],
    ['characters beyond the BMP', Buffer.from('𠮷🀄'.repeat(1_000))],
    ['bytes that are no UTF-8', Buffer.from([0x41, 0xff, 0xc3, 0x28, 0xe5, 0xbe])],
  ])('is read, whether its length is told or not: %s', async (_, text) => {
    const bytes = inBytes(text);
    const expected = { data: { a: new TextDecoder().decode(text) } };
    await court.suffer(({ response }) => void response.writeHead(200, { 'content-length': bytes.length }).end(bytes));
    expect(await ask()).toEqual(expected);
    await court.suffer(({ response }) => {
      response.writeHead(200).write(bytes.subarray(0, 16), () => response.end(bytes.subarray(16)));
    });
    expect(await ask()).toEqual(expected);
  });

  test('may be of just the largest size, and not one byte larger, whether its length is told or not', async () => {
    for (const isTold of [true, false]) {
      const send = (bytes: Buffer) =>
        court.suffer(({ response }) => {
          response.writeHead(200, isTold ? { 'content-length': bytes.length } : {});
          response.write(bytes, () => response.end());
        });
      await send(whole);
      expect(await ask()).toHaveProperty('data');
      await send(Buffer.concat([whole, Buffer.from(' ')]));
      expect(await ask()).toBe('TOO_LARGE');
    }
  });

  test('is lost when its connection breaks before the length that was told', async () => {
    await court.suffer(({ response }) => {
      response.writeHead(200, { 'content-length': 10_000 });
      response.write(inBytes(Buffer.from('a')), () => response.socket?.resetAndDestroy());
    });
    expect(await ask()).toBe('DOWN');
  });
});

test('a page of a server instead of an answer is its error, as JSON or not; without one it is nonsense', async () => {
  for (const text of ['<html>', '{"message":"no"}', '[]', '']) {
    await court.suffer(sends(Buffer.from(text), 'identity', 502));
    expect(await ask()).toBe('SERVER_ERROR');
    await court.suffer(sends(Buffer.from(text), 'identity'));
    expect(await ask()).toBe('GARBLED');
  }
});

test.each([
  [false, 'identity'],
  [true, 'gzip, deflate, br'],
])('answers are asked for compressed only when that is set: %j', async (compressed, expected) => {
  let asked: string | undefined;
  const own = createRemote(court.url, { compressed });
  await court.suffer(({ response }) => {
    asked = response.req.headers['accept-encoding'];
    response.end('{"data":{}}');
  });
  expect(await own.ask(question, AbortSignal.timeout(20_000))).toEqual({ data: {} });
  expect(asked).toBe(expected);
  await own.stop();
});
