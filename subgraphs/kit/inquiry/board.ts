import type { Outcome, Settled } from './outcome.ts';
import type { Ticket } from './ticket.ts';

/** Somebody waits for a ticket; to be called once, with how long in milliseconds. */
export type Wait<Row> = (ms: number) => Promise<Outcome<Row>>;

/** Where readers of this process wait for tickets, whoever fetches the answers. */
export interface Board<Row> {
  /** From now on this reader hears what is told of the ticket. */
  expect(ticket: Pick<Ticket<Row>, 'requestNumber' | 'series' | 'expectedBy'>): Wait<Row>;
  expectedBy(requestNumber: string, expectedBy: Date): void;
  tell(requestNumber: string, settled: Settled<Row>): void;
  /** Whether anybody was there to hear of it. */
  fail(requestNumbers: readonly string[], error: unknown): boolean;
  /** What is waited for, each once. */
  awaited(): readonly { readonly requestNumber: string; readonly series: string }[];
  /** Gives everybody this. */
  close(settled: Settled<Row>): void;
}

interface Expected<Row> {
  readonly series: string;
  readonly settled: Promise<Settled<Row>>;
  settle(settled: Settled<Row>): void;
  fail(error: unknown): void;
  expectedBy: Date;
  readers: number;
}

/** An empty board. */
export function createBoard<Row>(): Board<Row> {
  const expected = new Map<string, Expected<Row>>();

  const take = (requestNumber: string): Expected<Row> | undefined => {
    const entry = expected.get(requestNumber);
    expected.delete(requestNumber);
    return entry;
  };

  return {
    expect({ requestNumber, series, expectedBy }) {
      const entry = expected.get(requestNumber) ?? createExpected<Row>(series, expectedBy);
      expected.set(requestNumber, entry);
      entry.readers++;
      return async (ms) => {
        try {
          return (await within(entry.settled, ms)) ?? { kind: 'PENDING', expectedBy: entry.expectedBy };
        } finally {
          if (--entry.readers === 0 && expected.get(requestNumber) === entry) expected.delete(requestNumber);
        }
      };
    },
    expectedBy(requestNumber, expectedBy) {
      const entry = expected.get(requestNumber);
      if (entry !== undefined) entry.expectedBy = expectedBy;
    },
    tell: (requestNumber, settled) => take(requestNumber)?.settle(settled),
    fail: (requestNumbers, error) =>
      requestNumbers.flatMap((number) => take(number) ?? []).map((entry) => entry.fail(error)).length > 0,
    awaited: () => [...expected].map(([requestNumber, { series }]) => ({ requestNumber, series })),
    close(settled) {
      for (const requestNumber of [...expected.keys()]) take(requestNumber)?.settle(settled);
    },
  };
}

function createExpected<Row>(series: string, expectedBy: Date): Expected<Row> {
  let settle: (settled: Settled<Row>) => void = () => {};
  let fail: (error: unknown) => void = () => {};
  const settled = new Promise<Settled<Row>>((resolve, reject) => {
    settle = resolve;
    fail = reject;
  });
  // Every reader may have gone with PENDING; then nobody hears of the failure.
  settled.catch(() => undefined);
  return { series, settled, settle, fail, expectedBy, readers: 0 };
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
