import type { Inquiry } from './inquiry.ts';
import type { TicketStore } from './store.ts';
import { stateOf, type Draft, type OpenTicket, type Ticket } from './ticket.ts';

const mostRemembered = 20_000;

/** A ticket with what is kept of it beside. */
type Kept<Row> = Ticket<Row> &
  Pick<OpenTicket, 'answerBy' | 'batch'> &
  Pick<Draft, 'person'> & {
    readonly inquiry: Inquiry | null;
    readonly holder: string | null;
    readonly leasedUntilMs: number;
  };

/** Keeps tickets as long as the process lives: for an agency that was given no database. The oldest settled ones go first. */
export function createMemoryStore<Row>(): TicketStore<Row> {
  const tickets = new Map<string, Kept<Row>>();
  const numbersOf = new Map<string, Set<string>>();

  const forget = (number: string, { series }: Kept<Row>) => {
    tickets.delete(number);
    const numbers = numbersOf.get(series);
    numbers?.delete(number);
    if (numbers?.size === 0) numbersOf.delete(series);
  };
  const ticketsOf = (series: string) =>
    [...(numbersOf.get(series) ?? [])].flatMap((number) => tickets.get(number) ?? []);
  const change = (numbers: readonly string[], to: (ticket: Kept<Row>) => Partial<Kept<Row>>) => {
    for (const number of numbers) {
      const ticket = tickets.get(number);
      if (ticket !== undefined) tickets.set(number, { ...ticket, ...to(ticket) });
    }
  };
  const forgetOldest = () => {
    for (const [number, ticket] of tickets) {
      if (tickets.size <= mostRemembered) return;
      if (ticket.settledAt !== null) forget(number, ticket);
    }
  };
  const leased = (lease: { readonly holder: string; readonly ms: number }) => ({
    holder: lease.holder,
    leasedUntilMs: performance.now() + lease.ms,
  });

  return {
    read(series) {
      return Promise.resolve(series.flatMap(ticketsOf));
    },
    questions(numbers) {
      const known = numbers.flatMap((number) => tickets.get(number) ?? []);
      return Promise.resolve(new Map(known.map(({ requestNumber, inquiry }) => [requestNumber, inquiry])));
    },
    draft(drafts, lease) {
      const own = drafts.filter(({ requestNumber }) => {
        const known = tickets.get(requestNumber);
        return known === undefined || known.state === 'FAILED' || known.state === 'EXPIRED';
      });
      const blank = {
        ...leased(lease),
        state: 'DRAFTED',
        batch: null,
        settledAt: null,
        settled: null,
        isOutdated: false,
      } as const;
      for (const draft of own) {
        tickets.set(draft.requestNumber, { ...draft, ...blank });
        numbersOf.set(draft.series, (numbersOf.get(draft.series) ?? new Set()).add(draft.requestNumber));
      }
      forgetOldest();
      return Promise.resolve(new Set(own.map(({ requestNumber }) => requestNumber)));
    },
    close(draft, settled) {
      const { requestNumber, series, draftedAt } = draft;
      if (tickets.has(requestNumber)) return Promise.resolve(false);
      const state = stateOf(settled);
      tickets.set(requestNumber, { ...draft, ...closed, state, settledAt: draftedAt, settled, isOutdated: false });
      numbersOf.set(series, (numbersOf.get(series) ?? new Set()).add(requestNumber));
      forgetOldest();
      return Promise.resolve(true);
    },
    submitting(numbers) {
      change(numbers, ({ state }) => (state === 'DRAFTED' ? { state: 'SUBMITTED' } : {}));
      return Promise.resolve();
    },
    accepted(numbers, batch, expectedBy) {
      change(numbers, (ticket) =>
        ticket.inquiry === null
          ? {}
          : {
              batch,
              expectedBy: expectedBy ?? ticket.expectedBy,
              state: ticket.state === 'EXPIRED' ? 'EXPIRED' : 'ACCEPTED',
            },
      );
      return Promise.resolve();
    },
    settle(settlements) {
      for (const { requestNumber, ...settlement } of settlements) {
        const ticket = tickets.get(requestNumber);
        if (ticket === undefined || ticket.state === 'ANSWERED' || ticket.state === 'RETURNED') continue;
        const isOver = settlement.state !== 'EXPIRED';
        tickets.set(requestNumber, { ...ticket, ...settlement, ...(isOver && closed) });
        if (settlement.state !== 'ANSWERED' && settlement.state !== 'RETURNED') continue;
        for (const earlier of ticketsOf(ticket.series))
          if (earlier.round < ticket.round) forget(earlier.requestNumber, earlier);
      }
      return Promise.resolve();
    },
    outdate(persons) {
      change([...tickets.keys()], ({ person }) => (persons.includes(person) ? { isOutdated: true } : {}));
      return Promise.resolve();
    },
    recordsAbout(marks) {
      const own = [...tickets.values()].filter(({ person }) => marks.includes(person));
      return Promise.resolve(
        own.reverse().flatMap(({ settled }) => (settled?.kind === 'ANSWERED' ? settled.records : [])),
      );
    },
    giveUp(numbers) {
      change(numbers, ({ state }) => (state === 'EXPIRED' ? closed : {}));
      return Promise.resolve();
    },
    claim(lease, most) {
      const now = performance.now();
      const free = [...tickets.values()].filter((ticket) => ticket.inquiry !== null && ticket.leasedUntilMs < now);
      const taken = free.slice(0, most);
      change(
        taken.map(({ requestNumber }) => requestNumber),
        () => leased(lease),
      );
      return Promise.resolve(
        taken.flatMap((ticket) => (ticket.inquiry === null ? [] : { ...ticket, inquiry: ticket.inquiry })),
      );
    },
    renew(numbers, lease) {
      change(numbers, ({ holder }) => (holder === lease.holder ? leased(lease) : {}));
      return Promise.resolve();
    },
    release(holder) {
      change([...tickets.keys()], (ticket) =>
        holder === undefined || ticket.holder === holder ? { leasedUntilMs: -Infinity } : {},
      );
      return Promise.resolve();
    },
  };
}

const closed = { inquiry: null, batch: null, holder: null, leasedUntilMs: -Infinity };
