import { createChance, type Chance } from '../chance.ts';
import { authorityOf, placeOf } from '../places.ts';
import type { Filed } from '../request.ts';

/** 机动车登记信息 as the vehicle administration reports it. */
export interface Vehicle {
  readonly HPHM: string | null;
  readonly HPZL: string | null;
  readonly CLSBDH: string | null;
  readonly XLH: string | null;
  readonly CLPP: string;
  readonly CLXH: string;
  readonly CLLX: string;
  readonly CSYS: string;
  readonly CCDJRQ: string;
  readonly JYYXQZ: string | null;
  readonly ZT: string;
  readonly DYXX: readonly { readonly DYQR: string; readonly DYRQ: string }[];
  readonly CFXX: readonly VehicleSeizure[];
}

/** 查封信息; LHXH 0 is effective, n the n-th in waiting. */
export interface VehicleSeizure {
  readonly CFJG: string;
  readonly CFWH: string;
  readonly CFQSRQ: string;
  readonly CFJZRQ: string | null;
  readonly LHXH: number;
}

type Model = readonly [brand: string, model: string, type: string];

const cars: readonly Model[] = [
  ['五菱牌', 'LZW6376', '小型普通客车'],
  ['长安牌', 'SC6408', '小型普通客车'],
  ['大众牌', 'SVW7167', '小型轿车'],
  ['别克牌', 'SGM7165', '小型轿车'],
  ['比亚迪牌', 'QCJ7150', '小型轿车'],
  ['江淮牌', 'HFC1042', '轻型普通货车'],
];
const lorries: readonly Model[] = [
  ['解放牌', 'CA4250', '重型半挂牵引车'],
  ['东风牌', 'DFL1160', '中型普通货车'],
];
const machines: readonly Model[] = [
  ['徐工牌', 'XE215C', '履带式挖掘机'],
  ['徐工牌', 'QY25K5', '汽车起重机'],
  ['徐工牌', 'LW500KV', '轮式装载机'],
];

/** Every vehicle of somebody: about one debtor in five has any; one in ten is still filed under the 15-digit number only. */
export function vehiclesOf(seed: string, filed: Filed): readonly Vehicle[] {
  const chance = createChance(seed, 'vehicle', filed.number);
  if (!chance.hit(0.2)) return [];
  const filedUnderOldNumber = chance.hit(0.1) && filed.natural && filed.number.slice(6, 8) === '19';
  if (filedUnderOldNumber && !filed.byOldNumber) return [];
  const count = filed.natural ? chance.pick([1, 1, 1, 1, 2, 2, 3]) : chance.between(1, 6);
  return Array.from({ length: count }, () => vehicle(chance, filed));
}

function vehicle(chance: Chance, filed: Filed): Vehicle {
  const kind = chance.next();
  const machine = kind > 0.9;
  const heavy = !machine && kind > 0.75;
  const [brand, model, type] = chance.pick(machine ? machines : heavy ? lorries : cars);
  const registered = chance.date(2006, 2016);
  const seizures = chance.hit(0.25) ? seizuresOf(chance) : [];
  const mortgages = chance.hit(0.2) ? [{ DYQR: mortgagee(chance), DYRQ: chance.date(2014, 2016) }] : [];
  return {
    HPHM: machine ? null : plate(chance, filed, heavy),
    HPZL: machine ? null : heavy ? '01' : '02',
    CLSBDH: machine ? null : vin(chance),
    XLH: machine ? `XUG${chance.text(14, '0123456789ABCDEFGHJKLMNPRSTUVWXYZ')}` : null,
    CLPP: brand,
    CLXH: model,
    CLLX: type,
    CSYS: chance.pick(['白', '黑', '灰', '红', '黄', '蓝']),
    CCDJRQ: registered,
    JYYXQZ: machine ? null : chance.date(2016, 2019),
    ZT: letters(chance, seizures.length > 0),
    DYXX: mortgages,
    CFXX: seizures,
  };
}

function plate(chance: Chance, filed: Filed, heavy: boolean): string {
  const { plate: home } = placeOf(filed.division, chance);
  const signs = chance.text(
    heavy ? 4 : 5,
    '0123456789ABCDEFGHJKLMNPQRSTUVWXYZ'.slice(0, chance.hit(0.6) ? 10 : undefined),
  );
  return heavy ? `${home}${chance.text(1, '123456789')}${signs}` : `${home}${signs}`;
}

/** 机动车状态 (F61): one string of letters, G violations unsettled, K seized, Q inspection overdue, O locked; A alone is normal. */
function letters(chance: Chance, seized: boolean): string {
  const found = `${chance.hit(0.3) ? 'G' : ''}${seized ? 'K' : ''}${chance.hit(0.1) ? 'O' : ''}${chance.hit(0.3) ? 'Q' : ''}`;
  return found === '' ? 'A' : found;
}

function seizuresOf(chance: Chance): readonly VehicleSeizure[] {
  return Array.from({ length: chance.pick([1, 1, 1, 2, 3]) }, (_, position) => {
    const { authority, documentNumber } = authorityOf(chance);
    const from = chance.date(2016, 2017);
    // Movables: two years at most (民诉法解释 487); nothing runs while waiting.
    const until = position === 0 ? `${Number(from.slice(0, 4)) + 2}${from.slice(4)}` : null;
    return { CFJG: authority, CFWH: documentNumber, CFQSRQ: from, CFJZRQ: until, LHXH: position };
  });
}

function mortgagee(chance: Chance): string {
  return chance.pick(['徐州农村商业银行股份有限公司', '某汽车金融有限公司', '某融资租赁有限公司']);
}

/** A 17-sign VIN with its check sign at the ninth place. */
function vin(chance: Chance): string {
  const signs = 'ABCDEFGHJKLMNPRSTUVWXYZ0123456789';
  const draft = `L${chance.text(7, signs)}0${chance.text(2, signs)}${chance.text(6)}`;
  const values = 'A1B2C3D4E5F6G7H8J1K2L3M4N5P7R9S2T3U4V5W6X7Y8Z9';
  const weights = [8, 7, 6, 5, 4, 3, 2, 10, 0, 9, 8, 7, 6, 5, 4, 3, 2];
  const sum = Array.from(draft).reduce((total, sign, index) => {
    const value = /\d/.test(sign) ? Number(sign) : Number(values[values.indexOf(sign) + 1]);
    return total + value * weights[index]!;
  }, 0);
  return `${draft.slice(0, 8)}${sum % 11 === 10 ? 'X' : String(sum % 11)}${draft.slice(9)}`;
}
