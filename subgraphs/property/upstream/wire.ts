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

/** What real-estate programs call columns of the contract. */
export const propertyNames: OtherNames = { BDCFK: 'FK', GYQK: 'GYFS' };

// A sentence in place of a unit's number is no unit.
const unitNumber = z
  .string()
  .trim()
  .regex(/^(?!.*查无)\S*\d\S*$/);
const area = z.number().nonnegative().nullish();

/** 权利人信息: who holds a right, and how much of it. */
export const holderSchema = z.object({
  QLRMC: textColumn,
  ZJH: textColumn,
  QLBL: textColumn,
  GYFS: textColumn,
});

const houseSchema = z.object({
  BDCDYH: unitNumber,
  FDZL: textColumn,
  JZMJ: area,
  GHYT: textColumn,
  BDCQZH: textColumn,
  QLRXX: z.array(holderSchema),
});
const landSchema = z.object({
  BDCDYH: unitNumber,
  ZL: textColumn,
  MJ: area,
  YT: textColumn,
  BDCQZH: textColumn,
  QLRXX: z.array(holderSchema),
});

/** 抵押权. */
export const mortgageSchema = z.object({
  BDCDYH: unitNumber,
  DYR: textColumn,
  DYQR: textColumn,
  DYFS: textColumn,
  BDBZQSE: moneyColumn,
  ZWLXQSSJ: dateColumn,
  ZWLXJSSJ: dateColumn,
  BDCDJZMH: textColumn,
});

/** Columns of a mortgage's row, and those that must not be missed. */
export const mortgageColumns: RowColumns = {
  known: Object.keys(mortgageSchema.shape),
  deciding: { BDBZQSE: 'amount' },
};

/** 查封登记. */
export const seizureSchema = z.object({
  BDCDYH: unitNumber,
  CFJG: textColumn,
  CFLX: z.enum(['查封', '轮候查封', '预查封', '续封']),
  CFWH: textColumn,
  CFQSSJ: dateColumn,
  CFJSSJ: dateColumn,
  LHXH: countColumn,
});

/** A row whose unit column says that there is none: 查无…, in whatever wording. */
export const nothingSchema = z.object({ BDCDYH: z.string().regex(/^\s*查无/) });

const lists = {
  FDCQ: listColumn(houseSchema),
  TDSYQ: listColumn(landSchema),
  JSYDSYQ: listColumn(landSchema),
  HYSYQ: listColumn(landSchema),
  GJZWSYQ: listColumn(landSchema),
  LQ: listColumn(landSchema),
  YG: listColumn(landSchema),
  DYAQ: listColumn(mortgageSchema),
  CFDJ: listColumn(seizureSchema),
};

/** The nine lists by their columns. */
export const listNames = Object.keys(lists);

/** The answer to one request: nine lists of rights, any of which may be absent. */
export const answerSchema = z.object({
  RESULT: z.enum(['0000', '0001']),
  FKSJ: instantColumn,
  TS: countColumn.nullish(),
  ...lists,
});
export type PropertyAnswer = z.infer<typeof answerSchema>;

/** Columns of an answer, and those that must not be missed. */
export const answerColumns: RowColumns = {
  known: [...Object.keys(answerSchema.shape), 'BDHM', 'MSG'],
  deciding: Object.fromEntries(listNames.map((name) => [name, 'list' as const])),
};
