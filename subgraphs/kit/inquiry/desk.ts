import { randomUUID } from 'node:crypto';
import { setMaxListeners } from 'node:events';
import DataLoader from 'dataloader';
import type { Bell } from './bell.ts';
import { createBoard, type Board, type Wait } from './board.ts';
import { createErrands } from './errands.ts';
import { takeHandedIn, type Taken } from './hand-in.ts';
import { takeIn, type Intake, type Reading } from './intake.ts';
import type { Line, Telling } from './line.ts';
import type { Marking } from './marks.ts';
import type { Outcome, Settled } from './outcome.ts';
import type { Settlement, TicketStore } from './store.ts';
import type { Asking } from './ticket.ts';

/** How old an answer may be and how long it is waited for, in milliseconds. */
export interface Wish {
  readonly maxAgeMs: number;
  readonly waitMs: number;
  /** Why nothing may be asked any more; what was asked before is given all the same. */
  readonly withheld?: string | null;
}

/** What a reader gets, and under which number it was asked. */
export interface Read<Row> {
  readonly requestNumber: string;
  readonly outcome: Outcome<Row>;
}

/** Where inquiries are handed in and answers picked up. */
export interface Desk<Row> {
  /** Gives a stored answer or waits for one. Never asks the agency twice while a question is open or its answer young enough. */
  ask(asking: Asking, wish: Wish): Promise<Read<Row>>;
  /** Takes what the agency tells by itself, and wakes who waits for it. */
  handIn(tellings: ReadonlyMap<string, Telling<Row>>): Promise<readonly Taken[]>;
  /** Lets go of all readers; what is open stays so in the store. */
  stop(): Promise<void>;
}

/** What a desk stands on, and its patience. */
export interface DeskOptions<Row> {
  readonly line: Line<Row>;
  readonly store: TicketStore<Row>;
  readonly now: () => Date;
  /** How long an answer usually takes, until the agency itself says when. */
  readonly expectedMs: number;
  /** How long the agency has to answer before the inquiry has expired. A later answer is fetched for as long again. */
  readonly deadlineMs: number;
  /** By what tickets are known again. */
  readonly marking: Marking;
  /** A process that was not heard of for so long has died: another goes for its answers. */
  readonly leaseMs: number;
  /** Whether nobody else works on the store: then whoever held leases has died. */
  readonly alone: boolean;
  /** Rung when tickets are settled; without one readers look oftener at what others fetch. */
  readonly bell?: Bell | undefined;
  /** Told of failures that are ours and that no reader hears of. */
  readonly onFault: (fault: Error) => void;
}

/** How often readers look for answers that another process fetches, and when a bell tells of them. */
const lookMs = 250;
const lookWithBellMs = 2_000;
/** So many tickets are taken over at once. */
const mostClaimed = 1_000;

/** Opens a desk over a store, and goes on with what is open there. */
export async function openDesk<Row>(options: DeskOptions<Row>): Promise<Desk<Row>> {
  const { line, store, now, deadlineMs, alone, bell, onFault } = options;
  const lease = { holder: randomUUID(), ms: options.leaseMs };
  const stopping = new AbortController();
  setMaxListeners(0, stopping.signal);
  const isStopped = () => stopping.signal.aborted;
  const board = createBoard<Row>();
  const report = (fault: unknown) => onFault(fault instanceof Error ? fault : new Error(String(fault)));
  const settled = (settlements: readonly Settlement<Row>[]) => {
    for (const { requestNumber, settled: word } of settlements) board.tell(requestNumber, word);
    bell?.ring(settlements.map(({ requestNumber }) => requestNumber));
  };
  const errands = createErrands<Row>(
    {
      line,
      store,
      now,
      lateMs: deadlineMs,
      stopping: stopping.signal,
      settled,
      expected: (numbers, expectedBy) => numbers.forEach((number) => board.expectedBy(number, expectedBy)),
    },
    (numbers, fault) => {
      if (!board.fail(numbers, fault)) report(fault);
    },
  );

  /** What is waited for here and fetched elsewhere: the store says when it has come. */
  const foreign = () => board.awaited().filter(({ requestNumber }) => !errands.carries(requestNumber));
  const look = async () => {
    for (const { requestNumber, settled: word, expectedBy } of await store.read(
      foreign().map(({ series }) => series),
    )) {
      if (word !== null) board.tell(requestNumber, word);
      else board.expectedBy(requestNumber, expectedBy);
    }
  };
  let looking: NodeJS.Timeout | undefined;
  const lookAfter = (ms: number) => {
    looking ??= setTimeout(() => {
      looking = undefined;
      if (foreign().length === 0) return;
      void look()
        .catch(report)
        .finally(() => lookAfter(bell === undefined ? lookMs : lookWithBellMs));
    }, ms).unref();
  };

  /** The agency may have handed in elsewhere what is gone for here. */
  const leave = async (requestNumbers: readonly string[]) => {
    const questions = await store.questions(requestNumbers);
    errands.drop(requestNumbers.filter((requestNumber) => questions.get(requestNumber) === null));
    await look();
  };

  bell?.onRing((requestNumbers) => {
    const rung = new Set(requestNumbers);
    if (foreign().some(({ requestNumber }) => rung.has(requestNumber))) void look().catch(report);
    const carried = requestNumbers.filter((requestNumber) => errands.carries(requestNumber));
    if (carried.length > 0) void leave(carried).catch(report);
  });

  const sweep = async () => {
    await store.renew(errands.carried(), lease);
    for (;;) {
      const tickets = isStopped() ? [] : await store.claim(lease, mostClaimed);
      errands.resume(tickets);
      if (tickets.length < mostClaimed) return;
    }
  };
  let sweeping = Promise.resolve();
  const sweepNow = () => (sweeping = sweeping.then(sweep).catch(report));

  const intake = new DataLoader<Reading, Heard<Row>>(
    async (readings) => {
      const { intakes, own } = await takeIn<Row>({ ...options, lease }, readings);
      // Readers first: nothing may be told that they do not hear.
      const heard = readings.map((reading) => toHeard(intakes.get(reading), board));
      errands.ask(own.map((draft) => ({ ...draft, state: 'DRAFTED', batch: null })));
      return heard;
    },
    { cache: false },
  );

  if (alone) await store.release();
  await sweepNow();
  const beat = setInterval(() => void sweepNow(), options.leaseMs / 3).unref();

  return {
    async ask(asking, { maxAgeMs, waitMs, withheld = null }) {
      if (isStopped()) return { requestNumber: asking.series, outcome: stopped };
      const heard = await intake.load({ asking, maxAgeMs, withheld });
      const { requestNumber } = heard;
      if (heard.kind === 'GIVEN') return { requestNumber, outcome: heard.settled };
      if (!errands.carries(requestNumber)) lookAfter(0);
      return { requestNumber, outcome: await heard.wait(isStopped() ? 0 : waitMs) };
    },
    async handIn(tellings) {
      if (isStopped()) throw new Error('this desk was stopped');
      const { taken, settlements } = await takeHandedIn(store, now, tellings);
      errands.drop(settlements.map(({ requestNumber }) => requestNumber));
      settled(settlements);
      return taken;
    },
    async stop() {
      stopping.abort();
      clearInterval(beat);
      clearTimeout(looking);
      board.close(stopped);
      await errands.ended();
      await sweeping;
      await store.release(lease.holder);
    },
  };
}

/** What was given at once, or how it is waited for. */
type Heard<Row> =
  | Extract<Intake<Row>, { kind: 'GIVEN' }>
  | { readonly kind: 'OPEN'; readonly requestNumber: string; readonly wait: Wait<Row> };

function toHeard<Row>(intake: Intake<Row> | undefined, board: Board<Row>): Heard<Row> | Error {
  if (intake === undefined) return new Error('the tickets of an inquiry do not come to rest');
  if (intake.kind === 'GIVEN') return intake;
  return { kind: 'OPEN', requestNumber: intake.ticket.requestNumber, wait: board.expect(intake.ticket) };
}

const stopped: Settled<never> = { kind: 'FAILED', status: 'UNREACHABLE', reason: 'STOPPED', lasting: false };
