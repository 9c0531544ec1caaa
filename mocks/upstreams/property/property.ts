import { http, HttpResponse, type JsonBodyType, type RequestHandler } from 'msw';
import { z } from 'zod';
import { slowDays } from '../behaviour.ts';
import { callBackAt, type CallBack } from '../call-back.ts';
import { createChance } from '../chance.ts';
import { toWireTime, type Clock } from '../clock.ts';
import type { Conduct } from '../conduct.ts';
import { createBook } from '../measures/book.ts';
import { filedAs, requestSchema } from '../request.ts';
import { returnOf } from '../returned.ts';
import { createShelf, type Ticket } from '../shelf.ts';
import { createPropertyControls } from './controls.ts';
import { rightsOf } from './rights.ts';
import { withSeizures } from './seizures.ts';

/** Where the real-estate registry listens. */
export const propertyBaseUrl = 'http://property.upstream.invalid';

const submission = z.object({ LB: z.literal('IP'), XZ: z.literal('1'), CXQQ: z.array(requestSchema).min(1).max(100) });

/** Accepted now, answered later, all at once, like a nightly file. */
export function createProperty(
  seed: string,
  clock: Clock,
  conduct: Conduct,
  count: (endpoint: 'submit' | 'poll' | 'control' | 'controlPoll') => void,
  callBack: CallBack | null = null,
): RequestHandler[] {
  const shelf = createShelf('SQIP', clock);
  const book = createBook();

  const readyAt = (batch: string, tickets: readonly Ticket[]) => {
    const days = 0.1 + 0.25 * createChance(seed, 'property pace', batch).next();
    const late = tickets.some(({ request }) => conduct.strikes('slow', request.XM ?? null)) ? slowDays : 0;
    return clock.after(new Date(Math.max(...tickets.map(({ since }) => since.getTime()))), days + late);
  };

  const answer = ({ request }: Ticket, at: Date) => {
    const rights = withSeizures(rightsOf(seed, filedAs(request), request), book);
    const rows = Object.values<readonly unknown[]>({ ...rights }).reduce((sum, list) => sum + list.length, 0);
    const empty = rows === 0;
    return {
      BDHM: request.BDHM,
      RESULT: empty ? '0001' : '0000',
      MSG: empty ? '查无不动产登记信息' : '',
      FKSJ: toWireTime(at),
      TS: rows,
      ...rights,
    };
  };

  /** A batch when it is ready. */
  const report = (batch: string, tickets: readonly Ticket[]) => {
    const ready = readyAt(batch, tickets);
    const returned = tickets.flatMap(({ request, clash }) => returnOf(request, conduct, clash) ?? []);
    const numbers = new Set(returned.map(({ BDHM }) => BDHM));
    const order = createChance(seed, 'order', batch);
    const answers = tickets
      .filter(({ request }) => !numbers.has(request.BDHM))
      .map((ticket) => ({ ticket, place: order.next() }))
      .sort((a, b) => a.place - b.place)
      .flatMap(({ ticket }) => conduct.utter(answer(ticket, ready), ticket.request.XM ?? null)) as JsonBodyType;
    return { RESULT: '0000', MSG: '', PCH: batch, WCZT: '1', FK: answers, HTXX: returned };
  };

  return [
    ...createPropertyControls({ seed, baseUrl: propertyBaseUrl, book }, clock, conduct, count),
    http.post(`${propertyBaseUrl}/v1/applications`, ({ request }) => {
      count('submit');
      return conduct.serve('submit', async () => {
        const parsed = submission.safeParse(await request.json());
        if (!parsed.success) return HttpResponse.json({ RESULT: '9001', MSG: '报文不符合规范' }, { status: 400 });
        const batch = shelf.put(parsed.data.CXQQ);
        if (callBack !== null && conduct.behaviour.callBack === true) {
          const tickets = shelf.get(batch) ?? [];
          void callBackAt(clock, readyAt(batch, tickets), () => report(batch, tickets), callBack);
        }
        const expected = toWireTime(clock.after(clock.now(), 0.35));
        return HttpResponse.json({ RESULT: '0000', MSG: '', PCH: batch, YJFKSJ: expected }, { status: 202 });
      });
    }),
    http.get(`${propertyBaseUrl}/v1/applications/:batch`, ({ params }) => {
      count('poll');
      return conduct.serve('poll', () => {
        const batch = String(params['batch']);
        const tickets = shelf.get(batch);
        if (tickets === undefined)
          return Promise.resolve(HttpResponse.json({ RESULT: '9404', MSG: '批次不存在' }, { status: 404 }));
        if (conduct.behaviour.callBack === true || clock.now() < readyAt(batch, tickets))
          return Promise.resolve(
            HttpResponse.json({ RESULT: '0000', MSG: '', PCH: batch, WCZT: '0', FK: [], HTXX: [] }),
          );

        return Promise.resolve(HttpResponse.json(report(batch, tickets)));
      });
    }),
  ];
}
