import { z } from 'zod';
import type { Call } from '../../kit/inquiry/call.ts';
import { categoryOf } from '../../kit/inquiry/inquiry.ts';
import type { Line } from '../../kit/inquiry/line.ts';
import { toStem } from '../../kit/inquiry/stem.ts';
import { readVehicleAnswer } from './answer.ts';
import { createOneByOne } from './one-by-one.ts';
import type { VehicleRecord } from './vehicle-record.ts';

const numbered = z.object({ BDHM: z.string() });

/** One debtor a call. */
export function createVehicleLine(call: Call): Line<VehicleRecord> {
  const asked = createOneByOne(async (inquiry, signal) => {
    const request = { LB: categoryOf('VEHICLE'), XZ: '1', ...toStem(inquiry) };
    return readVehicleAnswer(await call('POST', '/v1/vehicle-queries', request, signal), inquiry.requestNumber);
  });
  return {
    ...asked,
    hear: (answer) => {
      const { data } = numbered.safeParse(answer);
      if (data === undefined) return null;
      return new Map([[data.BDHM, ({ requestNumber }) => readVehicleAnswer(answer, requestNumber)]]);
    },
  };
}
