import { z } from 'zod';
import { countColumn, dateColumn, instantColumn, listColumn, textColumn } from '../../kit/inquiry/columns.ts';
import { garbled, type Settled } from '../../kit/inquiry/outcome.ts';
import { returnedSchema, toRefusal } from '../../kit/inquiry/returned.ts';
import type { VehicleRecord } from './vehicle-record.ts';

const seizureSchema = z.object({
  CFJG: textColumn,
  CFWH: textColumn,
  CFQSRQ: dateColumn,
  CFJZRQ: dateColumn,
  LHXH: countColumn,
});
const vehicleSchema = z.object({
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
  // 机动车状态 is one string of several letters, such as GK (F61): a set.
  ZT: z.string().regex(/^[A-Z]*$/),
  DYXX: listColumn(z.object({ DYQR: textColumn, DYRQ: dateColumn })),
  CFXX: listColumn(seizureSchema),
});
const answerSchema = z.discriminatedUnion('RESULT', [
  z.object({ RESULT: z.literal('0000'), BDHM: z.string(), FKSJ: instantColumn, CLXX: z.array(vehicleSchema).min(1) }),
  z.object({ RESULT: z.literal('0001'), BDHM: z.string(), FKSJ: instantColumn, CLXX: listColumn(z.unknown()) }),
  z.object({ RESULT: z.literal('1001'), BDHM: z.string(), HTXX: returnedSchema }),
]);

/** Reads the answer to one request; one under another number, or "nothing" with rows, is garbled. */
export function readVehicleAnswer(answer: unknown, requestNumber: string): Settled<VehicleRecord> {
  const { data } = answerSchema.safeParse(answer);
  if (data?.BDHM !== requestNumber) return garbled;
  switch (data.RESULT) {
    case '1001':
      return toRefusal(data.HTXX);
    case '0001':
      return data.CLXX.length > 0 ? garbled : { kind: 'ANSWERED', answeredAt: data.FKSJ, records: [] };
    case '0000':
      return { kind: 'ANSWERED', answeredAt: data.FKSJ, records: data.CLXX.map(toVehicle) };
  }
}

function toVehicle(row: z.infer<typeof vehicleSchema>): VehicleRecord {
  return {
    plateNumber: row.HPHM,
    plateType: row.HPZL,
    vin: row.CLSBDH,
    machineSerial: row.XLH,
    brand: row.CLPP,
    model: row.CLXH,
    vehicleType: row.CLLX,
    colour: row.CSYS,
    statusLetters: [...new Set(Array.from(row.ZT))].sort(),
    firstRegisteredOn: row.CCDJRQ,
    inspectionValidUntil: row.JYYXQZ,
    mortgages: row.DYXX.map(({ DYQR, DYRQ }) => ({ holder: DYQR, since: DYRQ })),
    seizures: row.CFXX.map(toSeizure).sort((a, b) => a.queuePosition - b.queuePosition),
  };
}

function toSeizure({ CFJG, CFWH, CFQSRQ, CFJZRQ, LHXH }: z.infer<typeof seizureSchema>) {
  return { authority: CFJG, documentNumber: CFWH, from: CFQSRQ, until: CFJZRQ, queuePosition: LHXH };
}
