import type { Clock } from '../clock.ts';
import type { Conduct } from '../conduct.ts';
import { returnOf, type Returned } from '../returned.ts';
import { createShelf, type Ticket } from '../shelf.ts';
import { lackOfControl } from './lack.ts';
import type { ControlRequest, Done } from './request.ts';

/** What was said to one request. */
export interface Said {
  readonly ticket: Ticket<ControlRequest>;
  /** The request came back, and nothing was done. */
  readonly returned: Returned | null;
  readonly done: Done | null;
}

/** Control requests that were handed in; each is carried out when it first comes, and never again. */
export interface ControlDesk {
  /** Gives the number of the batch (批次号). */
  put(requests: readonly ControlRequest[]): string;
  get(batch: string): readonly Said[] | undefined;
  /** The same for one request that is answered at once. */
  one(request: ControlRequest): Said;
}

/** A desk at which nothing was handed in yet. */
export function createControlDesk(
  prefix: string,
  clock: Clock,
  conduct: Conduct,
  carryOut: (request: ControlRequest) => Done,
): ControlDesk {
  const shelf = createShelf<ControlRequest>(prefix, clock);
  const said = new Map<string, Said>();

  const hear = (ticket: Ticket<ControlRequest>): Said => {
    const { request, clash } = ticket;
    if (clash) return { ticket, returned: returnOf(request, conduct, true, lackOfControl), done: null };
    const known = said.get(request.BDHM);
    if (known !== undefined) return known;
    const returned = returnOf(request, conduct, false, lackOfControl);
    const own = { ticket, returned, done: returned === null ? carryOut(request) : null };
    said.set(request.BDHM, own);
    return own;
  };
  const put = (requests: readonly ControlRequest[]): string => {
    const batch = shelf.put(requests);
    for (const ticket of shelf.get(batch) ?? []) hear(ticket);
    return batch;
  };
  const get = (batch: string) => shelf.get(batch)?.map(hear);
  return { put, get, one: (request) => get(put([request]))![0]! };
}
