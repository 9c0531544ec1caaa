import { describe, expect, test } from 'vitest';

import { createHealthBook } from '../../../../gateway/asking/health.ts';
import { verdictOfLate, verdicts } from '../../../../gateway/asking/verdicts.ts';
import type { CallOutcome } from '../../../../gateway/operating/record.ts';

describe('the health book', () => {
  test.each<CallOutcome>(['answered', 'forbidden', 'rate_limited', 'too_large'])(
    '%s means that it answered',
    (outcome) => {
      const health = createHealthBook();
      health.note('0312', 'failed');
      health.note('0312', verdicts[outcome]);
      expect(health.of('0312')).toBe('UP');
    },
  );

  test.each<CallOutcome>(['timeout', 'down', 'garbled', 'server_error'])('%s means that it did not', (outcome) => {
    const health = createHealthBook();
    health.note('0312', 'alive');
    health.note('0312', verdicts[outcome]);
    expect(health.of('0312')).toBe('DOWN');
  });

  test.each<CallOutcome>(['left', 'breaker_open', 'quarantined'])('%s changes nothing', (outcome) => {
    const health = createHealthBook();
    health.note('0312', verdicts[outcome]);
    expect(health.of('0312')).toBe('UNKNOWN');
    for (const [verdict, told] of [
      ['alive', 'UP'],
      ['failed', 'DOWN'],
    ] as const) {
      health.note('0312', verdict);
      health.note('0312', verdicts[outcome]);
      expect(health.of('0312')).toBe(told);
    }
  });
});

describe('a passed deadline', () => {
  const late = { deadlineMs: 3_000, givenMs: 3_000, stoodMs: 0, isRepeated: false };

  test('is the failure of who had time enough', () => {
    expect(verdictOfLate(late)).toBe('failed');
    expect(verdictOfLate({ ...late, givenMs: 1_500, stoodMs: 300 })).toBe('failed');
  });

  test.each([
    ['the question was sent when half of the time was over', { givenMs: 1_499 }],
    ['the hub itself stood still', { stoodMs: 301 }],
    ['the same request was let down before', { isRepeated: true }],
  ])('says nothing when %s', (_, otherwise) => {
    expect(verdictOfLate({ ...late, ...otherwise })).toBe('unknown');
  });
});
