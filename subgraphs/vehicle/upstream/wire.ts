import { z } from 'zod';
import { countColumn, dateColumn, instantColumn, listColumn, textColumn } from '../../kit/inquiry/columns.ts';
import type { OtherNames, RowColumns } from '../../kit/inquiry/names.ts';
import { returnedSchema } from '../../kit/inquiry/returned.ts';

/** What programs of the vehicle administration call columns of the contract. */
export const vehicleNames: OtherNames = { CPH: 'HPHM', JDCZT: 'ZT' };

/** 查封信息. */
export const seizureSchema = z.object({
  CFJG: textColumn,
  CFWH: textColumn,
  CFQSRQ: dateColumn,
  CFJZRQ: dateColumn,
  LHXH: countColumn,
});

/** 机动车登记信息. */
export const vehicleSchema = z.object({
  XH: countColumn.nullish(),
  HPHM: textColumn,
  HPZL: textColumn,
  CLSBDH: textColumn,
  XLH: textColumn,
  CLPP: textColumn,
  CLXH: textColumn,
  CLLX: textColumn,
  CSYS: textColumn,
  CCDJRQ: dateColumn,
  JYYXQZ: dateColumn,
  // 机动车状态 is one string of several letters, such as GK (F61): a set; some write commas between them.
  ZT: textColumn.pipe(
    z
      .string()
      .regex(/^[A-Z](?:[ ,，、]?[A-Z])*$/)
      .nullable(),
  ),
  DYXX: listColumn(z.object({ DYQR: textColumn, DYRQ: dateColumn })),
  CFXX: listColumn(seizureSchema),
});
export type VehicleRow = z.infer<typeof vehicleSchema>;

/** Columns of a vehicle's row, and those that must not be missed. */
export const vehicleColumns: RowColumns = {
  known: Object.keys(vehicleSchema.shape),
  deciding: { ZT: 'letters', DYXX: 'list', CFXX: 'list' },
};

const answered = {
  BDHM: z.string(),
  FKSJ: instantColumn,
  TS: countColumn.nullish(),
  CLXX: listColumn(z.unknown()),
};

/** The answer to one request: rows, nothing on record, or the request handed back. */
export const answerSchema = z.discriminatedUnion('RESULT', [
  z.object({ RESULT: z.literal('0000'), ...answered }),
  z.object({ RESULT: z.literal('0001'), ...answered }),
  z.object({ RESULT: z.literal('1001'), BDHM: z.string(), HTXX: returnedSchema }),
]);

/** A row whose plate column says that there is none: 查无…, in whatever wording. */
export const nothingSchema = z.object({ HPHM: z.string().regex(/^\s*查无/), CLSBDH: textColumn, XLH: textColumn });
