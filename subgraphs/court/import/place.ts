import type { EntryParty } from '../load/entry.ts';
import type { PartyRow } from './party-row.ts';
import { rowFault, type Note, type Rejection } from './reading.ts';
import type { Fault } from './reasons.ts';
import type { Row } from './table.ts';

/** The party rows of one case, each with its ordinal. */
export interface Placed {
  readonly parties: readonly EntryParty[];
  readonly rows: readonly Row[];
  readonly rejected: readonly Rejection[];
  /** Ordinals of rejected rows. */
  readonly held: readonly number[];
  readonly notes: readonly Note[];
}

/**
 * Gives the parties of a case their ordinals: the file's own where it has them, else their place in the file. A rejected row
 * keeps its place, so that it returns to it when it is mended.
 */
export function placeParties(rows: readonly PartyRow[]): Placed {
  const notes: Note[] = [];
  const rejected: Rejection[] = [];
  const parties: EntryParty[] = [];
  const kept: Row[] = [];
  const held: number[] = [];
  const stated = new Set(rows.flatMap(({ ordinal }) => ordinal ?? []));
  const taken = new Set<number>();
  const identities = new Map<string, number>();
  let place = 0;
  for (const partyRow of withoutRepeats(rows, notes)) {
    const { row, party, ordinal: given } = partyRow;
    const faults: Fault[] = [...partyRow.faults];
    if (given !== null && taken.has(given)) faults.push(rowFault('DUPLICATE_ORDINAL', String(given)));
    if (given === null)
      do place++;
      while (stated.has(place));
    const ordinal = given ?? place;
    const key = party?.idNumber == null ? null : `${party.role} ${party.idType ?? ''} ${party.idNumber}`;
    const twin = key === null ? undefined : identities.get(key);
    if (twin !== undefined) faults.push(rowFault('DUPLICATE_PARTY', `see line ${twin}`));
    if (party === null || faults.length > 0) {
      rejected.push({ row, faults });
      if (!taken.has(ordinal)) held.push(ordinal);
      continue;
    }
    taken.add(ordinal);
    if (key !== null) identities.set(key, row.line);
    parties.push({ ...party, ordinal, stated: given !== null });
    kept.push(row);
    for (const oddity of partyRow.oddities) notes.push({ line: row.line, oddity });
  }
  return { parties, rows: kept, rejected, held: held.filter((ordinal) => !taken.has(ordinal)), notes };
}

/** Exports that join tables repeat rows; the same row twice says nothing new. */
function withoutRepeats(rows: readonly PartyRow[], notes: Note[]): PartyRow[] {
  if (rows.length < 2) return [...rows];
  const seen = new Map<string, number>();
  return rows.filter(({ row, faults }) => {
    const text = JSON.stringify(row.cells);
    const first = seen.get(text);
    // A row that is rejected is rejected as often as it stands there.
    if (first === undefined || faults.length > 0) {
      seen.set(text, row.line);
      return true;
    }
    notes.push({ line: row.line, oddity: { code: 'SAME_ROW_TWICE', detail: `see line ${first}` } });
    return false;
  });
}
