import { http, HttpResponse, type RequestHandler } from 'msw';
import { z } from 'zod';
import { createChance } from '../chance.ts';
import { slowDays, type Conduct } from '../behaviour.ts';
import { toWireTime, type Clock } from '../clock.ts';
import { filedAs, lackOf, requestSchema, toReturn, type Request } from '../request.ts';
import { createShelf, type Ticket } from '../shelf.ts';
import { accountsOf, banks, type Account } from './accounts.ts';

/** Where the bank door listens. */
export const bankBaseUrl = 'http://bank.upstream.invalid';

/** What stands in the account-number column when a bank knows nobody (F20). */
export const nothingFound = '查无开户信息';

const submission = z.object({ LB: z.literal('YH'), XZ: z.literal('1'), CXQQ: z.array(requestSchema).min(1).max(100) });

/** The answer of one bank to one request: an account, or the literal that there is none. */
type Row = Partial<Account> & { YHMC: string; CCXH: number; KHZH: string; FKSJ: string };

/** Many banks behind one door: bulk submit, then polling while bank after bank answers. */
export function createBank(
  seed: string,
  clock: Clock,
  conduct: Conduct,
  count: (endpoint: 'submit' | 'poll') => void,
): RequestHandler[] {
  const shelf = createShelf('PCYH', clock);

  const answerTime = (bank: string, { request, since }: Ticket) => {
    const days = 0.04 + 0.2 * createChance(seed, 'bank pace', bank, request.BDHM).next();
    return clock.after(since, days + (conduct.strikes('slow', request.XM ?? null) ? slowDays : 0));
  };

  const answer = (ticket: Ticket) => {
    const now = clock.now();
    const times = new Map<string, Date>(banks.map((bank) => [bank, answerTime(bank, ticket)]));
    const answered = banks.filter((bank) => times.get(bank)! <= now);
    const held = accountsOf(seed, filedAs(ticket.request));
    let serial = 0;
    const rows = banks.flatMap((bank): Row[] => {
      const own = held.filter(({ YHMC }) => YHMC === bank);
      const stamp = toWireTime(times.get(bank)!);
      if (own.length === 0) return [{ YHMC: bank, CCXH: ++serial, KHZH: nothingFound, FKSJ: stamp }];
      return own.map((account) => ({ ...account, CCXH: ++serial, FKSJ: stamp }));
    });
    const arrived = rows.filter(({ YHMC }) => answered.some((bank) => bank === YHMC));
    return {
      BDHM: ticket.request.BDHM,
      WCZT: answered.length === banks.length ? '1' : '0',
      YHS: banks.length,
      YFKYHS: answered.length,
      ZHXX: conduct.strikes('garbled', ticket.request.XM ?? null) ? arrived.map(garble) : shuffled(arrived, ticket),
    };
  };

  const shuffled = <T>(rows: readonly T[], { request }: Ticket): T[] => {
    const chance = createChance(seed, 'order', request.BDHM, String(clock.now().getTime()));
    return rows
      .map((row) => ({ row, place: chance.next() }))
      .sort((a, b) => a.place - b.place)
      .map(({ row }) => row);
  };

  return [
    http.post(`${bankBaseUrl}/v1/queries`, ({ request }) => {
      count('submit');
      return conduct.serve(async () => {
        const parsed = submission.safeParse(await request.json());
        if (!parsed.success) return HttpResponse.json({ RESULT: '9001', MSG: '报文不符合规范' }, { status: 400 });
        const batch = shelf.put(parsed.data.CXQQ);
        const expected = toWireTime(clock.after(clock.now(), 0.25));
        return HttpResponse.json({ RESULT: '0000', MSG: '', PCH: batch, YJFKSJ: expected }, { status: 202 });
      });
    }),
    http.get(`${bankBaseUrl}/v1/batches/:batch`, ({ params }) => {
      count('poll');
      return conduct.serve(() => {
        const tickets = shelf.get(String(params['batch']));
        if (tickets === undefined)
          return Promise.resolve(HttpResponse.json({ RESULT: '9404', MSG: '批次不存在' }, { status: 404 }));
        const returned = tickets.flatMap((ticket) => {
          const reason = returnReason(ticket, conduct);
          return reason === null ? [] : [toReturn(ticket.request, reason)];
        });
        const answers = tickets
          .filter(({ request }) => !returned.some(({ BDHM }) => BDHM === request.BDHM))
          .map(answer);
        return Promise.resolve(
          HttpResponse.json({
            RESULT: '0000',
            MSG: '',
            PCH: String(params['batch']),
            WCZT: answers.every(({ WCZT }) => WCZT === '1') ? '1' : '0',
            FK: tickets[0] === undefined ? [] : shuffled(answers, tickets[0]),
            HTXX: returned,
          }),
        );
      });
    }),
  ];
}

/** Why a request comes back: something is missing, its number is taken, or the fault wants it so. */
function returnReason({ request, clash }: { request: Request; clash: boolean }, conduct: Conduct): string | null {
  if (conduct.strikes('returned', request.XM ?? null)) return '协助查询通知书印章不清晰';
  if (clash) return '请求单号已用于另一请求';
  return lackOf(request);
}

/** A row with columns of the wrong type. */
function garble(row: Row): Record<string, unknown> {
  return { ...row, KHZH: 0, YE: true };
}
