import { http, HttpResponse, type RequestHandler } from 'msw';
import { z } from 'zod';
import { slowDays, type Conduct } from '../behaviour.ts';
import { createChance } from '../chance.ts';
import { toWireTime, type Clock } from '../clock.ts';
import { filedAs, lackOf, requestSchema, toReturn } from '../request.ts';
import { createShelf, type Ticket } from '../shelf.ts';
import { rightsOf } from './rights.ts';

/** Where the real-estate registry listens. */
export const propertyBaseUrl = 'http://property.upstream.invalid';

const submission = z.object({ LB: z.literal('IP'), XZ: z.literal('1'), CXQQ: z.array(requestSchema).min(1).max(100) });

/** Accepted now, answered later, all at once, like a nightly file. */
export function createProperty(
  seed: string,
  clock: Clock,
  conduct: Conduct,
  count: (endpoint: 'submit' | 'poll') => void,
): RequestHandler[] {
  const shelf = createShelf('SQIP', clock);

  const readyAt = (batch: string, tickets: readonly Ticket[]) => {
    const days = 0.1 + 0.25 * createChance(seed, 'property pace', batch).next();
    const late = tickets.some(({ request }) => conduct.strikes('slow', request.XM ?? null)) ? slowDays : 0;
    return clock.after(new Date(Math.max(...tickets.map(({ since }) => since.getTime()))), days + late);
  };

  const answer = ({ request }: Ticket, at: Date) => {
    const rights = rightsOf(seed, filedAs(request), request);
    const empty = Object.values(rights).every((list: readonly unknown[]) => list.length === 0);
    return {
      BDHM: request.BDHM,
      RESULT: empty ? '0001' : '0000',
      MSG: empty ? '查无不动产登记信息' : '',
      FKSJ: toWireTime(at),
      ...rights,
      ...(conduct.strikes('garbled', request.XM ?? null) ? { FDCQ: [{ BDCDYH: 1, JZMJ: '很大' }] } : {}),
    };
  };

  return [
    http.post(`${propertyBaseUrl}/v1/applications`, ({ request }) => {
      count('submit');
      return conduct.serve(async () => {
        const parsed = submission.safeParse(await request.json());
        if (!parsed.success) return HttpResponse.json({ RESULT: '9001', MSG: '报文不符合规范' }, { status: 400 });
        const batch = shelf.put(parsed.data.CXQQ);
        const expected = toWireTime(clock.after(clock.now(), 0.35));
        return HttpResponse.json({ RESULT: '0000', MSG: '', PCH: batch, YJFKSJ: expected }, { status: 202 });
      });
    }),
    http.get(`${propertyBaseUrl}/v1/applications/:batch`, ({ params }) => {
      count('poll');
      return conduct.serve(() => {
        const batch = String(params['batch']);
        const tickets = shelf.get(batch);
        if (tickets === undefined)
          return Promise.resolve(HttpResponse.json({ RESULT: '9404', MSG: '批次不存在' }, { status: 404 }));
        const ready = readyAt(batch, tickets);
        if (clock.now() < ready)
          return Promise.resolve(
            HttpResponse.json({ RESULT: '0000', MSG: '', PCH: batch, WCZT: '0', FK: [], HTXX: [] }),
          );

        const returned = tickets.flatMap(({ request, clash }) => {
          const struck = conduct.strikes('returned', request.XM ?? null);
          const reason = struck ? '协助查询通知书印章不清晰' : clash ? '请求单号已用于另一请求' : lackOf(request);
          return reason === null ? [] : [toReturn(request, reason)];
        });
        const numbers = new Set(returned.map(({ BDHM }) => BDHM));
        const order = createChance(seed, 'order', batch);
        const answers = tickets
          .filter(({ request }) => !numbers.has(request.BDHM))
          .map((ticket) => ({ row: answer(ticket, ready), place: order.next() }))
          .sort((a, b) => a.place - b.place)
          .map(({ row }) => row);
        return Promise.resolve(
          HttpResponse.json({ RESULT: '0000', MSG: '', PCH: batch, WCZT: '1', FK: answers, HTXX: returned }),
        );
      });
    }),
  ];
}
