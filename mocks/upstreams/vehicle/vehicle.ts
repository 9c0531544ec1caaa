import { http, HttpResponse, type RequestHandler } from 'msw';
import { z } from 'zod';
import { pause, slowDays, type Conduct } from '../behaviour.ts';
import { createChance } from '../chance.ts';
import { toWireTime, type Clock } from '../clock.ts';
import { filedAs, lackOf, requestSchema, toReturn } from '../request.ts';
import { vehiclesOf } from './vehicles.ts';

/** Where the vehicle administration listens. */
export const vehicleBaseUrl = 'http://vehicle.upstream.invalid';

const submission = requestSchema.extend({ LB: z.literal('CL'), XZ: z.literal('1') });

/** One debtor a call, answered at once, or rather after a while. */
export function createVehicle(
  seed: string,
  clock: Clock,
  conduct: Conduct,
  count: (endpoint: 'query') => void,
): RequestHandler[] {
  return [
    http.post(`${vehicleBaseUrl}/v1/vehicle-queries`, ({ request }) => {
      count('query');
      return conduct.serve(async () => {
        const parsed = submission.safeParse(await request.json());
        if (!parsed.success) return HttpResponse.json({ RESULT: '9001', MSG: '报文不符合规范' }, { status: 400 });
        const { BDHM, XM } = parsed.data;
        const name = XM ?? null;
        const lack = conduct.strikes('returned', name) ? '协助查询通知书印章不清晰' : lackOf(parsed.data);
        if (lack !== null)
          return HttpResponse.json({ RESULT: '1001', MSG: '退回', BDHM, HTXX: toReturn(parsed.data, lack) });

        const late = conduct.strikes('slow', name) ? slowDays : 0;
        await pause(clock.dayMs * (late + 0.004 + 0.016 * createChance(seed, 'vehicle pace', BDHM).next()));
        const vehicles = vehiclesOf(seed, filedAs(parsed.data));
        return HttpResponse.json({
          RESULT: vehicles.length === 0 ? '0001' : '0000',
          MSG: vehicles.length === 0 ? '查无机动车登记信息' : '',
          BDHM,
          FKSJ: toWireTime(clock.now()),
          CLXX: conduct.strikes('garbled', name) ? [{ HPHM: 7, ZT: ['G'] }] : vehicles.map((row) => ({ ...row })),
        });
      });
    }),
  ];
}
