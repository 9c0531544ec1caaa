import type { Book } from '../measures/book.ts';
import type { Rights } from './rights.ts';

/** The lists as an inquiry shows them, with the seizures that were taken while the upstream ran, in line behind the earlier ones. */
export function withSeizures(rights: Rights, book: Book): Rights {
  const own = unitsOf(rights).flatMap((unit) => {
    const before = seizuresOn(rights, unit);
    return book.of(unit).map(({ BDHM, authority, documentNumber, from, until, renewed }, index) => {
      const position = before + index;
      return {
        BDCDYH: unit,
        CFJG: authority,
        CFLX: position > 0 ? '轮候查封' : renewed ? '续封' : '查封',
        CFWH: documentNumber,
        CFQSSJ: from,
        CFJSSJ: position === 0 ? until : null,
        LHXH: position,
        YWH: BDHM.slice(-12),
      };
    });
  });
  return own.length === 0 ? rights : { ...rights, CFDJ: [...rights.CFDJ, ...own] };
}

/** The units in which somebody holds a right. */
export function unitsOf({ FDCQ, TDSYQ, JSYDSYQ, HYSYQ, GJZWSYQ, LQ, YG }: Rights): readonly string[] {
  const rows = [FDCQ, TDSYQ, JSYDSYQ, HYSYQ, GJZWSYQ, LQ, YG].flat();
  return [...new Set(rows.map((row) => row['BDCDYH']).filter((unit) => typeof unit === 'string'))];
}

/** How many seizures from before this process lie on a unit. */
export function seizuresOn({ CFDJ }: Rights, unit: string): number {
  return CFDJ.filter((row) => row['BDCDYH'] === unit).length;
}
