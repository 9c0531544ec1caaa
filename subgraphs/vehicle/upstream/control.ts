import { z } from 'zod';
import { readControlAnswer } from '../../kit/control/answer.ts';
import type { ControlAnswer } from '../../kit/control/measure.ts';
import { toControlRequest, type ControlDialect } from '../../kit/control/request.ts';
import type { Call } from '../../kit/inquiry/call.ts';
import { categoryOf, type Inquiry } from '../../kit/inquiry/inquiry.ts';
import type { Line } from '../../kit/inquiry/line.ts';
import { garbled, type Settled } from '../../kit/inquiry/outcome.ts';
import { returnedSchema, toRefusal } from '../../kit/inquiry/returned.ts';
import { createOneByOne } from './one-by-one.ts';

/** KZCS of the vehicle administration: the registry's codes, and one of ours for a vehicle that was taken away. */
const dialect: ControlDialect = {
  agency: 'VEHICLE',
  codes: { SEAL: '11', RENEW: '12', RELEASE: '14', SEIZE_PHYSICAL: '21' },
  documents: {
    SEAL: '协助执行通知书（查封）',
    RENEW: '协助执行通知书（续行查封）',
    RELEASE: '协助执行通知书（解除查封）',
    SEIZE_PHYSICAL: '协助执行通知书（扣押）',
  },
  property: ({ property }) => ({ CLBS: property }),
};

const returnedAnswer = z.object({ RESULT: z.literal('1001'), BDHM: z.string(), HTXX: returnedSchema });
const givenAnswer = z.object({ RESULT: z.literal('0000'), BDHM: z.string() });

/** One order a call, answered at once. */
export function createVehicleControls(call: Call): Line<ControlAnswer> {
  return createOneByOne(async (inquiry, signal) => {
    const request = { LB: categoryOf('VEHICLE'), XZ: '2', ...toControlRequest(dialect, inquiry) };
    return readAnswer(await call('POST', '/v1/vehicle-controls', request, signal), inquiry);
  });
}

function readAnswer(answer: unknown, inquiry: Inquiry): Settled<ControlAnswer> {
  const returned = returnedAnswer.safeParse(answer).data;
  if (returned?.BDHM === inquiry.requestNumber) return toRefusal(returned.HTXX);
  if (givenAnswer.safeParse(answer).data?.BDHM !== inquiry.requestNumber) return garbled;
  return readControlAnswer([answer], inquiry) ?? garbled;
}
