import { describe, expect, it } from 'vitest';
import { readRequestId } from '../../../common/request-id.ts';

describe('the name of a request', () => {
  it.each(['r-1', '9f8c2d:7.1_A', 'x'.repeat(128)])('may be %s', (name) => {
    expect(readRequestId(name)).toBe(name);
  });

  it.each([undefined, '', 'two words', 'line\nbreak', 'x'.repeat(129), '张三', ['a', 'b']])('is not %j', (name) => {
    expect(readRequestId(name)).toBeUndefined();
  });
});
