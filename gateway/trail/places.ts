/** Lines of a chain from the newest to the oldest, as far as they hold some text. */

/** Everything before it has not been looked at: a segment, and in it the byte before which lines begin. */
export type Place = readonly [segment: number, before: number];

/** A line, and where it begins. */
export interface FoundLine {
  readonly line: string;
  readonly place: Place;
}

/** One chain as it is read. */
export interface ChainReader {
  readonly name: string;
  /**
   * The next line that holds the text, before a place or (null) at all; null when there is none. Ends early, with a place,
   * when it has read as many bytes as it may.
   */
  find(text: string, before: Place | null, budget: Budget): Promise<FoundLine | { readonly place: Place } | null>;
}

/** Bytes that may still be read. */
export interface Budget {
  bytes: number;
}
