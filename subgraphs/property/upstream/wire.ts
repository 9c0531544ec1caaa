import { z } from 'zod';
import {
  countColumn,
  dateColumn,
  instantColumn,
  listColumn,
  moneyColumn,
  textColumn,
} from '../../kit/inquiry/columns.ts';

const unitNumber = z.string().min(1);
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

/** The answer to one request: nine lists of rights, any of which may be absent. */
export const answerSchema = z.object({
  RESULT: z.enum(['0000', '0001']),
  FKSJ: instantColumn,
  FDCQ: listColumn(houseSchema),
  TDSYQ: listColumn(landSchema),
  JSYDSYQ: listColumn(landSchema),
  HYSYQ: listColumn(landSchema),
  GJZWSYQ: listColumn(landSchema),
  LQ: listColumn(landSchema),
  YG: listColumn(landSchema),
  DYAQ: listColumn(mortgageSchema),
  CFDJ: listColumn(seizureSchema),
});
export type PropertyAnswer = z.infer<typeof answerSchema>;
