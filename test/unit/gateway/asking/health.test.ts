import { describe, expect, test } from 'vitest';

import { createHealthBook } from '../../../../gateway/asking/health.ts';
import type { CallOutcome } from '../../../../gateway/operating/record.ts';

describe('the health book', () => {
  test.each<CallOutcome>(['answered', 'forbidden', 'rate_limited', 'too_large'])(
    '%s means that it answered',
    (outcome) => {
      const health = createHealthBook();
      health.note('0312', 'down');
      health.note('0312', outcome);
      expect(health.of('0312')).toBe('UP');
    },
  );

  test.each<CallOutcome>(['timeout', 'down', 'garbled', 'server_error', 'breaker_open'])(
    '%s means that it did not',
    (outcome) => {
      const health = createHealthBook();
      health.note('0312', 'answered');
      health.note('0312', outcome);
      expect(health.of('0312')).toBe('DOWN');
    },
  );

  test('a call whose asker left changes nothing', () => {
    const health = createHealthBook();
    health.note('0312', 'left');
    expect(health.of('0312')).toBe('UNKNOWN');
    health.note('0312', 'answered');
    health.note('0312', 'left');
    expect(health.of('0312')).toBe('UP');
  });
});
