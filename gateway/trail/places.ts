/** Lines of a chain from the newest to the oldest, as far as they hold what is looked for. */

/** Everything before it has not been looked at: a segment, and in it the byte before which lines begin. */
export type Place = readonly [segment: number, before: number];

/** What is looked for in lines, as it stands there. */
export interface Sought {
  /** A field with its value. */
  readonly text: string;
  /** Marks of parties: lines that name one of them are wanted, too. */
  readonly parties: ReadonlySet<string> | null;
}

/** A line, and where it begins. */
export interface FoundLine {
  readonly line: string;
  readonly place: Place;
}

/** One chain as it is read. */
export interface ChainReader {
  readonly name: string;
  /**
   * The lines that hold what is sought, before a place or (null) all. Ends with a place and without a line when it has read as many
   * bytes as it may. Whoever does not read to the end calls `return`.
   */
  find(
    sought: Sought,
    before: Place | null,
    budget: Budget,
  ): AsyncGenerator<FoundLine | { readonly place: Place }, void>;
}

/** How much may still be read. */
export interface Budget {
  bytes: number;
  /** When it ends nobody wants the rest. */
  readonly signal?: AbortSignal | undefined;
}

/** Every party of a line is named so; inside a text quotes are escaped. */
export const partyBeginning = '"party":"';

/** Whether a line holds what is sought. */
export function holds(line: string, { text, parties }: Sought): boolean {
  if (line.includes(text)) return true;
  if (parties === null) return false;
  for (let at = line.indexOf(partyBeginning); at >= 0; at = line.indexOf(partyBeginning, at)) {
    at += partyBeginning.length;
    if (parties.has(line.slice(at, line.indexOf('"', at)))) return true;
  }
  return false;
}
