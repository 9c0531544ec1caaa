import type { Entry, Spoken } from '../load/entry.ts';
import type { Header } from './header.ts';
import type { Fault, Oddity, ReasonCode } from './reasons.ts';
import type { Row } from './table.ts';

/** What was understood of an export: what goes in, and what does not and why. */
export interface Reading {
  readonly spoken: Spoken;
  readonly entries: readonly Entry[];
  /** The rows behind each entry, by its index. */
  readonly origins: readonly Origin[];
  /** Each file that was given. */
  readonly cases: FileReading | null;
  readonly parties: FileReading | null;
}

export interface Origin {
  readonly caseRow: Row | null;
  readonly partyRows: readonly Row[];
}

/** One file: its header, and its rows that do not go in. */
export interface FileReading {
  readonly name: string;
  readonly readAs: string;
  readonly header: Pick<Header<string>, 'titles' | 'width' | 'reasonIndex' | 'ignored' | 'line'>;
  /** Rows below the header that are not blank. */
  readonly rowCount: number;
  readonly rejected: readonly Rejection[];
  readonly notes: readonly Note[];
}

/** A row that does not go in, and everything that is wrong with it. */
export interface Rejection {
  readonly row: Row;
  readonly faults: readonly Fault[];
}

/** Something odd about a row that goes in all the same. */
export interface Note {
  readonly line: number;
  readonly oddity: Oddity;
}

/** A fault of a row as a whole. */
export function rowFault(code: ReasonCode, detail: string): Fault {
  return { column: null, value: null, isPrivate: false, code, detail };
}

/** The reading once the court has said which entries' cases it does not have: their rows are rejected, too. */
export function withoutMissing(reading: Reading, missing: readonly number[]): Reading {
  if (missing.length === 0 || reading.parties === null) return reading;
  const absent = new Set(missing);
  const more = missing.flatMap((index) =>
    reading.origins[index]!.partyRows.map((row) => ({
      row,
      faults: [rowFault('NO_CASE', reading.entries[index]!.number)],
    })),
  );
  const rejected = [...reading.parties.rejected, ...more].sort((one, other) => one.row.line - other.row.line);
  return {
    ...reading,
    entries: reading.entries.filter((_, index) => !absent.has(index)),
    origins: reading.origins.filter((_, index) => !absent.has(index)),
    parties: { ...reading.parties, rejected },
  };
}
