import { z } from 'zod';
import {
  countColumn,
  dateColumn,
  instantColumn,
  listColumn,
  moneyColumn,
  textColumn,
} from '../../kit/inquiry/columns.ts';
import type { OtherNames, RowColumns } from '../../kit/inquiry/names.ts';

/** What bank-side programs call columns of the contract. */
export const bankNames: OtherNames = { ZHXH: 'CCXH', ZHLB: 'CCLB', YHZH: 'KHZH' };

const header = { YHMC: textColumn, CCXH: countColumn, FKSJ: instantColumn };

/** 冻结信息: a measure that lies on an account already. */
export const freezeSchema = z.object({
  XH: countColumn,
  DJJZRQ: dateColumn,
  DJJG: textColumn,
  DJWH: textColumn,
  DJJE: moneyColumn,
});

/**
 * A bank that knows nobody: 查无开户信息 in the account-number column (F20), in whatever wording. With money beside it,
 * it says two things.
 */
export const noAccountSchema = z.object({
  ...header,
  KHZH: z.string().regex(/^\s*查无/),
  YE: moneyColumn.refine(isNoMoney),
  KYYE: moneyColumn.refine(isNoMoney),
  DJXX: listColumn(z.unknown()).refine((rows) => rows.length === 0),
});

/** 账户信息. */
export const accountSchema = z.object({
  ...header,
  KHWD: textColumn,
  // An account number and nothing else: no other sentence in this column may pass for one.
  KHZH: z.string().regex(/^[0-9A-Za-z-]{4,40}$/),
  ZHZT: textColumn,
  KHRQ: dateColumn,
  BZ: textColumn,
  YE: moneyColumn,
  KYYE: moneyColumn,
  DJXX: listColumn(freezeSchema),
});

/** Columns of an account's row, and those that must not be missed. */
export const accountColumns: RowColumns = {
  known: [...Object.keys(accountSchema.shape), 'CCLB', 'XHRQ'],
  deciding: { YE: 'amount', KYYE: 'amount', DJXX: 'list' },
};

/** 银行反馈情况: how it stands with one bank, and how many rows it has sent. */
export const standingSchema = z.object({
  YHMC: z.string().trim().min(1),
  FKZT: z.enum(['0', '1', '2']),
  TS: countColumn.nullish(),
  FKSJ: instantColumn.nullish(),
  YY: textColumn,
});

/** What has arrived about one request. */
export const elementSchema = z.object({
  WCZT: z.enum(['0', '1']),
  YHS: countColumn.nullish(),
  YFKYHS: countColumn.nullish(),
  YHQK: listColumn(standingSchema),
  ZHXX: z.array(z.unknown()),
});
export type BankElement = z.infer<typeof elementSchema>;

function isNoMoney(amount: string | null): boolean {
  return amount === null || /^0+\.00$/.test(amount);
}
