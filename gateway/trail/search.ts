/** Pages of the trail, newest first: records of one person, one party or one officer, through all chains. */

import { createHash } from 'node:crypto';

import { HubError } from '../errors.ts';
import { fieldsOfLine } from './line.ts';
import { recordsOf, type TrailRecord } from './records.ts';
import type { Budget, ChainReader, FoundLine, Place } from './places.ts';

/** Whose records are wanted: the field of a line, and its value as the trail's marks make it. */
export type Wanted =
  | { readonly field: 'person'; readonly value: string }
  | { readonly field: 'party'; readonly value: string }
  | { readonly field: 'subject'; readonly value: string };

export interface PageOf {
  readonly first: number;
  /** A cursor as an earlier page gave it. */
  readonly after: string | null;
}

/** A record as it stands in the trail. */
export interface FoundRecord {
  readonly record: TrailRecord;
  readonly cursor: string;
}

export interface FoundPage {
  readonly records: readonly FoundRecord[];
  /** Whether there may be more: a page that has read as much as it may ends before it is full. */
  readonly hasNextPage: boolean;
  readonly endCursor: string | null;
}

/** So much of each chain is read for one page. */
const pageBytes = 1 << 28;

/** A place, and how many records have been given of the line that begins just before it. */
type Spot = readonly [...Place, taken?: number];

/** Where the search stands in each chain, by name; a chain that is not named has not been begun. */
type Spots = Readonly<Record<string, Spot>>;

interface Ahead {
  readonly reader: ChainReader;
  readonly budget: Budget;
  /** The line that was found last; null when there is none, and a place where the search had to end. */
  next: FoundLine | { readonly place: Place } | null;
  /** The records of it that have not been given, and how many have. */
  left: readonly TrailRecord[];
  taken: number;
}

/** Finds a page. Throws HubError for a cursor that is none of this search. */
export async function searchTrail(
  readers: readonly ChainReader[],
  wanted: Wanted,
  { first, after }: PageOf,
  bytes = pageBytes,
): Promise<FoundPage> {
  const text = textOf(wanted);
  const mark = createHash('sha256').update(text).digest('base64url').slice(0, 8);
  const begun = after === null ? {} : readCursor(after, mark);
  const spots = new Map<string, Spot>(Object.entries(begun));
  const ahead: Ahead[] = readers.map((reader) => ({ reader, budget: { bytes }, next: null, left: [], taken: 0 }));
  const step = async (one: Ahead) => {
    const { reader, budget } = one;
    for (;;) {
      const spot = spots.get(reader.name);
      const found = await reader.find(text, spot ? [spot[0], spot[1]] : null, budget);
      [one.next, one.taken] = [found, spot?.[2] ?? 0];
      if (!found || !('line' in found)) return;
      one.left = wantedIn(found.line, wanted).slice(one.taken);
      if (one.left.length > 0) return;
      spots.set(reader.name, found.place);
    }
  };
  const cursor = () => toCursor(mark, Object.fromEntries(spots));
  await Promise.all(ahead.map(step));
  const records: FoundRecord[] = [];
  for (;;) {
    const stuck = ahead.filter(({ next }) => next && !('line' in next));
    const newest = ahead.filter(({ next }) => next && 'line' in next).reduce<Ahead | null>(newer, null);
    if (stuck.length > 0 || !newest || records.length === first) {
      for (const { reader, next } of stuck)
        if (next) spots.set(reader.name, furtherOf(spots.get(reader.name), next.place));
      const isEmpty = records.length === 0 && stuck.length === 0;
      return { records, hasNextPage: stuck.length > 0 || newest !== null, endCursor: isEmpty ? after : cursor() };
    }
    const [record, ...left] = newest.left;
    [newest.left, newest.taken] = [left, newest.taken + 1];
    const [segment, at] = newest.next!.place;
    spots.set(newest.reader.name, left.length > 0 ? [segment, at + 1, newest.taken] : [segment, at]);
    records.push({ record: record!, cursor: cursor() });
    if (left.length === 0) await step(newest);
  }
}

/** Where nothing was read, what was given of a line stays given. */
function furtherOf(spot: Spot | undefined, place: Place): Spot {
  return spot?.[0] === place[0] && spot[1] === place[1] ? spot : place;
}

function newer(one: Ahead | null, other: Ahead): Ahead {
  return one && String(one.left[0]?.['at']) >= String(other.left[0]?.['at']) ? one : other;
}

/** The records of a line that are wanted: who asked is said for all of them. */
function wantedIn(line: string, { field, value }: Wanted): readonly TrailRecord[] {
  const records = recordsOf(fieldsOfLine(line) ?? {});
  return field === 'subject' ? records : records.filter((record) => record[field] === value);
}

/** As it stands in a line. Inside a text quotes are escaped, so it stands nowhere else. */
function textOf({ field, value }: Wanted): string {
  return `"${field}":${JSON.stringify(value)}`;
}

function toCursor(mark: string, spots: Spots): string {
  return Buffer.from(JSON.stringify([mark, spots])).toString('base64url');
}

function readCursor(cursor: string, mark: string): Spots {
  const read: unknown = parsed(Buffer.from(cursor, 'base64url').toString());
  if (!Array.isArray(read) || read.length !== 2 || read[0] !== mark || !areSpots(read[1])) {
    throw new HubError('BAD_CURSOR', 'This is no cursor of this search; give one as its pages have it, or none.');
  }
  return read[1];
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}

function areSpots(value: unknown): value is Spots {
  const isCount = (own: unknown) => typeof own === 'number' && Number.isSafeInteger(own) && own >= 0;
  const isSpot = (own: unknown) => Array.isArray(own) && (own.length === 2 || own.length === 3) && own.every(isCount);
  return typeof value === 'object' && value !== null && Object.values(value).every(isSpot);
}
