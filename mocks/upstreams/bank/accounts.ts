import { createChance, type Chance } from '../chance.ts';
import { authorityOf, toYuan } from '../places.ts';
import type { Filed } from '../request.ts';

/** 账户信息: an account as a bank reports it, without its serial in the answer. */
export interface Account {
  readonly YHMC: string;
  readonly KHWD: string;
  readonly KHZH: string;
  readonly CCLB: string;
  readonly ZHZT: string;
  readonly KHRQ: string;
  readonly XHRQ: string | null;
  readonly BZ: string;
  readonly YE: string;
  readonly KYYE: string;
  readonly DJXX: readonly PriorFreeze[];
}

/** 冻结信息: a measure that lies on an account already. */
export interface PriorFreeze {
  readonly XH: number;
  /** Null while it waits. */
  readonly DJJZRQ: string | null;
  readonly DJJG: string;
  readonly DJWH: string;
  readonly DJJE: string;
}

/** The banks behind the one door, in the order of their codes. */
export const banks = [
  '中国工商银行',
  '中国农业银行',
  '中国银行',
  '中国建设银行',
  '交通银行',
  '中国邮政储蓄银行',
  '江苏银行',
  '徐州农村商业银行',
] as const;

/** Everything that the banks hold for somebody: for about seven of ten, nothing. */
export function accountsOf(seed: string, filed: Filed): readonly Account[] {
  const chance = createChance(seed, 'bank', filed.number);
  if (chance.hit(0.7)) return [];
  const count = chance.pick([1, 1, 1, 2, 2, 3, 4]);
  return Array.from({ length: count }, () => account(chance, filed));
}

function account(chance: Chance, { natural }: Filed): Account {
  const bank = chance.pick(banks);
  const balance = natural ? personalBalance(chance) : businessBalance(chance);
  const freezes = chance.hit(0.18) ? priorFreezes(chance, balance) : [];
  const taken = freezes.reduce((sum, { fen }) => sum + fen, 0);
  const closed = chance.hit(0.04);
  return {
    YHMC: bank,
    KHWD: `${bank}徐州${chance.pick(['铜山', '泉山', '云龙', '新沂', '邳州', '睢宁', '开发区'])}支行`,
    KHZH: natural ? cardNumber(chance) : `3203${chance.text(13)}`,
    CCLB: natural ? '个人储蓄' : chance.pick(['基本存款账户', '一般存款账户']),
    ZHZT: closed ? '销户' : chance.pick(['正常', '正常', '正常', '正常', '久悬', '睡眠']),
    KHRQ: chance.date(2003, 2016),
    XHRQ: closed ? chance.date(2017, 2017) : null,
    BZ: chance.hit(0.98) ? 'CNY' : 'USD',
    YE: closed ? '0.00' : toYuan(balance),
    KYYE: closed ? '0.00' : toYuan(Math.max(0, balance - taken)),
    DJXX: closed ? [] : freezes.map(({ row }) => row),
  };
}

/** Fen: mostly change, few large. */
function personalBalance(chance: Chance): number {
  const size = chance.next();
  if (size < 0.55) return chance.between(0, 9_999);
  if (size < 0.88) return chance.between(10_000, 200_000);
  if (size < 0.97) return chance.between(200_001, 5_000_000);
  return chance.between(5_000_001, 80_000_000);
}

function businessBalance(chance: Chance): number {
  return chance.hit(0.85) ? chance.between(0, 900_000) : chance.between(900_001, 300_000_000);
}

function priorFreezes(chance: Chance, balance: number): { fen: number; row: PriorFreeze }[] {
  return Array.from({ length: chance.pick([1, 1, 2]) }, (_, index) => {
    const fen = chance.between(100_000, Math.max(100_001, balance * 2));
    const { authority, documentNumber } = authorityOf(chance);
    const row = {
      XH: index + 1,
      DJJZRQ: chance.date(2018, 2018),
      DJJG: authority,
      DJWH: documentNumber,
      DJJE: toYuan(fen),
    };
    return { fen, row };
  });
}

/** A 19-digit card number whose last digit is its Luhn check; the issuer prefix is nobody's. */
function cardNumber(chance: Chance): string {
  const body = `629999${chance.text(12)}`;
  const sum = Array.from(body).reduce((total, sign, index) => {
    const doubled = Number(sign) * (index % 2 === body.length % 2 ? 1 : 2);
    return total + (doubled > 9 ? doubled - 9 : doubled);
  }, 0);
  return `${body}${(10 - (sum % 10)) % 10}`;
}
