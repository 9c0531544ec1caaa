import { http, HttpResponse, type JsonBodyType, type RequestHandler } from 'msw';
import { z } from 'zod';
import { slowDays } from '../behaviour.ts';
import { createChance } from '../chance.ts';
import { toWireTime, type Clock } from '../clock.ts';
import type { Conduct } from '../conduct.ts';
import { controlDialect } from '../faults/dialect.ts';
import { placed, type Book, type Imposed } from '../measures/book.ts';
import { createControlDesk, type Said } from '../measures/desk.ts';
import { controlRequestSchema, done, failed, type ControlRequest, type Done } from '../measures/request.ts';
import { toYuan } from '../places.ts';
import { filedAs } from '../request.ts';
import { accountsOf, banks, type Account } from './accounts.ts';
import { freezesOn } from './freezes.ts';

const submission = z.object({
  LB: z.literal('YH'),
  XZ: z.literal('2'),
  KZQQ: z.array(controlRequestSchema).min(1).max(100),
});

/** Freezes, renewals and releases: handed in in bulk, carried out in the order in which they come, answered later. */
export function createBankControls(
  { seed, baseUrl, book }: { readonly seed: string; readonly baseUrl: string; readonly book: Book },
  clock: Clock,
  conduct: Conduct,
  count: (endpoint: 'control' | 'controlPoll') => void,
): RequestHandler[] {
  const carryOut = (request: ControlRequest): Done => {
    const account = accountsOf(seed, filedAs(request)).find(
      ({ YHMC, KHZH }) => YHMC === request.YHMC && KHZH === request.KHZH,
    );
    if (account === undefined) return failed('账号与户名不符');
    if (conduct.strikes('partial', request.XM ?? null) && banks.slice(-2).some((bank) => bank === account.YHMC))
      return failed('机构未联网');
    if (account.XHRQ !== null) return failed('账户已销户');
    if (account.BZ !== request.BZ) return failed('账户币种不符');
    switch (request.KZCS) {
      case '01':
        return frozen(account, book.impose(account.KHZH, request), book);
      case '02': {
        const renewed = book.renew(account.KHZH, request);
        return renewed === null ? failed('无此冻结') : frozen(account, renewed, book);
      }
      case '04':
        return book.release(account.KHZH, request)
          ? done({ CSKSRQ: null, CSJSRQ: null, LHXH: null })
          : failed('无此冻结');
      default:
        return failed('不支持的控制措施');
    }
  };
  const desk = createControlDesk('KZYH', clock, conduct, carryOut);
  const answerTime = ({ ticket: { request, since } }: Said) => {
    const days = 0.04 + 0.2 * createChance(seed, 'bank control pace', request.BDHM).next();
    return clock.after(since, days + (conduct.strikes('slow', request.XM ?? null) ? slowDays : 0));
  };

  return [
    http.post(`${baseUrl}/v1/controls`, ({ request }) => {
      count('control');
      return conduct.serve('control', async () => {
        const parsed = submission.safeParse(await request.json());
        if (!parsed.success) return HttpResponse.json({ RESULT: '9001', MSG: '报文不符合规范' }, { status: 400 });
        const batch = desk.put(parsed.data.KZQQ);
        const expected = toWireTime(clock.after(clock.now(), 0.25));
        return HttpResponse.json({ RESULT: '0000', MSG: '', PCH: batch, YJFKSJ: expected }, { status: 202 });
      });
    }),
    http.get(`${baseUrl}/v1/control-batches/:batch`, ({ params }) => {
      count('controlPoll');
      return conduct.serve('controlPoll', () => {
        const all = desk.get(String(params['batch']));
        if (all === undefined)
          return Promise.resolve(HttpResponse.json({ RESULT: '9404', MSG: '批次不存在' }, { status: 404 }));
        const ready = all.filter((said) => said.returned !== null || answerTime(said) <= clock.now());
        return Promise.resolve(
          HttpResponse.json({
            RESULT: '0000',
            MSG: '',
            PCH: String(params['batch']),
            WCZT: ready.length === all.length ? '1' : '0',
            FK: ready.flatMap((said) => {
              const { done: own, ticket } = said;
              if (own === null) return [];
              const element = { BDHM: ticket.request.BDHM, ...own, FKSJ: toWireTime(answerTime(said)) };
              return conduct.utter(element, ticket.request.XM ?? null, controlDialect);
            }) as JsonBodyType,
            HTXX: ready.flatMap(({ returned }) => returned ?? []),
          }),
        );
      });
    }),
  ];
}

function frozen(account: Account, { BDHM, ...imposed }: Imposed, book: Book): Done {
  const { freezes } = freezesOn(account, book.of(account.KHZH));
  const own = freezes.find((freeze) => freeze.BDHM === BDHM)!;
  return done(placed({ BDHM, ...imposed }, own.position), toYuan(own.heldFen));
}
