import { setTimeout as sleep } from 'node:timers/promises';
import { z } from 'zod';
import type { Call } from './call.ts';
import { instantColumn } from './columns.ts';
import type { AgencyCategory, Inquiry } from './inquiry.ts';
import type { Line, Telling } from './line.ts';
import { UpstreamFailure, type Settled } from './outcome.ts';
import { returnedSchema, toRefusal } from './returned.ts';
import { toStem } from './stem.ts';

/** An agency that takes a batch now and answers it later. */
export interface SubmitAndPoll<Row> {
  readonly category: AgencyCategory;
  readonly call: Call;
  readonly submitPath: string;
  /** The path under which a batch is polled, without its number. */
  readonly pollPath: string;
  /** First pause between two polls; each is half as long again, up to `mostPollMs`. */
  readonly firstPollMs: number;
  readonly mostPollMs: number;
  /** What is handed in; questions (查询) by default. */
  readonly submission?: (inquiries: readonly Inquiry[]) => object;
  /** Reads what has arrived about one inquiry: null while there is more to come. */
  readonly read: (elements: readonly unknown[], inquiry: Inquiry) => Settled<Row> | null;
}

const receiptSchema = z.object({
  RESULT: z.literal('0000'),
  PCH: z.string().regex(/^[\w-]{1,64}$/),
  YJFKSJ: instantColumn.nullish(),
});
const toldSchema = z.object({ RESULT: z.literal('0000'), FK: z.array(z.unknown()), HTXX: z.array(z.unknown()) });
const pollSchema = toldSchema.extend({ WCZT: z.enum(['0', '1']) });
const numbered = z.object({ BDHM: z.string() });

/** Most debtors in one submit. */
const batchSize = 100;

/** A line over bulk submit and polling. Answers are told apart by request number, never by place. */
export function createSubmitAndPoll<Row>(agency: SubmitAndPoll<Row>): Line<Row> {
  const { call, submitPath, pollPath, firstPollMs, mostPollMs } = agency;
  const { submission = (inquiries) => ({ LB: agency.category, XZ: '1', CXQQ: inquiries.map(toStem) }) } = agency;
  const poll: NonNullable<Line<Row>['pollOn']> = async (batch, inquiries, report, signal) => {
    for (let pauseMs = firstPollMs; ; pauseMs = Math.min(pauseMs * 1.5, mostPollMs)) {
      await sleep(pauseMs, undefined, { signal, ref: false });
      const answer = pollSchema.safeParse(await call('GET', `${pollPath}/${batch}`, undefined, signal));
      if (!answer.success) throw new UpstreamFailure('UNREACHABLE', 'GARBLED');
      const told = tellingsOf(agency, answer.data);
      for (const inquiry of inquiries) {
        const settled = told.get(inquiry.requestNumber)?.(inquiry) ?? null;
        if (settled !== null) report.settle(inquiry.requestNumber, settled);
      }
      // What a complete batch does not speak of has no readable answer; whoever handed it in says so.
      if (answer.data.WCZT === '1') return;
    }
  };
  return {
    batchSize,
    ask: async (inquiries, report, signal) => {
      const receipt = receiptSchema.safeParse(await call('POST', submitPath, submission(inquiries), signal));
      if (!receipt.success) throw new UpstreamFailure('UNREACHABLE', 'GARBLED');
      const { PCH, YJFKSJ } = receipt.data;
      await report.accepted(PCH, YJFKSJ ?? null);
      await poll(PCH, inquiries, report, signal);
    },
    pollOn: poll,
    hear: (answer) => {
      const { data } = toldSchema.safeParse(answer);
      return data === undefined ? null : tellingsOf(agency, data);
    },
  };
}

/** What an answer tells of each number; who is told of a return hears nothing else. */
function tellingsOf<Row>(
  { read }: SubmitAndPoll<Row>,
  { FK, HTXX }: z.infer<typeof toldSchema>,
): ReadonlyMap<string, Telling<Row>> {
  const elements = new Map<string, unknown[]>();
  for (const element of FK) {
    const { data } = numbered.safeParse(element);
    if (data !== undefined) elements.set(data.BDHM, [...(elements.get(data.BDHM) ?? []), element]);
  }
  const tellings = new Map<string, Telling<Row>>();
  for (const [number, own] of elements) tellings.set(number, (inquiry) => read(own, inquiry));
  for (const element of HTXX) {
    const { data } = returnedSchema.safeParse(element);
    if (data !== undefined) tellings.set(data.BDHM, () => toRefusal(data));
  }
  return tellings;
}
