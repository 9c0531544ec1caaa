import { describe, expect, it } from 'vitest';
import { distinct, sayTheSame } from '../../../subgraphs/kit/inquiry/distinct.ts';
import { hidesColumn, underContractNames } from '../../../subgraphs/kit/inquiry/names.ts';

describe('underContractNames', () => {
  it('knows capitals, LIST at the end and other names, at every depth', () => {
    expect(
      underContractNames(
        { cxqqdh: 'YH1', zhxxList: [{ zhxh: 1, DJXXLIST: [{ xh: 1 }], 新列: { a: 1 } }] },
        { ZHXH: 'CCXH' },
      ),
    ).toEqual({ BDHM: 'YH1', ZHXX: [{ CCXH: 1, DJXX: [{ XH: 1 }], 新列: { A: 1 } }] });
  });

  it('takes of two names of one column the one that says something', () => {
    const row = { BDHM: '', CXQQDH: 'YH1', ye: null, YE: '1.00', DJXX: [], djxxList: [{ XH: 1 }] };
    expect(underContractNames(row)).toEqual({ BDHM: 'YH1', YE: '1.00', DJXX: [{ XH: 1 }] });
    expect(underContractNames({ BDHM: 'A', CXQQDH: 'A' })).toEqual({ BDHM: 'A' });
  });

  it('makes a column that says two things unreadable, and no other', () => {
    const { BDHM, XM } = underContractNames({ BDHM: 'A', CXQQDH: 'B', XM: 'C' }) as Record<string, unknown>;
    expect(typeof BDHM).toBe('object');
    expect(XM).toBe('C');
  });

  it('leaves what is no object alone, and takes no name from what objects inherit', () => {
    for (const value of [null, 1, 'a', true, []]) expect(underContractNames(value)).toEqual(value);
    expect(underContractNames(JSON.parse('{"constructor":1,"__proto__":2}'))).toEqual({ CONSTRUCTOR: 1, __PROTO__: 2 });
  });
});

describe('hidesColumn', () => {
  const columns = { known: ['KYYE', 'DJXX', 'TEL'], deciding: { KYYE: 'amount', DJXX: 'list' } } as const;

  it.each([
    [{ KYYE: '1.00' }, false],
    [{}, false],
    [{ YZBM: '221000', BZ: 'x' }, false],
    [{ SJKY: '12.00' }, true],
    [{ SJKY: '12.00', KYYE: '' }, false],
    [{ KYYE: '1.00', ZX: [{ A: 1 }] }, true],
    [{ KYYE: '1.00', ZX: [] }, false],
    [{ TEL: '12.00', DJXX: [] }, false],
  ])('of %j is %s', (row, hidden) => {
    expect(hidesColumn(row, columns)).toBe(hidden);
  });
});

describe('distinct', () => {
  it('keeps the first of rows that say the same, whatever the order of their columns', () => {
    const rows = [{ a: 1, b: [{ c: 2, d: 3 }] }, { b: [{ d: 3, c: 2 }], a: 1 }, { a: 2 }, { a: 1, b: [] }];
    expect(distinct(rows)).toEqual([rows[0], rows[2], rows[3]]);
    expect(sayTheSame([1, 2], [2, 1])).toBe(false);
  });
});
