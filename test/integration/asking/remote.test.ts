import { once } from 'node:events';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo, Socket } from 'node:net';
import { afterEach, expect, test, vi } from 'vitest';

import { createDeadline } from '../../../common/deadline.ts';
import type { Ask, Question } from '../../../common/wire.ts';
import { askWithin } from '../../../gateway/asking/ask.ts';
import { createRemote, type Remote, type RemoteOptions } from '../../../gateway/asking/remote.ts';
import { defaultAsking } from '../../../gateway/asking/settings.ts';
import { createUpstream } from '../../../gateway/asking/upstream.ts';
import { openRecord } from '../../../gateway/operating/record.ts';

const stops: (() => unknown)[] = [];
afterEach(async () => {
  for (const stop of stops.splice(0).reverse()) await stop();
});

interface Upstream {
  readonly remote: Remote;
  readonly requests: IncomingMessage[];
  readonly sockets: Socket[];
  readonly server: Server;
}

/** A program that answers everything alike, unless it is told to do otherwise with a request. */
async function start(
  otherwise: (request: IncomingMessage, count: number, response: ServerResponse) => boolean = () => false,
  options: RemoteOptions = {},
): Promise<Upstream> {
  const requests: IncomingMessage[] = [];
  const sockets: Socket[] = [];
  const server = createServer((request, response) => {
    if (otherwise(request, requests.push(request), response)) return;
    request.resume();
    response.end('{"data":{"a":1}}');
  });
  server.on('connection', (socket) => sockets.push(socket)).listen(0, '127.0.0.1');
  await once(server, 'listening');
  stops.push(() => server.close().closeAllConnections());
  const remote = createRemote(`http://127.0.0.1:${(server.address() as AddressInfo).port}/graphql`, options);
  stops.push(() => remote.stop());
  return { remote, requests, sockets, server };
}

const question: Question = { query: '{ a }' };
const signal = () => AbortSignal.timeout(10_000);

/** Asks as the hub does, on behalf of the request r-1. */
function askFor(ask: Ask, deadlineMs: number, until: AbortSignal, asked = question) {
  const record = openRecord({ 'x-request-id': 'r-1' });
  const upstream = createUpstream({ kind: 'court', id: 'x', ask, retry: defaultAsking.retry, slots: 1 });
  return askWithin(upstream, asked, { deadlineMs, context: { record, signal: until } });
}

const patient = new AbortController().signal;

test('names the milliseconds that remain, of whichever deadline ends first, and the request', async () => {
  const { remote, requests } = await start();
  const request = new AbortController();
  const whole = createDeadline(request.signal, 2_000);
  await askFor(remote.ask, 300, whole.signal);
  await askFor(remote.ask, 60_000, whole.signal);
  whole.release();
  const remaining = requests.map(({ headers }) => Number(headers['nonet-deadline-ms']));
  expect(remaining.every(Number.isInteger)).toBe(true);
  expect(remaining[0]).toBeLessThanOrEqual(300);
  expect(remaining[1]).toBeGreaterThan(300);
  expect(remaining[1]).toBeLessThanOrEqual(2_000);
  expect(requests.map(({ headers }) => headers['x-request-id'])).toEqual(['r-1', 'r-1']);
});

test('names neither where there is none', async () => {
  const { remote, requests } = await start();
  await remote.ask(question, new AbortController().signal);
  expect(Object.keys(requests[0]!.headers)).not.toEqual(expect.arrayContaining(['nonet-deadline-ms']));
  expect(Object.keys(requests[0]!.headers)).not.toEqual(expect.arrayContaining(['x-request-id']));
});

/** A program that is asked one thing at a time and keeps the first question waiting until it is told to answer. */
async function startBusy() {
  let answerFirst: (() => void) | undefined;
  const { remote, requests } = await start((_, count, response) => {
    if (count > 1) return false;
    answerFirst = () => void response.end('{"data":{"a":1}}');
    return true;
  });
  const states: string[] = [];
  const upstream = createUpstream({
    kind: 'court',
    id: 'x',
    ask: remote.ask,
    slots: 1,
    breaker: defaultAsking.breaker,
    watcher: { breakerChanged: (state) => states.push(state) },
  });
  const ask = (deadlineMs: number, query = '{ a }') => {
    const context = { record: openRecord(), signal: patient };
    return askWithin(upstream, { query }, { deadlineMs, context });
  };
  const first = ask(60_000);
  await expect.poll(() => requests.length, { interval: 2 }).toBe(1);
  return { requests, states, ask, first, answerFirst: () => answerFirst?.() };
}

test('names what remains when the question is sent, not when it began to wait for a connection', async () => {
  const { ask, requests, first, answerFirst } = await startBusy();
  const askedAt = performance.now();
  const second = ask(10_000);
  await expect.poll(() => performance.now() - askedAt, { interval: 5 }).toBeGreaterThan(300);
  answerFirst();
  await Promise.all([first, second]);
  expect(Number(requests[1]!.headers['nonet-deadline-ms'])).toBeLessThanOrEqual(9_700);
});

test('questions whose time is over before a slot is free are not sent, and open no breaker', async () => {
  const { ask, requests, states, first, answerFirst } = await startBusy();
  const late = await Promise.all(Array.from({ length: 8 }, () => ask(50)));
  for (const reply of late) {
    expect(reply).toMatchObject({ kind: 'failed', status: 'TIMEOUT', reason: 'DEADLINE', wasSent: false });
  }
  expect(await ask(50, 'mutation { a }')).toMatchObject({ status: 'TIMEOUT', wasSent: false });
  expect(states).toEqual([]);
  answerFirst();
  await first;
  expect(await ask(10_000)).toMatchObject({ kind: 'answered' });
  expect(requests).toHaveLength(2);
});

test('asks again on the connections that it has', async () => {
  const { remote, sockets } = await start();
  for (let times = 0; times < 20; times++) await remote.ask(question, signal());
  // The next question may come before the connection of the last one is seen to be free.
  expect(sockets.length).toBeLessThanOrEqual(2);
});

test('a connection that is closed over there just as it is used again costs nothing', async () => {
  const { remote, requests } = await start((request, count) => {
    if (count !== 2) return false;
    request.socket.destroy();
    return true;
  });
  await askFor(remote.ask, 10_000, patient);
  expect(await askFor(remote.ask, 10_000, patient)).toMatchObject({ answer: { data: { a: 1 } } });
  expect(requests).toHaveLength(3);
});

test('a connection that is closed while it rests is not used again', async () => {
  const { remote, sockets } = await start();
  await remote.ask(question, signal());
  sockets[0]!.destroy();
  expect(await remote.ask(question, signal())).toEqual({ data: { a: 1 } });
});

test('what changes something is not asked twice, and neither is a question that fails again', async () => {
  const { remote, requests } = await start((request) => {
    request.socket.destroy();
    return true;
  });
  const change = await askFor(remote.ask, 10_000, patient, { query: 'mutation { a }' });
  expect(change).toMatchObject({ reason: 'DOWN', wasSent: true });
  expect(requests).toHaveLength(1);
  expect(await askFor(remote.ask, 10_000, patient)).toMatchObject({ reason: 'DOWN' });
  expect(requests).toHaveLength(3);
});

test('a program that died and came back on its port is asked again', async () => {
  const { remote, server, sockets } = await start();
  const { port } = server.address() as AddressInfo;
  await remote.ask(question, signal());
  server.close().closeAllConnections();
  for (const socket of sockets) socket.destroy();
  await vi.waitFor(() => expect(server.listening).toBe(false));
  await expect(remote.ask(question, signal())).rejects.toThrow('ECONNREFUSED');
  server.listen(port, '127.0.0.1');
  await once(server, 'listening');
  expect(await remote.ask(question, signal())).toEqual({ data: { a: 1 } });
});

test('a deadline that passes over there first is a timeout here too', async () => {
  const server = createServer((request, response) => {
    request.resume();
    response.writeHead(504).end('{"errors":[{"message":"late"}]}');
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  stops.push(() => server.close().closeAllConnections());
  const remote = createRemote(`http://127.0.0.1:${(server.address() as AddressInfo).port}/graphql`);
  stops.push(() => remote.stop());
  const reply = await askFor(remote.ask, 5_000, new AbortController().signal);
  expect(reply).toMatchObject({ kind: 'failed', status: 'TIMEOUT', reason: 'DEADLINE' });
});
