import type { Clock } from './clock.ts';
import { contentOf, type Request } from './request.ts';

/** A request that was handed in, with the instant of its first arrival. */
export interface Ticket<Own extends Request = Request> {
  readonly request: Own;
  readonly content: string;
  readonly since: Date;
  /** Another request stood under this number before. */
  readonly clash: boolean;
}

/** Batches that were handed in and wait to be asked for. */
export interface Shelf<Own extends Request = Request> {
  /** Takes a batch and gives its number (批次号); a request that came before keeps its first instant. */
  put(requests: readonly Own[]): string;
  get(batch: string): readonly Ticket<Own>[] | undefined;
}

const mostBatches = 2_000;
const mostTickets = 100_000;

/** An empty shelf; the oldest batches and tickets leave when it is full. */
export function createShelf<Own extends Request = Request>(prefix: string, clock: Clock): Shelf<Own> {
  const tickets = new Map<string, Ticket<Own>>();
  const batches = new Map<string, readonly Ticket<Own>[]>();
  let serial = 0;

  const take = (request: Own): Ticket<Own> => {
    const content = contentOf(request);
    const known = tickets.get(request.BDHM);
    if (known !== undefined) return known.content === content ? known : { ...known, request, clash: true };
    const ticket = { request, content, since: clock.now(), clash: false };
    tickets.set(request.BDHM, ticket);
    dropOldest(tickets, mostTickets);
    return ticket;
  };

  return {
    put: (requests) => {
      const batch = `${prefix}${String(++serial).padStart(9, '0')}`;
      batches.set(batch, requests.map(take));
      dropOldest(batches, mostBatches);
      return batch;
    },
    get: (batch) => batches.get(batch),
  };
}

function dropOldest(map: Map<string, unknown>, most: number): void {
  for (const key of map.keys()) {
    if (map.size <= most) return;
    map.delete(key);
  }
}
