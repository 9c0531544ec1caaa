import type { Imposed } from '../measures/book.ts';
import type { Vehicle } from './vehicles.ts';

/** A vehicle as an inquiry shows it, with the seizures that were taken while the upstream ran, in line behind the earlier ones. */
export function withSeizures(vehicle: Vehicle, imposed: readonly Imposed[]): Vehicle {
  if (imposed.length === 0) return vehicle;
  const own = imposed.map(({ authority, documentNumber, from, until }, index) => {
    const position = vehicle.CFXX.length + index;
    return {
      CFJG: authority,
      CFWH: documentNumber,
      CFQSRQ: from,
      CFJZRQ: position === 0 ? until : null,
      LHXH: position,
    };
  });
  const letters = vehicle.ZT.replace('A', '');
  return { ...vehicle, ZT: letters.includes('K') ? letters : `${letters}K`, CFXX: [...vehicle.CFXX, ...own] };
}

/** By what the book names a vehicle, and whether a request means it: by plate, VIN or serial. */
export function nameOf({ CLSBDH, XLH, HPHM }: Vehicle): string {
  return CLSBDH ?? XLH ?? HPHM ?? '';
}

export function isMeant({ CLSBDH, XLH, HPHM }: Vehicle, named: string): boolean {
  return named !== '' && [CLSBDH, XLH, HPHM].includes(named);
}
