import type { Marking } from '../inquiry/marks.ts';
import type { Closed, TicketStore } from '../inquiry/store.ts';
import { toDraft, type Ticket } from '../inquiry/ticket.ts';
import type { Ordering } from './basis.ts';
import type { ControlAnswer } from './measure.ts';

/** Why a renewal or a release waits. */
export type WaitReason = 'ORIGIN_NOT_HANDED_IN' | 'ORIGIN_PENDING';

/** Whether an order may be handed in now. `withheld`: not at all, but what came of it before is told. */
export type Precedence =
  | { readonly kind: 'NOW'; readonly withheld: string | null }
  | { readonly kind: 'LATER'; readonly reason: WaitReason; readonly expectedBy: Date | null };

/** What follows an order of which nothing is held comes to nothing, without asking the agency. */
export const nothingHeld = 'NOTHING_HELD';

/** An order as far as others have to come before it. */
export interface Following {
  readonly asking: Ordering;
  /** Of each, one has to be carried out before. */
  readonly releases: readonly (readonly string[])[];
  readonly withheld: string | null;
}

/**
 * Decides by the tickets what comes before what. A renewal or a release is handed in once it is known what became of its origin; a
 * freeze, once what made room for it is released. A release of what was never handed in writes down, before anything else, that it
 * never will be: of two programs one drafts it or the other closes it.
 */
export async function precede(
  store: Pick<TicketStore<ControlAnswer>, 'read' | 'close'>,
  { asking, releases, withheld }: Following,
  { now, marking }: { readonly now: Date; readonly marking: Marking },
): Promise<Precedence> {
  const { series, measure } = asking;
  const { origin, action } = measure;
  if (origin === null && releases.length === 0 && withheld !== 'ORDER_RELEASED') return { kind: 'NOW', withheld };
  const tickets = await store.read([series, ...(origin === null ? [] : [origin]), ...releases.flat()]);
  const ticketOf = (number: string) => tickets.find((ticket) => ticket.series === number);
  if (ticketOf(series) !== undefined) {
    // What was handed in and not answered may be held: it is asked for again though it was released, or its release would wait for ever.
    return { kind: 'NOW', withheld: withheld === 'ORDER_RELEASED' && origin === null ? null : withheld };
  }
  if (withheld !== null) return { kind: 'NOW', withheld };
  if (origin === null) {
    const hasRoom = releases.every((numbers) => numbers.some((number) => isFreed(ticketOf(number))));
    return { kind: 'NOW', withheld: hasRoom ? null : 'RELEASE_PENDING' };
  }
  const close = (number: string, reason: string) => {
    const draft = toDraft({ ...asking, series: number }, 1, now, { expectedMs: 0, deadlineMs: 0, marking });
    return store.close(draft, refusedFor(reason));
  };
  const before = ticketOf(origin);
  if (before === undefined) {
    if (action !== 'RELEASE') return { kind: 'LATER', reason: 'ORIGIN_NOT_HANDED_IN', expectedBy: null };
    if (!(await close(origin, 'ORDER_RELEASED'))) return { kind: 'LATER', reason: 'ORIGIN_PENDING', expectedBy: null };
    await close(series, nothingHeld);
  } else if (before.state === 'RETURNED' || isFailed(before)) {
    await close(series, nothingHeld);
  } else if (before.state !== 'ANSWERED') {
    const { settledAt, expectedBy } = before;
    return { kind: 'LATER', reason: 'ORIGIN_PENDING', expectedBy: settledAt === null ? expectedBy : null };
  }
  return { kind: 'NOW', withheld: null };
}

function refusedFor(reason: string): Closed {
  return { kind: 'FAILED', status: 'REFUSED', reason, lasting: true };
}

function isFailed({ settled }: Ticket<ControlAnswer>): boolean {
  return settled?.kind === 'ANSWERED' && settled.records.some(({ status }) => status === 'FAILED');
}

/** Whether nothing is held any more of what this release is about. */
function isFreed(release: Ticket<ControlAnswer> | undefined): boolean {
  const settled = release?.settled;
  if (settled?.kind === 'ANSWERED') return settled.records.some(({ status }) => status === 'SUCCESS');
  return settled?.kind === 'FAILED' && settled.lasting && settled.reason === nothingHeld;
}
