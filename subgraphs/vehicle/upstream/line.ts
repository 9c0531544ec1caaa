import { z } from 'zod';
import type { Call } from '../../kit/inquiry/call.ts';
import { categoryOf, type Inquiry } from '../../kit/inquiry/inquiry.ts';
import type { Line } from '../../kit/inquiry/line.ts';
import { UpstreamFailure, type Settled } from '../../kit/inquiry/outcome.ts';
import { toStem } from '../../kit/inquiry/stem.ts';
import { readVehicleAnswer } from './answer.ts';
import type { VehicleRecord } from './vehicle-record.ts';

const numbered = z.object({ BDHM: z.string() });

/** One debtor a call; how many at once is the call's to limit. One debtor's failure is nobody else's. */
export function createVehicleLine(call: Call): Line<VehicleRecord> {
  const askOne = async (inquiry: Inquiry, signal: AbortSignal): Promise<Settled<VehicleRecord>> => {
    try {
      const request = { LB: categoryOf('VEHICLE'), XZ: '1', ...toStem(inquiry) };
      return readVehicleAnswer(await call('POST', '/v1/vehicle-queries', request, signal), inquiry.requestNumber);
    } catch (error) {
      if (!(error instanceof UpstreamFailure)) throw error;
      return { kind: 'FAILED', status: error.status, reason: error.message, lasting: false };
    }
  };

  return {
    batchSize: 100,
    ask: async (inquiries, report, signal) => {
      await Promise.all(
        inquiries.map(async (inquiry) => report.settle(inquiry.requestNumber, await askOne(inquiry, signal))),
      );
    },
    hear: (answer) => {
      const { data } = numbered.safeParse(answer);
      if (data === undefined) return null;
      return new Map([[data.BDHM, ({ requestNumber }: Inquiry) => readVehicleAnswer(answer, requestNumber)]]);
    },
  };
}
