import { http, HttpResponse, type JsonBodyType, type RequestHandler } from 'msw';
import { z } from 'zod';
import { slowDays } from '../behaviour.ts';
import { createChance } from '../chance.ts';
import { toWireTime, type Clock } from '../clock.ts';
import { pause, type Conduct } from '../conduct.ts';
import { filedAs, requestSchema } from '../request.ts';
import { returnOf } from '../returned.ts';
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
      return conduct.serve('query', async () => {
        const parsed = submission.safeParse(await request.json());
        if (!parsed.success) return HttpResponse.json({ RESULT: '9001', MSG: '报文不符合规范' }, { status: 400 });
        const { BDHM, XM } = parsed.data;
        const name = XM ?? null;
        const returned = returnOf(parsed.data, conduct);
        if (returned !== null) return HttpResponse.json({ RESULT: '1001', MSG: '退回', BDHM, HTXX: returned });

        const late = conduct.strikes('slow', name) ? slowDays : 0;
        await pause(clock.dayMs * (late + 0.004 + 0.016 * createChance(seed, 'vehicle pace', BDHM).next()));
        const vehicles = vehiclesOf(seed, filedAs(parsed.data));
        const [answer] = conduct.utter(
          {
            RESULT: vehicles.length === 0 ? '0001' : '0000',
            MSG: vehicles.length === 0 ? '查无机动车登记信息' : '',
            BDHM,
            FKSJ: toWireTime(clock.now()),
            TS: vehicles.length,
            CLXX: vehicles.map((row, index) => ({ XH: index + 1, ...row })),
          },
          name,
        );
        return HttpResponse.json(answer as JsonBodyType);
      });
    }),
  ];
}
