import type { Inquiry } from '../../kit/inquiry/inquiry.ts';
import type { Line } from '../../kit/inquiry/line.ts';
import { UpstreamFailure, type Settled } from '../../kit/inquiry/outcome.ts';

/** A line with one request a call; how many at once is the call's to limit. One request's failure is nobody else's. */
export function createOneByOne<Row>(
  askOne: (inquiry: Inquiry, signal: AbortSignal) => Promise<Settled<Row>>,
): Line<Row> {
  const settledOf = async (inquiry: Inquiry, signal: AbortSignal): Promise<Settled<Row>> => {
    try {
      return await askOne(inquiry, signal);
    } catch (error) {
      if (!(error instanceof UpstreamFailure)) throw error;
      return { kind: 'FAILED', status: error.status, reason: error.message, lasting: false };
    }
  };
  return {
    batchSize: 100,
    ask: async (inquiries, report, signal) => {
      await Promise.all(
        inquiries.map(async (inquiry) => report.settle(inquiry.requestNumber, await settledOf(inquiry, signal))),
      );
    },
  };
}
