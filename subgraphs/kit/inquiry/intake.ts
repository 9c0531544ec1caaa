import { groupBy } from './group.ts';
import { forAnother, nextStep } from './next-step.ts';
import type { Settled } from './outcome.ts';
import type { Lease, TicketStore } from './store.ts';
import { toDraft, type Asking, type Draft, type DraftOptions, type Ticket } from './ticket.ts';

/** One reader at the desk. */
export interface Reading {
  readonly asking: Asking;
  readonly maxAgeMs: number;
  /** Why nothing may be asked any more; what was asked before is given all the same. */
  readonly withheld?: string | null;
}

/** What a reader is given at once, or the ticket to wait for. */
export type Intake<Row> =
  | { readonly kind: 'GIVEN'; readonly requestNumber: string; readonly settled: Settled<Row> }
  | { readonly kind: 'OPEN'; readonly ticket: Pick<Ticket<Row>, 'requestNumber' | 'series' | 'expectedBy'> };

/** What taking in stands on. */
export interface IntakeOptions<Row> extends DraftOptions {
  readonly store: TicketStore<Row>;
  readonly lease: Lease;
  readonly now: () => Date;
}

/** What came of many readings. */
export interface TakenIn<Row> {
  readonly intakes: ReadonlyMap<Reading, Intake<Row>>;
  /** Tickets that were drafted by it, and are this process's to ask. */
  readonly own: readonly Draft[];
}

/** Two who ask at the same moment settle it in two. */
const mostAttempts = 5;

/**
 * Looks up each reading and drafts what has to be asked, in one read and one write for all. Whoever drafts a ticket first asks
 * it; the others look again and wait for that one.
 */
export async function takeIn<Row>(options: IntakeOptions<Row>, readings: readonly Reading[]): Promise<TakenIn<Row>> {
  const intakes = new Map<Reading, Intake<Row>>();
  const own: Draft[] = [];
  for (let attempt = 1; attempt <= mostAttempts; attempt++) {
    const left = readings.filter((reading) => !intakes.has(reading));
    if (left.length === 0) break;
    own.push(...(await takeInOnce(options, left, intakes)));
  }
  return { intakes, own };
}

async function takeInOnce<Row>(
  options: IntakeOptions<Row>,
  readings: readonly Reading[],
  intakes: Map<Reading, Intake<Row>>,
): Promise<Draft[]> {
  const { store, lease, now, marking } = options;
  const tickets = await store.read([...new Set(readings.map(({ asking }) => asking.series))]);
  const ticketsOf = groupBy(tickets, ({ series }) => series);
  const drafts = new Map<string, Draft>();
  const wanted: { readonly reading: Reading; readonly draft: Draft }[] = [];
  for (const reading of readings) {
    const { asking, maxAgeMs, withheld } = reading;
    const step = nextStep(ticketsOf.get(asking.series) ?? [], { asking, maxAgeMs, now: now(), marking });
    if (step.kind === 'GIVE') intakes.set(reading, { ...step, kind: 'GIVEN' });
    else if (step.kind === 'WAIT') intakes.set(reading, { kind: 'OPEN', ticket: step.ticket });
    else if (withheld != null) {
      const overdue = ticketsOf.get(asking.series)?.find(({ state }) => state === 'EXPIRED')?.settled;
      const settled = overdue ?? { kind: 'FAILED', status: 'REFUSED', reason: withheld, lasting: false };
      intakes.set(reading, { kind: 'GIVEN', requestNumber: asking.series, settled });
    } else {
      const draft = toDraft(asking, step.round, now(), options);
      wanted.push({ reading, draft });
      if (!drafts.has(draft.requestNumber)) drafts.set(draft.requestNumber, draft);
    }
  }
  const drafted = await store.draft([...drafts.values()], lease);
  for (const { reading, draft } of wanted) {
    const { requestNumber, marks } = draft;
    if (!drafted.has(requestNumber)) continue;
    const isOther = drafts.get(requestNumber)?.marks.about !== marks.about;
    intakes.set(
      reading,
      isOther ? { kind: 'GIVEN', requestNumber, settled: forAnother } : { kind: 'OPEN', ticket: draft },
    );
  }
  return [...drafts.values()].filter(({ requestNumber }) => drafted.has(requestNumber));
}
