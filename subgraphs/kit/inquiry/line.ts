import type { Inquiry } from './inquiry.ts';
import type { Settled } from './outcome.ts';

/** Reads what was told of one inquiry, under its number: null while there is more to come. */
export type Telling<Row> = (inquiry: Inquiry) => Settled<Row> | null;

/** What a line says about the inquiries it was handed. */
export interface Report<Row> {
  /** The agency has taken them as this batch and says when it expects to answer; to be awaited before the batch is polled. */
  accepted(batch: string, expectedBy: Date | null): Promise<void>;
  /** What came of one; only the first word counts. */
  settle(requestNumber: string, settled: Settled<Row>): void;
}

/** The way to one agency. */
export interface Line<Row> {
  /** Most inquiries handed over at once. */
  readonly batchSize: number;
  /** Resolves when every inquiry is settled; a rejection is the answer to all that are not. */
  ask(inquiries: readonly Inquiry[], report: Report<Row>, signal: AbortSignal): Promise<void>;
  /** The same for a batch that the agency has taken before; absent where an agency takes none. */
  readonly pollOn?: (
    batch: string,
    inquiries: readonly Inquiry[],
    report: Report<Row>,
    signal: AbortSignal,
  ) => Promise<void>;
  /**
   * What an answer that nobody asked for speaks of, by request number; null where it is no answer of this agency. Absent where
   * nothing can be handed in.
   */
  readonly hear?: (answer: unknown) => ReadonlyMap<string, Telling<Row>> | null;
}
