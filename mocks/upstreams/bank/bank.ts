import { http, HttpResponse, type JsonBodyType, type RequestHandler } from 'msw';
import { z } from 'zod';
import { createChance } from '../chance.ts';
import { slowDays } from '../behaviour.ts';
import { callBackAt, type CallBack } from '../call-back.ts';
import { toWireTime, type Clock } from '../clock.ts';
import type { Conduct } from '../conduct.ts';
import { createBook } from '../measures/book.ts';
import { filedAs, requestSchema } from '../request.ts';
import { returnOf } from '../returned.ts';
import { createShelf, type Ticket } from '../shelf.ts';
import { accountsOf, banks, type Account } from './accounts.ts';
import { createBankControls } from './controls.ts';
import { withFreezes } from './freezes.ts';

/** Where the bank door listens. */
export const bankBaseUrl = 'http://bank.upstream.invalid';

/** What stands in the account-number column when a bank knows nobody (F20). */
export const nothingFound = '查无开户信息';

const submission = z.object({ LB: z.literal('YH'), XZ: z.literal('1'), CXQQ: z.array(requestSchema).min(1).max(100) });

/** What a poll finds where answers are handed in. */
const nothingYet = { WCZT: '0', FK: [], HTXX: [] };

/** The answer of one bank to one request: an account, or the literal that there is none. */
type Row = Partial<Account> & { YHMC: string; CCXH: number; KHZH: string; FKSJ: string };

/** How it stands with one bank: 0 to come, 1 answered, 2 not to be had. */
interface Standing {
  readonly YHMC: string;
  readonly FKZT: '0' | '1' | '2';
  readonly TS: number;
  readonly FKSJ: string | null;
  readonly YY: string | null;
}

/** Many banks behind one door: bulk submit, then polling while bank after bank answers. */
export function createBank(
  seed: string,
  clock: Clock,
  conduct: Conduct,
  count: (endpoint: 'submit' | 'poll' | 'control' | 'controlPoll') => void,
  callBack: CallBack | null = null,
): RequestHandler[] {
  const shelf = createShelf('PCYH', clock);
  const book = createBook();

  const answerTime = (bank: string, { request, since }: Ticket) => {
    const days = 0.04 + 0.2 * createChance(seed, 'bank pace', bank, request.BDHM).next();
    return clock.after(since, days + (conduct.strikes('slow', request.XM ?? null) ? slowDays : 0));
  };

  /** 银行反馈情况: how it stands with each bank, and how many rows it has sent. */
  const standings = (ticket: Ticket, rows: readonly Row[]): Standing[] => {
    const offline = conduct.strikes('partial', ticket.request.XM ?? null) ? banks.slice(-2) : [];
    return banks.map((bank) => {
      if (offline.includes(bank)) return { YHMC: bank, FKZT: '2', TS: 0, FKSJ: null, YY: '机构未联网' };
      const at = answerTime(bank, ticket);
      if (at > clock.now()) return { YHMC: bank, FKZT: '0', TS: 0, FKSJ: null, YY: null };
      const own = rows.filter(({ YHMC }) => YHMC === bank).length;
      return { YHMC: bank, FKZT: '1', TS: own, FKSJ: toWireTime(at), YY: null };
    });
  };

  const answer = (ticket: Ticket) => {
    const held = accountsOf(seed, filedAs(ticket.request)).map((account) =>
      withFreezes(account, book.of(account.KHZH)),
    );
    let serial = 0;
    const rows = banks.flatMap((bank): Row[] => {
      const own = held.filter(({ YHMC }) => YHMC === bank);
      const stamp = toWireTime(answerTime(bank, ticket));
      if (own.length === 0) return [{ YHMC: bank, CCXH: ++serial, KHZH: nothingFound, FKSJ: stamp }];
      return own.map((account) => ({ ...account, CCXH: ++serial, FKSJ: stamp }));
    });
    const all = standings(ticket, rows);
    const answered = new Set(all.filter(({ FKZT }) => FKZT === '1').map(({ YHMC }) => YHMC));
    return {
      BDHM: ticket.request.BDHM,
      WCZT: all.some(({ FKZT }) => FKZT === '0') ? '0' : '1',
      YHS: banks.length,
      YFKYHS: answered.size,
      YHQK: all,
      ZHXX: shuffled(
        rows.filter(({ YHMC }) => answered.has(YHMC)),
        ticket,
      ),
    };
  };

  const shuffled = <T>(rows: readonly T[], { request }: Ticket): T[] => {
    const chance = createChance(seed, 'order', request.BDHM, String(clock.now().getTime()));
    return rows
      .map((row) => ({ row, place: chance.next() }))
      .sort((a, b) => a.place - b.place)
      .map(({ row }) => row);
  };

  /** How it stands with a batch. */
  const report = (batch: string) => {
    const tickets = shelf.get(batch) ?? [];
    const returned = tickets.flatMap((ticket) => returnOf(ticket.request, conduct, ticket.clash) ?? []);
    const numbers = new Set(returned.map(({ BDHM }) => BDHM));
    const answers = tickets
      .filter(({ request }) => !numbers.has(request.BDHM))
      .map((ticket) => ({ name: ticket.request.XM ?? null, element: answer(ticket) }));
    return {
      RESULT: '0000',
      MSG: '',
      PCH: batch,
      WCZT: answers.every(({ element }) => element.WCZT === '1') ? '1' : '0',
      FK: (tickets[0] === undefined ? [] : shuffled(answers, tickets[0])).flatMap(({ name, element }) =>
        conduct.utter(element, name),
      ) as JsonBodyType,
      HTXX: returned,
    };
  };

  /** When the last bank has answered about everybody. */
  const readyAt = (tickets: readonly Ticket[]) =>
    new Date(Math.max(...tickets.flatMap((ticket) => banks.map((bank) => answerTime(bank, ticket).getTime()))));

  return [
    ...createBankControls({ seed, baseUrl: bankBaseUrl, book }, clock, conduct, count),
    http.post(`${bankBaseUrl}/v1/queries`, ({ request }) => {
      count('submit');
      return conduct.serve('submit', async () => {
        const parsed = submission.safeParse(await request.json());
        if (!parsed.success) return HttpResponse.json({ RESULT: '9001', MSG: '报文不符合规范' }, { status: 400 });
        const batch = shelf.put(parsed.data.CXQQ);
        if (callBack !== null && conduct.behaviour.callBack === true)
          void callBackAt(clock, readyAt(shelf.get(batch) ?? []), () => report(batch), callBack);
        const expected = toWireTime(clock.after(clock.now(), 0.25));
        return HttpResponse.json({ RESULT: '0000', MSG: '', PCH: batch, YJFKSJ: expected }, { status: 202 });
      });
    }),
    http.get(`${bankBaseUrl}/v1/batches/:batch`, ({ params }) => {
      count('poll');
      return conduct.serve('poll', () => {
        const batch = String(params['batch']);
        if (shelf.get(batch) === undefined)
          return Promise.resolve(HttpResponse.json({ RESULT: '9404', MSG: '批次不存在' }, { status: 404 }));
        const told = conduct.behaviour.callBack === true ? { ...report(batch), ...nothingYet } : report(batch);
        return Promise.resolve(HttpResponse.json(told));
      });
    }),
  ];
}
