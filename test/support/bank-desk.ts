/** A desk of the bank without a graph before it. */

import { createHash } from 'node:crypto';

import { createArrivals } from '../../subgraphs/bank/upstream/arrivals.ts';
import type { BankRecord } from '../../subgraphs/bank/upstream/bank-record.ts';
import { bankNames } from '../../subgraphs/bank/upstream/wire.ts';
import { createCall, type UpstreamAddress } from '../../subgraphs/kit/inquiry/call.ts';
import { openDesk, type Desk, type DeskOptions } from '../../subgraphs/kit/inquiry/desk.ts';
import { unkeyed } from '../../subgraphs/kit/inquiry/marks.ts';
import type { TicketStore } from '../../subgraphs/kit/inquiry/store.ts';
import { createSubmitAndPoll } from '../../subgraphs/kit/inquiry/submit-and-poll.ts';
import type { Asking } from '../../subgraphs/kit/inquiry/ticket.ts';

/** Opens one that polls often, alone on its store unless told. */
export function openBankDesk(
  upstream: UpstreamAddress,
  store: TicketStore<BankRecord>,
  options: Partial<DeskOptions<BankRecord>> = {},
): Promise<Desk<BankRecord>> {
  const arrivals = createArrivals();
  return openDesk({
    line: createSubmitAndPoll({
      category: 'YH',
      call: createCall(upstream, { names: bankNames }),
      submitPath: '/v1/queries',
      pollPath: '/v1/batches',
      firstPollMs: 10,
      mostPollMs: 50,
      read: (elements, { requestNumber }) => arrivals.read(elements, requestNumber),
    }),
    store,
    now: () => new Date(),
    marking: unkeyed,
    expectedMs: 1_000,
    deadlineMs: 600_000,
    leaseMs: 15_000,
    alone: true,
    onFault: (fault) => process.stderr.write(`${String(fault)}\n`),
    ...options,
  });
}

/** What came of one question, without what stands in the records. */
export interface Told {
  readonly requestNumber: string;
  readonly status: string;
  /** Of the records. */
  readonly digest: string;
}

/** Asks, each question by two readers at once, with all the time there is. */
export async function askTwice(desk: Desk<BankRecord>, askings: readonly Asking[]): Promise<Told[]> {
  const wish = { maxAgeMs: 3_600_000, waitMs: 200_000 };
  const reads = await Promise.all([...askings, ...askings].map((asking) => desk.ask(asking, wish)));
  return reads.map(({ requestNumber, outcome }) => ({
    requestNumber,
    status: outcome.kind === 'FAILED' ? outcome.reason : outcome.kind,
    digest: outcome.kind === 'ANSWERED' ? digestOf(outcome.records) : '',
  }));
}

function digestOf(records: readonly BankRecord[]): string {
  return createHash('sha256').update(JSON.stringify(records)).digest('hex');
}
