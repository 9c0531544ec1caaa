import { describe, expect, test } from 'vitest';

import { isRead, type EndedCall, type OpenCall } from '../../../../gateway/asking/call.ts';
import type { FailureReason } from '../../../../gateway/asking/reply.ts';
import { createRetry } from '../../../../gateway/asking/retry.ts';
import { defaultAsking } from '../../../../gateway/asking/settings.ts';
import { outcomeOf, verdicts } from '../../../../gateway/asking/verdicts.ts';
import { openRecord, type UpstreamKind } from '../../../../gateway/operating/record.ts';

const settings = { ...defaultAsking.retry, backoffMs: 50, leastLeftMs: 100 };
const enoughMs = 3_000;

const open = (random = 0.5) => createRetry({ settings, random: () => random });

function failed(reason: FailureReason, wasSent = true): EndedCall {
  const outcome = outcomeOf[reason];
  const status = reason === 'DEADLINE' ? 'TIMEOUT' : 'UNREACHABLE';
  return { reply: { kind: 'failed', status, reason, wasSent, elapsedMs: 1 }, outcome, verdict: verdicts[outcome] };
}

function call(query = '{ a }', kind: UpstreamKind = 'court'): OpenCall {
  const { signal } = new AbortController();
  const question = { query };
  const record = openRecord();
  const rest = { headers: {}, deadlineMs: enoughMs, signal, request: signal, record, startedAtMs: 0 };
  return { kind, question, isRead: isRead(question), ...rest };
}

const change = call('mutation { a }');

describe('the same endpoint is asked again', () => {
  test.each<FailureReason>(['DOWN', 'SERVER_ERROR'])('after %s', (reason) => {
    expect(open().againAfterMs(failed(reason), call(), enoughMs)).toBe(50);
  });

  test.each<FailureReason>(['GARBLED', 'DEADLINE', 'TOO_LARGE', 'FORBIDDEN', 'RATE_LIMITED', 'BREAKER_OPEN'])(
    'never after %s',
    (reason) => {
      expect(open().againAfterMs(failed(reason), call(), enoughMs)).toBeNull();
    },
  );

  test('after a wait between half and one and a half of the backoff', () => {
    expect(open(0).againAfterMs(failed('DOWN'), call(), enoughMs)).toBe(25);
    expect(open(0.999).againAfterMs(failed('DOWN'), call(), enoughMs)).toBe(75);
  });

  test('only when enough of the deadline is left after the wait', () => {
    expect(open().againAfterMs(failed('DOWN'), call(), 149)).toBeNull();
    expect(open().againAfterMs(failed('DOWN'), call(), 150)).toBe(50);
  });

  test('within the budget', () => {
    const retry = open();
    const ask = () => retry.againAfterMs(failed('DOWN'), call(), enoughMs);
    expect([ask(), ask()]).toEqual([50, null]);
    for (let times = 0; times < 10; times += 1) retry.called();
    expect([ask(), ask()]).toEqual([50, null]);
  });

  test('a refusal of another kind takes nothing from the budget', () => {
    const retry = open();
    retry.againAfterMs(failed('GARBLED'), call(), enoughMs);
    retry.againAfterMs(failed('DOWN'), change, enoughMs);
    retry.againAfterMs(failed('DOWN'), call(), 10);
    expect(retry.againAfterMs(failed('DOWN'), call(), enoughMs)).toBe(50);
  });
});

describe.each([
  ['a change', change],
  ['a question to an agency', call('{ a }', 'agency')],
])('%s', (_, asked) => {
  test('is asked again only when it was certainly not sent', () => {
    expect(open().againAfterMs(failed('DOWN', true), asked, enoughMs)).toBeNull();
    expect(open().mayMoveOn(failed('DOWN', true), asked, enoughMs)).toBe(false);
    expect(open().againAfterMs(failed('DOWN', false), asked, enoughMs)).toBe(50);
  });
});

describe('another endpoint is asked', () => {
  test('also after nonsense, which another program need not say', () => {
    expect(open().mayMoveOn(failed('GARBLED'), call(), enoughMs)).toBe(true);
  });

  test.each<FailureReason>(['DEADLINE', 'TOO_LARGE', 'FORBIDDEN', 'RATE_LIMITED'])('never after %s', (reason) => {
    expect(open().mayMoveOn(failed(reason), call(), enoughMs)).toBe(false);
  });

  test('free when the first was not reached, and out of the budget when it was', () => {
    const retry = open();
    for (let times = 0; times < 5; times += 1) {
      expect(retry.mayMoveOn(failed('DOWN', false), call(), enoughMs)).toBe(true);
    }
    expect(retry.mayMoveOn(failed('DOWN'), call(), enoughMs)).toBe(true);
    expect(retry.mayMoveOn(failed('DOWN'), call(), enoughMs)).toBe(false);
    expect(retry.mayMoveOn(failed('DOWN', false), call(), 99)).toBe(false);
  });
});

test.each([
  ['mutation { a }', false],
  ['mutation M($a: Int) { a(b: $a) }', false],
  ['fragment F on T { a } mutation M { ...F }', false],
  ['# a comment\nmutation{a}', false],
  [',mutation{a}', false],
  ['\uFEFFmutation { a }', false],
  ['{ a }', true],
  ['query mutations { mutationsOf { a } }', true],
])('tells a read from a change: %s', (query, expected) => {
  expect(isRead({ query })).toBe(expected);
});
