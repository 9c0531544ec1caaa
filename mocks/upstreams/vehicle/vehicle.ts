import { http, HttpResponse, type JsonBodyType, type RequestHandler } from 'msw';
import { z } from 'zod';
import { slowDays } from '../behaviour.ts';
import { createChance } from '../chance.ts';
import { toWireTime, type Clock } from '../clock.ts';
import { pause, type Conduct } from '../conduct.ts';
import { controlDialect } from '../faults/dialect.ts';
import { createBook } from '../measures/book.ts';
import { createControlDesk } from '../measures/desk.ts';
import { register } from '../measures/queue.ts';
import { controlRequestSchema, failed, type ControlRequest, type Done } from '../measures/request.ts';
import { filedAs, requestSchema, type Request } from '../request.ts';
import { returnOf } from '../returned.ts';
import { isMeant, nameOf, withSeizures } from './seizures.ts';
import { vehiclesOf } from './vehicles.ts';

/** Where the vehicle administration listens. */
export const vehicleBaseUrl = 'http://vehicle.upstream.invalid';

const submission = requestSchema.extend({ LB: z.literal('CL'), XZ: z.literal('1') });
const controlSubmission = controlRequestSchema.extend({ LB: z.literal('CL'), XZ: z.literal('2') });

/** One debtor a call, answered at once, or rather after a while. */
export function createVehicle(
  seed: string,
  clock: Clock,
  conduct: Conduct,
  count: (endpoint: 'query' | 'control') => void,
): RequestHandler[] {
  const book = createBook();
  const held = (request: Request) =>
    vehiclesOf(seed, filedAs(request)).map((vehicle) => withSeizures(vehicle, book.of(nameOf(vehicle))));
  const carryOut = (request: ControlRequest): Done => {
    const vehicle = vehiclesOf(seed, filedAs(request)).find((own) => isMeant(own, request.CLBS ?? ''));
    if (vehicle === undefined) return failed('车辆与所有人不符');
    return register(book, nameOf(vehicle), request, { before: vehicle.CFXX.length, codes: ['11', '21'] });
  };
  const desk = createControlDesk('KZCL', clock, conduct, carryOut);

  return [
    http.post(`${vehicleBaseUrl}/v1/vehicle-controls`, ({ request }) => {
      count('control');
      return conduct.serve('control', async () => {
        const parsed = controlSubmission.safeParse(await request.json());
        if (!parsed.success) return HttpResponse.json({ RESULT: '9001', MSG: '报文不符合规范' }, { status: 400 });
        const { BDHM, XM } = parsed.data;
        const { returned, done } = desk.one(parsed.data);
        if (returned !== null) return HttpResponse.json({ RESULT: '1001', MSG: '退回', BDHM, HTXX: returned });
        const late = conduct.strikes('slow', XM ?? null) ? slowDays : 0;
        await pause(clock.dayMs * (late + 0.004 + 0.016 * createChance(seed, 'vehicle pace', BDHM).next()));
        const element = { RESULT: '0000', MSG: '', BDHM, FKSJ: toWireTime(clock.now()), ...done };
        const [answer] = conduct.utter(element, XM ?? null, controlDialect);
        return HttpResponse.json(answer as JsonBodyType);
      });
    }),
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
        const vehicles = held(parsed.data);
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
