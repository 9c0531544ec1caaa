/** The load: so many connections, each with one question under way at a time. */

import { setTimeout as pause } from 'node:timers/promises';
import { Client, Pool, type Dispatcher } from 'undici';

import { requestIdHeader } from '../../common/request-id.ts';
import { namedRequest } from './upstreams/serve.ts';

const json = { 'content-type': 'application/json', accept: 'application/json' };

export interface Driven {
  readonly requests: number;
  readonly seconds: number;
  /** Milliseconds from question to the last byte of the answer, ascending. */
  readonly latenciesMs: readonly number[];
  /** Answers that were no HTTP 200 of the length of the right one, within a hundredth. */
  readonly wrong: number;
}

export interface Drive {
  readonly url: string;
  /** Sent with each question: a token. */
  readonly headers: Readonly<Record<string, string>>;
  readonly query: string;
  readonly connections: number;
  readonly durationMs: number;
  /** Bytes of the right answer; null when it is not known. */
  readonly length: number | null;
}

/** Asks until the time is over; questions under way are waited for and counted. */
export async function drive({ url, headers, query, connections, durationMs, length }: Drive): Promise<Driven> {
  const { origin, pathname } = new URL(url);
  const body = JSON.stringify({ query });
  const latenciesMs: number[] = [];
  let wrong = 0;
  const startedAt = performance.now();
  const until = startedAt + durationMs;
  const isRight = (status: number, bytes: number) =>
    status === 200 && (length === null || Math.abs(bytes - length) <= length / 100);
  await Promise.all(
    Array.from({ length: connections }, async () => {
      const client = new Client(origin);
      while (performance.now() < until) {
        const askedAt = performance.now();
        const { status, bytes } = await askOnce(client, pathname, body, headers);
        latenciesMs.push(performance.now() - askedAt);
        if (!isRight(status, bytes)) wrong += 1;
      }
      await client.close();
    }),
  );
  const seconds = (performance.now() - startedAt) / 1_000;
  return { requests: latenciesMs.length, seconds, latenciesMs: latenciesMs.sort((one, other) => one - other), wrong };
}

/** One of `driveEvenly`: by its name, milliseconds from when it was to be asked to the last byte of the answer. */
export type Timed = readonly [name: string, ms: number];

/**
 * Asks at an even rate, whether answers come or not; each question has a name of its own. A question counts from when it was to be
 * asked, so that nothing is gained by being late.
 */
export async function driveEvenly(
  { url, headers, query, connections, durationMs }: Omit<Drive, 'length'>,
  perSecond: number,
): Promise<Timed[]> {
  const { origin, pathname } = new URL(url);
  const pool = new Pool(origin, { connections, pipelining: 1 });
  const body = JSON.stringify({ query });
  const timed: Timed[] = [];
  const startedAt = performance.now();
  const asked = Array.from({ length: Math.floor((perSecond * durationMs) / 1_000) }, async (_, index) => {
    const dueAt = startedAt + (index * 1_000) / perSecond;
    await pause(Math.max(0, dueAt - performance.now()));
    const name = namedRequest + lettersOf(index);
    const { status } = await askOnce(pool, pathname, body, { ...headers, [requestIdHeader]: name });
    if (status === 200) timed.push([name, performance.now() - dueAt]);
  });
  await Promise.all(asked);
  await pool.close();
  return timed;
}

/** Letters only, as a hub takes them over: many digits could be somebody's number. */
function lettersOf(index: number): string {
  return index.toString().replace(/\d/g, (digit) => 'abcdefghij'[Number(digit)]!);
}

/** A question at the lowest level of the client, so that the load costs little of the core that it shares. */
function askOnce(
  client: Dispatcher,
  path: string,
  body: string,
  own: Readonly<Record<string, string>>,
): Promise<{ status: number; bytes: number }> {
  return new Promise((resolve, reject) => {
    let [status, bytes] = [0, 0];
    client.dispatch(
      { method: 'POST', path, headers: { ...json, ...own }, body },
      {
        onRequestStart: () => undefined,
        onResponseStart: (_, statusCode) => {
          status = statusCode;
        },
        onResponseData: (_, piece) => {
          bytes += piece.length;
        },
        onResponseEnd: () => resolve({ status, bytes }),
        onResponseError: (_, error) => reject(error),
      },
    );
  });
}
