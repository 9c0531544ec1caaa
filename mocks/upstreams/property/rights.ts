import { createChance, type Chance } from '../chance.ts';
import { authorityOf, placeOf, toYuan } from '../places.ts';
import type { Filed, Request } from '../request.ts';

/** 权利人信息: one holder of a right, with the share. */
export interface Holder {
  readonly QLRMC: string;
  readonly ZJLX: string;
  readonly ZJH: string;
  readonly QLBL: string;
  readonly GYFS: string;
  readonly QSZT: string;
}

type Row = Readonly<Record<string, string | number | null | readonly Holder[]>>;

/** The registry's nine right lists (权利清单) about one debtor. */
export interface Rights {
  readonly FDCQ: readonly Row[];
  readonly TDSYQ: readonly Row[];
  readonly JSYDSYQ: readonly Row[];
  readonly HYSYQ: readonly Row[];
  readonly GJZWSYQ: readonly Row[];
  readonly LQ: readonly Row[];
  readonly DYAQ: readonly Row[];
  readonly YG: readonly Row[];
  readonly CFDJ: readonly Row[];
}

/** Everything registered for somebody: for about 85 of a hundred, nothing. */
export function rightsOf(seed: string, filed: Filed, request: Request): Rights {
  const chance = createChance(seed, 'property', filed.number);
  const lists: Record<keyof Rights, Row[]> = {
    FDCQ: [],
    TDSYQ: [],
    JSYDSYQ: [],
    HYSYQ: [],
    GJZWSYQ: [],
    LQ: [],
    DYAQ: [],
    YG: [],
    CFDJ: [],
  };
  if (!chance.hit(0.15)) return lists;
  const count = filed.natural ? chance.pick([1, 1, 1, 2]) : chance.pick([1, 2, 3]);
  for (let index = 0; index < count; index++) register(lists, chance, filed, request);
  return lists;
}

const rare = [
  ['TDSYQ', '号地', '集体土地'],
  ['HYSYQ', '号海域', '养殖用海'],
  ['GJZWSYQ', '号塔', '构筑物'],
] as const;

function register(lists: Record<keyof Rights, Row[]>, chance: Chance, filed: Filed, request: Request): void {
  const place = placeOf(filed.division, chance);
  const unit = `${place.division}${chance.text(6)}GB${chance.text(5)}F${chance.text(8)}`;
  const certificate = `苏（${chance.between(2015, 2017)}）${place.address.slice(3)}不动产权第${chance.text(7)}号`;
  const holders = holdersOf(chance, filed, request);
  const kind = chance.next();

  if (kind < 0.68) {
    const area = chance.between(4800, 18_900) / 100;
    lists.FDCQ.push({
      BDCDYH: unit,
      FDZL: `${place.address}${road(chance)}`,
      JZMJ: area,
      ZYJZMJ: Math.round(area * 82) / 100,
      FTJZMJ: Math.round((area - Math.round(area * 82) / 100) * 100) / 100,
      GHYT: filed.natural
        ? chance.pick(['住宅', '住宅', '住宅', '商业', '车库'])
        : chance.pick(['工业', '商业', '办公']),
      FWXZ: '市场化商品房',
      BDCQZH: certificate,
      DJJG: `${place.address}不动产登记中心`,
      YWH: `${chance.between(2015, 2017)}${chance.text(8)}`,
      QLRXX: holders,
    });
  } else if (kind < 0.92) {
    lists.JSYDSYQ.push({
      BDCDYH: unit,
      ZL: `${place.address}${chance.pick(['柳泉镇', '官湖镇', '双沟镇', '棋盘镇', '大吴镇'])}${chance.between(1, 12)}组`,
      MJ: chance.between(12_000, 60_000) / 100,
      YT: filed.natural ? '农村宅基地' : '工业用地',
      BDCQZH: certificate,
      QLRXX: holders,
    });
  } else if (kind < 0.96) {
    // Forest in one of two, the three rare rights in the others.
    const [list, lies, use] =
      kind < 0.94 ? (['LQ', '号林地', '林地'] as const) : (rare[Math.floor((kind - 0.94) * 150)] ?? rare[0]);
    lists[list].push({
      BDCDYH: unit,
      ZL: `${place.address}${chance.between(1, 20)}${lies}`,
      MJ: chance.between(100_000, 900_000) / 100,
      YT: use,
      BDCQZH: certificate,
      QLRXX: holders,
    });
  } else {
    lists.YG.push({
      BDCDYH: unit,
      ZL: `${place.address}${road(chance)}`,
      MJ: chance.between(7000, 14_000) / 100,
      YT: '住宅',
      BDCQZH: certificate,
      YGDJZL: '预购商品房预告登记',
      QLRXX: holders,
    });
  }
  if (chance.hit(0.45)) lists.DYAQ.push(mortgage(chance, unit, filed));
  if (chance.hit(0.35)) lists.CFDJ.push(...seizures(chance, unit));
}

/** The debtor alone, with a spouse without shares, or with somebody by shares. */
function holdersOf(chance: Chance, filed: Filed, { XM, ZJLX, DSRZJHM }: Request): readonly Holder[] {
  const own = { QLRMC: XM ?? '', ZJLX: ZJLX ?? '', ZJH: DSRZJHM ?? '', QSZT: '现势' };
  if (!filed.natural || chance.hit(0.5)) return [{ ...own, QLBL: '', GYFS: '单独所有' }];
  const other = {
    QLRMC: `${chance.pick(['刘', '陈', '杨', '赵', '周'])}${chance.pick(['梅', '军', '芳', '强', '静'])}`,
    ZJLX: '居民身份证',
    // Not a number that anybody can have: month 00, day 00.
    ZJH: `${filed.number.slice(0, 6)}19700000${chance.text(4)}`,
    QSZT: '现势',
  };
  if (chance.hit(0.6)) return [own, other].map((holder) => ({ ...holder, QLBL: '', GYFS: '共同共有' }));
  const [share, rest] = chance.pick([
    ['50%', '50%'],
    ['1/3', '2/3'],
    ['33.33%', '66.67%'],
  ] as const);
  return [
    { ...other, QLBL: rest, GYFS: '按份共有' },
    { ...own, QLBL: share, GYFS: '按份共有' },
  ];
}

function road(chance: Chance): string {
  const street = chance.pick(['淮海路', '解放路', '中山路', '建国路', '黄河路', '北京路']);
  return `${street}${chance.between(1, 299)}号${chance.between(1, 30)}幢${chance.between(1, 4)}单元${chance.between(1, 18)}0${chance.between(1, 4)}室`;
}

function mortgage(chance: Chance, unit: string, filed: Filed): Row {
  const year = chance.between(2010, 2016);
  return {
    BDCDYH: unit,
    DYR: filed.name,
    DYQR: chance.pick([
      '中国建设银行股份有限公司徐州分行',
      '徐州农村商业银行股份有限公司',
      '江苏银行股份有限公司徐州分行',
    ]),
    DYFS: chance.pick(['一般抵押', '一般抵押', '最高额抵押']),
    BDBZQSE: toYuan(chance.between(80_000, 1_500_000) * 100),
    ZWLXQSSJ: `${year}-06-01`,
    ZWLXJSSJ: `${year + chance.pick([3, 10, 20])}-05-31`,
    BDCDJZMH: `苏（${year}）徐州市不动产证明第${chance.text(7)}号`,
  };
}

function seizures(chance: Chance, unit: string): readonly Row[] {
  return Array.from({ length: chance.pick([1, 1, 2, 2, 3, 5]) }, (_, position) => {
    const { authority, documentNumber } = authorityOf(chance);
    const from = chance.date(2015, 2017);
    return {
      BDCDYH: unit,
      CFJG: authority,
      CFLX: position === 0 ? '查封' : '轮候查封',
      CFWH: documentNumber,
      CFQSSJ: from,
      // Real estate: three years at most (民诉法解释 487); nothing runs while waiting.
      CFJSSJ: position === 0 ? `${Number(from.slice(0, 4)) + 3}${from.slice(4)}` : null,
      LHXH: position,
      YWH: `${chance.between(2015, 2017)}${chance.text(8)}`,
    };
  });
}
