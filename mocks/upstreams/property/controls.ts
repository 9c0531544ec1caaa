import { http, HttpResponse, type JsonBodyType, type RequestHandler } from 'msw';
import { z } from 'zod';
import { slowDays } from '../behaviour.ts';
import { createChance } from '../chance.ts';
import { toWireTime, type Clock } from '../clock.ts';
import type { Conduct } from '../conduct.ts';
import { controlDialect } from '../faults/dialect.ts';
import type { Book } from '../measures/book.ts';
import { createControlDesk, type Said } from '../measures/desk.ts';
import { register } from '../measures/queue.ts';
import { controlRequestSchema, failed, type ControlRequest, type Done } from '../measures/request.ts';
import { filedAs } from '../request.ts';
import { rightsOf } from './rights.ts';
import { seizuresOn, unitsOf } from './seizures.ts';

const submission = z.object({
  LB: z.literal('IP'),
  XZ: z.literal('2'),
  KZQQ: z.array(controlRequestSchema).min(1).max(100),
});

/** Seals, renewals and releases: registered in the order in which they come, answered with the next file. */
export function createPropertyControls(
  { seed, baseUrl, book }: { readonly seed: string; readonly baseUrl: string; readonly book: Book },
  clock: Clock,
  conduct: Conduct,
  count: (endpoint: 'control' | 'controlPoll') => void,
): RequestHandler[] {
  const carryOut = (request: ControlRequest): Done => {
    const unit = request.BDCDYH ?? '';
    const rights = rightsOf(seed, filedAs(request), request);
    if (!unitsOf(rights).includes(unit)) return failed('不动产单元与权利人不符');
    return register(book, unit, request, { before: seizuresOn(rights, unit), codes: ['11'] });
  };
  const desk = createControlDesk('KZIP', clock, conduct, carryOut);
  const readyAt = (batch: string, all: readonly Said[]) => {
    const days = 0.1 + 0.25 * createChance(seed, 'property control pace', batch).next();
    const late = all.some(({ ticket }) => conduct.strikes('slow', ticket.request.XM ?? null)) ? slowDays : 0;
    return clock.after(new Date(Math.max(...all.map(({ ticket }) => ticket.since.getTime()))), days + late);
  };

  return [
    http.post(`${baseUrl}/v1/control-applications`, ({ request }) => {
      count('control');
      return conduct.serve('control', async () => {
        const parsed = submission.safeParse(await request.json());
        if (!parsed.success) return HttpResponse.json({ RESULT: '9001', MSG: '报文不符合规范' }, { status: 400 });
        const batch = desk.put(parsed.data.KZQQ);
        const expected = toWireTime(clock.after(clock.now(), 0.35));
        return HttpResponse.json({ RESULT: '0000', MSG: '', PCH: batch, YJFKSJ: expected }, { status: 202 });
      });
    }),
    http.get(`${baseUrl}/v1/control-applications/:batch`, ({ params }) => {
      count('controlPoll');
      return conduct.serve('controlPoll', () => {
        const batch = String(params['batch']);
        const all = desk.get(batch);
        if (all === undefined)
          return Promise.resolve(HttpResponse.json({ RESULT: '9404', MSG: '批次不存在' }, { status: 404 }));
        const ready = readyAt(batch, all);
        const isReady = clock.now() >= ready;
        const file = isReady ? all : [];
        const FK = file.flatMap(({ done, ticket: { request } }) =>
          done === null
            ? []
            : conduct.utter(
                { BDHM: request.BDHM, ...done, FKSJ: toWireTime(ready) },
                request.XM ?? null,
                controlDialect,
              ),
        ) as JsonBodyType;
        const HTXX = file.flatMap(({ returned }) => returned ?? []);
        return Promise.resolve(
          HttpResponse.json({ RESULT: '0000', MSG: '', PCH: batch, WCZT: isReady ? '1' : '0', FK, HTXX }),
        );
      });
    }),
  ];
}
