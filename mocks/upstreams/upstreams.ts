import { getResponse, type RequestHandler } from 'msw';
import type { Behaviour } from './behaviour.ts';
import { bankBaseUrl, createBank } from './bank/bank.ts';
import type { CallBack } from './call-back.ts';
import { createClock } from './clock.ts';
import { createConduct } from './conduct.ts';
import { bankDialect, propertyDialect, vehicleDialect } from './faults/dialect.ts';
import { createProperty, propertyBaseUrl } from './property/property.ts';
import { createVehicle, vehicleBaseUrl } from './vehicle/vehicle.ts';

export { bankBaseUrl, propertyBaseUrl, vehicleBaseUrl };
export type { Behaviour } from './behaviour.ts';
export type { Fault } from './faults/fault.ts';

/** The three upstreams by name. */
export type UpstreamName = 'bank' | 'vehicle' | 'property';

/** Gives an answer to the agency's program, which did not ask for it; rejects when the program does not take it. */
export type HandIn = (upstream: UpstreamName, answer: unknown) => Promise<void>;

/** Where each is for the `fetch` that answers like it. */
export const upstreamBaseUrls: Readonly<Record<UpstreamName, string>> = {
  bank: bankBaseUrl,
  vehicle: vehicleBaseUrl,
  property: propertyBaseUrl,
};

/** How often each endpoint was called since the start. */
export interface Calls {
  readonly bank: Readonly<Record<'submit' | 'poll' | 'control' | 'controlPoll', number>>;
  readonly vehicle: Readonly<Record<'query' | 'control', number>>;
  readonly property: Readonly<Record<'submit' | 'poll' | 'control' | 'controlPoll', number>>;
}

/** The agencies' REST upstreams, alive in this process. */
export interface Upstreams {
  readonly handlers: RequestHandler[];
  /** Answers like the upstreams' hosts, patching nothing; every other address rejects. */
  readonly fetch: typeof fetch;
  calls(): Calls;
  /** Changes how one upstream behaves from its next call on. */
  behave(upstream: UpstreamName, behaviour: Behaviour): void;
  behaviourOf(upstream: UpstreamName): Behaviour;
  /** Whether it could hand answers in by itself. */
  mayCallBack(upstream: UpstreamName): boolean;
}

/** Options of the upstreams; what somebody owns derives from `seed` and the identity number alone. */
export interface UpstreamOptions {
  readonly seed: string;
  readonly now?: () => Date;
  /** Milliseconds in an agency's day; a second by default. */
  readonly dayMs?: number;
  readonly behaviour?: Readonly<Partial<Record<UpstreamName, Behaviour>>>;
  /** How upstreams that call back hand answers in; without it they are polled. */
  readonly handIn?: HandIn | undefined;
  /** Those whose answers are taken; all by default. */
  readonly callers?: readonly UpstreamName[];
}

/** Starts the three upstreams of `mocks/README.md`. */
export function createUpstreams({
  seed,
  now,
  dayMs,
  behaviour = {},
  handIn,
  callers = ['bank', 'property'],
}: UpstreamOptions): Upstreams {
  const callBackOf = (upstream: UpstreamName): CallBack | null =>
    handIn && callers.includes(upstream) ? (answer) => handIn(upstream, answer) : null;
  const clock = createClock(now, dayMs);
  const conduct = {
    bank: createConduct(bankDialect, behaviour.bank),
    vehicle: createConduct(vehicleDialect, behaviour.vehicle),
    property: createConduct(propertyDialect, behaviour.property),
  };
  const counts = {
    bank: { submit: 0, poll: 0, control: 0, controlPoll: 0 },
    vehicle: { query: 0, control: 0 },
    property: { submit: 0, poll: 0, control: 0, controlPoll: 0 },
  };
  const handlers = [
    ...createBank(seed, clock, conduct.bank, (endpoint) => counts.bank[endpoint]++, callBackOf('bank')),
    ...createVehicle(seed, clock, conduct.vehicle, (endpoint) => counts.vehicle[endpoint]++),
    ...createProperty(seed, clock, conduct.property, (endpoint) => counts.property[endpoint]++, callBackOf('property')),
  ];
  return {
    handlers,
    fetch: toFetch(handlers),
    calls: () => structuredClone(counts),
    behave: (upstream, next) => conduct[upstream].set(next),
    behaviourOf: (upstream) => conduct[upstream].behaviour,
    mayCallBack: (upstream) => upstream !== 'vehicle' && callBackOf(upstream) !== null,
  };
}

/** A fetch over handlers that honours the caller's signal, as the real one does. */
function toFetch(handlers: RequestHandler[]): typeof fetch {
  return async (input, init) => {
    const request = new Request(input, init);
    request.signal.throwIfAborted();
    let abort = () => {};
    const aborted = new Promise<never>((_, reject) => {
      abort = () => reject(request.signal.reason as Error);
    });
    request.signal.addEventListener('abort', abort, { once: true });
    try {
      const response = await Promise.race([getResponse(handlers, request), aborted]);
      if (response === undefined) throw new TypeError(`No upstream answers at ${new URL(request.url).origin}`);
      if (response.type === 'error') throw new TypeError('The upstream does not pick up');
      return response;
    } finally {
      request.signal.removeEventListener('abort', abort);
    }
  };
}
