import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { maskTail } from '../../../subgraphs/kit/inquiry/mask.ts';

describe('maskTail', () => {
  it.each([
    ['6299991234567890123', 4, '★★★★★★★★★★★★★★★0123'],
    ['苏C12345', 3, '★★★★345'],
    ['苏C1234挂', 3, '★★★234★'],
    ['苏（2017）徐州市不动产权第0012345号', 3, '★★★★★★★★★★★★★★★★★★★345★'],
    ['12', 4, '★2'],
    ['', 4, ''],
  ])('shows of %s only the last %i', (number, visible, masked) => {
    expect(maskTail(number, visible)).toBe(masked);
  });

  it('keeps the length, shows at most what it may and never more than half', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme-composite' }), fc.integer({ min: 0, max: 6 }), (number, visible) => {
        const masked = Array.from(maskTail(number, visible));
        const shown = masked.filter((sign) => sign !== '★').length;
        expect(masked).toHaveLength(Array.from(number).length);
        expect(shown).toBeLessThanOrEqual(Math.min(visible, masked.length / 2));
      }),
    );
  });
});
