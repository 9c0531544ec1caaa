import { afterAll, beforeAll, expect, test } from 'vitest';
import { AskError } from '../../../gateway/asking/reply.ts';
import { cityWide, plainQuery } from '../../support/city-answer.ts';
import { startOperatedCity, type OperatedCity } from './operated-city.ts';

const failing = '苏0312';
let isFailing = false;

let operated: OperatedCity;
beforeAll(async () => {
  operated = await startOperatedCity({
    breaker: { consecutiveFailures: 2, probeEveryMs: 60_000 },
    between: (code, ask) => (question, signal, headers) =>
      isFailing && code === failing
        ? Promise.reject(new AskError('GARBLED', 'nonsense'))
        : ask(question, signal, headers),
  });
});
afterAll(() => operated[Symbol.asyncDispose]());

/** The value of one series; 0 for none. */
async function value(series: string): Promise<number> {
  const line = (await operated.scrape()).split('\n').find((one) => one.startsWith(`${series} `));
  return Number(line?.slice(series.length + 1) ?? 0);
}

const callsOf = (outcome: string) =>
  value(`nonet_upstream_calls_total{kind="court",upstream="${failing}",outcome="${outcome}"}`);
const breaker = (state: string) => value(`nonet_breaker_state{kind="court",upstream="${failing}",state="${state}"}`);

test('is Prometheus’ text format: every series has its HELP and TYPE, and none is declared twice', async () => {
  const response = await fetch(`${operated.door.url}/metrics`);
  expect(response.headers.get('content-type')).toMatch(/^text\/plain; version=0\.0\.4/);
  const lines = (await response.text()).split('\n').filter((line) => line !== '');
  const declared = lines.filter((line) => line.startsWith('# TYPE ')).map((line) => line.split(' ')[2]!);
  expect(new Set(declared).size).toBe(declared.length);
  for (const name of declared) expect(lines.some((line) => line.startsWith(`# HELP ${name} `))).toBe(true);
  for (const line of lines.filter((one) => !one.startsWith('#'))) {
    expect(line).toMatch(/^[a-zA-Z_:][\w:]*(\{([\w]+="[^"\\]*",?)*\})? (-?[\d.e+-]+|\+Inf|NaN)$/);
    const name = /^[\w:]+/.exec(line)![0];
    expect(declared.some((one) => name === one || name.startsWith(`${one}_`))).toBe(true);
  }
  expect(declared).toContain('process_resident_memory_bytes');
});

test('counts requests by outcome, their seconds, and what runs now', async () => {
  const whole = await value('nonet_requests_total{outcome="whole"}');
  const seconds = await value('nonet_request_duration_seconds_count');
  await operated.ask('{ courts { code } }');
  await operated.ask('{ nothing }');
  expect(await value('nonet_requests_total{outcome="whole"}')).toBe(whole + 1);
  expect(await value('nonet_requests_total{outcome="refused"}')).toBeGreaterThan(0);
  expect(await value('nonet_errors_total{code="GRAPHQL_VALIDATION_FAILED"}')).toBe(1);
  expect(await value('nonet_request_duration_seconds_count')).toBe(seconds + 2);
  expect(await value('nonet_requests_in_flight')).toBe(0);
});

test('counts calls of courts and agencies by outcome, and their seconds', async () => {
  const before = await callsOf('answered');
  await operated.ask(cityWide, { filter: {} });
  expect(await callsOf('answered')).toBeGreaterThan(before);
  expect(await value('nonet_upstream_calls_total{kind="agency",upstream="bank",outcome="answered"}')).toBeGreaterThan(
    0,
  );
  expect(await value(`nonet_upstream_duration_seconds_count{kind="court",upstream="${failing}"}`)).toBe(
    await callsOf('answered'),
  );
  expect(await value(`nonet_upstream_calls_in_flight{kind="court",upstream="${failing}"}`)).toBe(0);
});

test('shows a breaker as it opens, the calls it stops, and the gaps that answers have', async () => {
  expect([await breaker('closed'), await breaker('open'), await breaker('half-open')]).toEqual([1, 0, 0]);
  isFailing = true;
  for (let round = 0; round < 3; round += 1) await operated.ask(plainQuery);
  expect([await breaker('closed'), await breaker('open')]).toEqual([0, 1]);
  expect([await callsOf('garbled'), await callsOf('breaker_open')]).toEqual([2, 1]);
  const gaps = (reason: string) =>
    value(`nonet_coverage_gaps_total{upstream="${failing}",status="UNREACHABLE",reason="${reason}"}`);
  expect([await gaps('GARBLED'), await gaps('BREAKER_OPEN')]).toEqual([2, 1]);
});

test('has no label that a client could fill', async () => {
  const before = (await operated.scrape()).split('\n').length;
  for (const name of ['A', 'B', 'C']) {
    await operated.ask(`query ${name} { courts { code } }`);
    await operated.ask(`{ case(number: "（2099）苏9999执${name.charCodeAt(0)}号") { number } }`);
  }
  const added = (await operated.scrape()).split('\n').length - before;
  expect(added).toBeLessThan(4);
});
