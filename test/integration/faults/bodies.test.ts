import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';

import {
  expectGap,
  expectNothingPrivate,
  expectOneError,
  expectWhole,
  liveRows,
  rowsOf,
  rowsQuery,
  someNumber,
} from '../../support/city-answer.ts';
import { well, type Behaviour } from '../../support/fault-proxy.ts';
import {
  cutOff,
  truncatedGzip,
  gzipBomb,
  gzipped,
  inTurn,
  oversized,
  page,
  reset,
  says,
  trickle,
} from '../../support/faults.ts';
import { broken, deadlines, shortDeadlines, startFaultyCity, type FaultyCity } from './faulty-city.ts';

let faulty: FaultyCity;
beforeAll(async () => {
  faulty = await startFaultyCity(shortDeadlines);
});
afterEach(() => faulty.court.recover());
afterAll(() => faulty[Symbol.asyncDispose]());

const mebibyte = 1024 * 1024;
const refusal = JSON.stringify({ errors: [{ message: 'no', extensions: { code: 'SOME_CODE' } }] });

/** Answers with an HTTP status and a body of JSON. */
const status =
  (code: number, body: string): Behaviour =>
  ({ response }) =>
    void response.writeHead(code, { 'content-type': 'application/json' }).end(body);

describe.each<readonly [string, Behaviour, status: string, reason: string]>([
  ['HTTP 401', page(401), 'REFUSED', 'FORBIDDEN'],
  ['HTTP 403', page(403), 'REFUSED', 'FORBIDDEN'],
  ['HTTP 429', page(429), 'REFUSED', 'RATE_LIMITED'],
  ['HTTP 500', page(500), 'UNREACHABLE', 'SERVER_ERROR'],
  ['HTTP 502', page(502), 'UNREACHABLE', 'SERVER_ERROR'],
  ['HTTP 503', page(503), 'UNREACHABLE', 'SERVER_ERROR'],
  ['HTTP 504', page(504), 'TIMEOUT', 'DEADLINE'],
  ['HTTP 500 and an error in JSON', status(500, refusal), 'UNREACHABLE', 'SERVER_ERROR'],
  ['a page for people', page(200), 'UNREACHABLE', 'GARBLED'],
  ['half of what it announced', cutOff, 'UNREACHABLE', 'DOWN'],
  ['one byte every so often', trickle(20), 'TIMEOUT', 'DEADLINE'],
  ['half of a compressed answer', truncatedGzip, 'UNREACHABLE', 'GARBLED'],
  ['64 MiB', oversized(64 * mebibyte), 'UNREACHABLE', 'TOO_LARGE'],
  ['a number', says('7'), 'UNREACHABLE', 'GARBLED'],
])('a court that answers everything with %s', (_, behaviour, status, reason) => {
  test('costs its own rows and one error', async () => {
    const { city, court } = faulty;
    await court.suffer(behaviour);
    const answer = await city.ask(rowsQuery);
    const gap = { court: broken, code: `UPSTREAM_${status}`, status, reason, url: court.url };
    expectOneError(answer, gap);
    expectGap(city, answer, gap);
    expect(rowsOf(answer)).toEqual((await liveRows(city, { cases: [broken], reach: [broken] })).rows);
  });
});

test('nonsense about a case and about all cases is one cause, told once', async () => {
  const { city, court } = faulty;
  await court.suffer(says('{"data":{}}'));
  const number = someNumber(city, broken);
  const query = 'query ($number: CaseNumber!) { case(number: $number) { stage } cases { totalCount } }';
  const answer = await city.ask(query, { number });
  expect(answer.data).toMatchObject({ case: null, cases: { totalCount: expect.any(Number) as number } });
  expectOneError(answer, { court: broken, code: 'UPSTREAM_UNREACHABLE', url: court.url });
});

test('an answer of 64 MiB is given up long before its end', async () => {
  const { city, court } = faulty;
  let most = 0;
  await court.suffer(oversized(64 * mebibyte, (sent) => (most = Math.max(most, sent))));
  await city.ask(rowsQuery);
  // What is read is bounded; what lies in the buffers of two sockets between is more.
  expect(most).toBeGreaterThan(0);
  expect(most).toBeLessThan(32 * mebibyte);
});

test('64 MiB in a few bytes of gzip cost that court’s rows and one error, whatever the hub reads', async () => {
  const { city, court } = faulty;
  await court.suffer(gzipBomb(64 * mebibyte));
  const answer = await city.ask(rowsQuery);
  expectNothingPrivate(answer, court.url);
  expect(answer.errors).toMatchObject([{ extensions: { court: broken, code: 'UPSTREAM_UNREACHABLE' } }]);
  expect(['TOO_LARGE', 'GARBLED']).toContain(answer.errors![0]!.extensions?.['reason']);
  expect(rowsOf(answer)).toEqual((await liveRows(city, { cases: [broken], reach: [broken] })).rows);
});

test('a compressed answer is as good as another, to a hub that says it reads them', async () => {
  const { city, court } = faulty;
  await court.suffer(gzipped);
  const answer = await city.ask(rowsQuery);
  expectWhole(answer);
  expect(rowsOf(answer)).toEqual((await liveRows(city, {})).rows);
});

test('a court that comes and goes is whole whenever it is there', async () => {
  const { city, court } = faulty;
  const query = '{ cases(first: 100) { totalCount coverage { complete courts { court { code } status reason } } } }';
  await court.suffer(inTurn(well, page(503), well, page(503), well));
  for (const isThere of [true, false, true, false, true]) {
    const answer = await city.ask(query);
    expect((answer.data!['cases'] as { coverage: { complete: boolean } }).coverage.complete).toBe(isThere);
    expect(answer.errors?.length ?? 0).toBe(isThere ? 0 : 1);
  }
});

test('a connection that breaks once is no gap', async () => {
  // Nothing is asked again with little time left, which a busy machine soon has.
  await using retrying = await startFaultyCity(deadlines, { retry: { floor: 10 } });
  await retrying.court.suffer(inTurn(reset, well));
  expectWhole(await retrying.city.ask(rowsQuery));
});
