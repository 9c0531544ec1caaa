import { createHash } from 'node:crypto';
import DataLoader from 'dataloader';
import type { Inquiry } from './inquiry.ts';
import { UpstreamFailure, type Outcome, type Settled } from './outcome.ts';

/** What a line says about the inquiries it was handed. */
export interface Report<Row> {
  /** The agency has taken them and says when it expects to answer. */
  accepted(expectedBy: Date | null): void;
  /** What came of one; only the first word counts. */
  settle(requestNumber: string, settled: Settled<Row>): void;
}

/** The way to one agency. */
export interface Line<Row> {
  /** Most inquiries handed over at once. */
  readonly batchSize: number;
  /** Resolves when every inquiry is settled; a rejection is the answer to all that are not. */
  ask(inquiries: readonly Inquiry[], report: Report<Row>, signal: AbortSignal): Promise<void>;
}

/** Where inquiries are handed in and answers picked up. */
export interface Desk<Row> {
  /** Waits briefly for the answer. Never asks the agency twice while a question is open or its answer fresh. */
  ask(inquiry: Inquiry): Promise<Outcome<Row>>;
  stop(): Promise<void>;
}

/** Patience of a desk. */
export interface DeskOptions<Row> {
  readonly line: Line<Row>;
  readonly now: () => Date;
  /** How long a reader waits before the answer is PENDING. */
  readonly waitMs: number;
  /** How long an answer usually takes, until the agency itself says when. */
  readonly expectedMs: number;
  /** How long the agency has to answer before the inquiry is TIMEOUT. */
  readonly deadlineMs: number;
  /** How long a stored answer is given without asking again. */
  readonly freshMs: number;
}

interface Entry<Row> {
  readonly inquiry: Inquiry;
  /** Digest of the identity: the same number never answers for somebody else. */
  readonly about: string;
  readonly settled: Promise<Settled<Row>>;
  settle(settled: Settled<Row>): void;
  fail(error: Error): void;
  expectedBy: Date;
  settledAt: number | null;
}

const mostRemembered = 20_000;

/** A desk that remembers questions and answers in memory, by request number, and hands them over in batches. */
export function createDesk<Row>(options: DeskOptions<Row>): Desk<Row> {
  const { line, now, waitMs, expectedMs, deadlineMs, freshMs } = options;
  const entries = new Map<string, Entry<Row>>();
  const stopping = new AbortController();
  const running = new Set<Promise<void>>();

  const loader = new DataLoader<Entry<Row>, null>(
    (batch) => {
      const work = run(batch).finally(() => running.delete(work));
      running.add(work);
      return Promise.resolve(batch.map(() => null));
    },
    { cache: false, maxBatchSize: line.batchSize },
  );

  const run = async (batch: readonly Entry<Row>[]): Promise<void> => {
    const deadline = AbortSignal.timeout(deadlineMs);
    const awaited = new Map(batch.map((entry) => [entry.inquiry.requestNumber, entry]));
    const settle = (entry: Entry<Row>, settled: Settled<Row>) => {
      if (!awaited.delete(entry.inquiry.requestNumber)) return;
      entry.settledAt = now().getTime();
      if (settled.kind === 'FAILED' && !settled.lasting) forget(entry);
      entry.settle(settled);
    };
    try {
      await line.ask(
        batch.map(({ inquiry }) => inquiry),
        {
          accepted: (expectedBy) => batch.forEach((entry) => (entry.expectedBy = expectedBy ?? entry.expectedBy)),
          settle: (requestNumber, settled) => {
            const entry = awaited.get(requestNumber);
            if (entry !== undefined) settle(entry, settled);
          },
        },
        AbortSignal.any([stopping.signal, deadline]),
      );
      for (const entry of awaited.values()) settle(entry, failure('UNREACHABLE', 'GARBLED'));
    } catch (error) {
      const settled = toFailure(error, deadline, stopping.signal);
      for (const entry of [...awaited.values()]) {
        if (settled !== null) settle(entry, settled);
        else {
          forget(entry);
          entry.fail(error as Error);
        }
      }
    }
  };

  const forget = ({ inquiry }: Entry<Row>) => entries.delete(inquiry.requestNumber);

  const open = (inquiry: Inquiry): Entry<Row> => {
    const entry = createEntry<Row>(inquiry, new Date(now().getTime() + Math.min(expectedMs, deadlineMs)));
    entries.set(inquiry.requestNumber, entry);
    for (const [number, { settledAt }] of entries) {
      if (entries.size <= mostRemembered) break;
      if (settledAt !== null) entries.delete(number);
    }
    void loader.load(entry);
    return entry;
  };

  const isFresh = ({ settledAt }: Entry<Row>) => settledAt === null || now().getTime() - settledAt <= freshMs;

  return {
    ask: async (inquiry) => {
      if (stopping.signal.aborted) return failure('UNREACHABLE', 'STOPPED');
      const known = entries.get(inquiry.requestNumber);
      if (known !== undefined && isFresh(known) && known.about !== digest(inquiry))
        return failure('REFUSED', 'WRIT_FOR_OTHER_PARTY');
      const entry = known !== undefined && isFresh(known) ? known : open(inquiry);
      return (await within(entry.settled, waitMs)) ?? { kind: 'PENDING', expectedBy: entry.expectedBy };
    },
    stop: async () => {
      stopping.abort();
      await Promise.all(running);
      entries.clear();
    },
  };
}

function createEntry<Row>(inquiry: Inquiry, expectedBy: Date): Entry<Row> {
  let settle: (settled: Settled<Row>) => void = () => {};
  let fail: (error: Error) => void = () => {};
  const settled = new Promise<Settled<Row>>((resolve, reject) => {
    settle = resolve;
    fail = reject;
  });
  // Every reader may have gone with PENDING; then nobody else hears of the failure, and the next read asks again.
  settled.catch(() => undefined);
  return { inquiry, about: digest(inquiry), settled, settle, fail, expectedBy, settledAt: null };
}

function digest({ identity }: Inquiry): string {
  return createHash('sha256').update(`${identity.type} ${identity.number}`).digest('base64');
}

function failure(status: 'REFUSED' | 'TIMEOUT' | 'UNREACHABLE', reason: string): Settled<never> {
  return { kind: 'FAILED', status, reason, lasting: false };
}

/** What a line's rejection means for its inquiries; null for a fault of our own. */
function toFailure(error: unknown, deadline: AbortSignal, stopping: AbortSignal): Settled<never> | null {
  if (stopping.aborted) return failure('UNREACHABLE', 'STOPPED');
  if (deadline.aborted) return failure('TIMEOUT', 'DEADLINE');
  return error instanceof UpstreamFailure ? failure(error.status, error.message) : null;
}

/** The value, or null when it takes longer. */
async function within<T>(promise: Promise<T>, ms: number): Promise<T | null> {
  let timer: NodeJS.Timeout | undefined;
  try {
    return await Promise.race([promise, new Promise<null>((resolve) => (timer = setTimeout(resolve, ms, null)))]);
  } finally {
    clearTimeout(timer);
  }
}
