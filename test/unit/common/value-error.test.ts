import { expect, it } from 'vitest';

import { ifReadable, ValueError } from '../../../common/value-error.ts';

const throwing = (error: Error) => (): string => {
  throw error;
};

it('a value that cannot be read is nothing, and a fault stays a fault', () => {
  expect(ifReadable(() => 'read')).toBe('read');
  expect(ifReadable(throwing(new ValueError('no number', 'a number')))).toBeUndefined();
  expect(() => ifReadable(throwing(new TypeError('a fault')))).toThrow(TypeError);
});
