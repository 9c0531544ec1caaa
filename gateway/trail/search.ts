/** Pages of the trail, newest first: records of one person, one party or one officer, through all chains. */

import { createHash } from 'node:crypto';

import { HubError } from '../errors.ts';
import { fieldsOfLine } from './line.ts';
import { recordsOf, type TrailRecord } from './records.ts';
import type { Budget, ChainReader, FoundLine, Place, Sought } from './places.ts';

/** Whose records are wanted: the field of a line, and its value as the trail's marks make it. */
export type Wanted =
  | {
      readonly field: 'person';
      readonly value: string;
      /** The marks of his parties: records that name one of them and no person are his, too. */
      readonly parties?: ReadonlySet<string>;
    }
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

/** So much is read for all pages of one request. */
const mostBytes = 1 << 28;

/** What the pages of one request may cost together, as long as somebody waits for them. */
export function openBudget(signal?: AbortSignal): Budget {
  return { bytes: mostBytes, signal };
}

/** A place, and up to which record, the newest first, the line that begins just before it has been given. */
type Spot = readonly [...Place, taken?: number];

/** Where the search stands in each chain, by name; a chain that is not named has not been begun. */
type Spots = Readonly<Record<string, Spot>>;

interface Ahead {
  readonly reader: ChainReader;
  readonly lines: ReturnType<ChainReader['find']>;
  /** The line that was found last; null when there is none, and a place where the search had to end. */
  next: FoundLine | { readonly place: Place } | null;
  /** The records of it that have not been given, each with its place among all of its line. */
  left: readonly (readonly [place: number, record: TrailRecord])[];
}

/** Finds a page. Throws HubError for a cursor that is none of this search. */
export async function searchTrail(
  readers: readonly ChainReader[],
  wanted: Wanted,
  { first, after }: PageOf,
  budget: Budget,
): Promise<FoundPage> {
  const sought = soughtOf(wanted);
  const mark = createHash('sha256')
    .update(`2 ${sought.text}${sought.parties ? ' and parties' : ''}`)
    .digest('base64url')
    .slice(0, 8);
  const begun = after === null ? {} : readCursor(after, mark);
  const spots = new Map<string, Spot>(Object.entries(begun));
  const ahead: Ahead[] = readers.map((reader) => {
    const spot = spots.get(reader.name);
    const lines = reader.find(sought, spot ? [spot[0], spot[1]] : null, budget);
    return { reader, lines, next: null, left: [] };
  });
  const step = async (one: Ahead) => {
    const { reader, lines } = one;
    for (;;) {
      const { value: found = null } = (await lines.next()) as IteratorResult<FoundLine | { place: Place }, undefined>;
      one.next = found;
      if (!found || !('line' in found)) return;
      const [segment, before, taken = 0] = spots.get(reader.name) ?? [];
      const isBegun = found.place[0] === segment && found.place[1] + 1 === before;
      one.left = wantedIn(found.line, wanted).filter(([place]) => !isBegun || place >= taken);
      if (one.left.length > 0) return;
      spots.set(reader.name, found.place);
    }
  };
  const cursor = () => toCursor(mark, Object.fromEntries(spots));
  const records: FoundRecord[] = [];
  try {
    await Promise.all(ahead.map(step));
    for (;;) {
      const stuck = ahead.filter(({ next }) => next && !('line' in next));
      const newest = ahead.filter(({ next }) => next && 'line' in next).reduce<Ahead | null>(newer, null);
      if (stuck.length > 0 || !newest || records.length === first) {
        for (const { reader, next } of stuck)
          if (next) spots.set(reader.name, furtherOf(spots.get(reader.name), next.place));
        const isEmpty = records.length === 0 && stuck.length === 0;
        return { records, hasNextPage: stuck.length > 0 || newest !== null, endCursor: isEmpty ? after : cursor() };
      }
      const [[place, record] = none, ...left] = newest.left;
      newest.left = left;
      const [segment, at] = newest.next!.place;
      spots.set(newest.reader.name, left.length > 0 ? [segment, at + 1, place + 1] : [segment, at]);
      records.push({ record, cursor: cursor() });
      if (left.length === 0) await step(newest);
    }
  } finally {
    await Promise.all(ahead.map(({ lines }) => lines.return()));
  }
}

/** Where nothing was read, what was given of a line stays given. */
function furtherOf(spot: Spot | undefined, place: Place): Spot {
  return spot?.[0] === place[0] && spot[1] === place[1] ? spot : place;
}

function newer(one: Ahead | null, other: Ahead): Ahead {
  return one && atOf(one.left[0]?.[1]) >= atOf(other.left[0]?.[1]) ? one : other;
}

const none: readonly [number, TrailRecord] = [0, {}];

/** The records of a line that are wanted, the newest first, each with its place among all of them: who asked is said for all. */
function wantedIn(line: string, wanted: Wanted): readonly (readonly [number, TrailRecord])[] {
  const records = [...recordsOf(fieldsOfLine(line) ?? {})].sort(
    (one, other) => Number(atOf(one) < atOf(other)) - Number(atOf(one) > atOf(other)),
  );
  return records
    .map((record, place) => [place, record] as const)
    .filter(([, record]) => wanted.field === 'subject' || isWanted(record, wanted));
}

function atOf(record: TrailRecord | undefined): string {
  return String(record?.['at']);
}

function isWanted(record: TrailRecord, wanted: Wanted): boolean {
  if (record[wanted.field] === wanted.value) return true;
  const { party, person } = record;
  return person === null && typeof party === 'string' && (partiesOf(wanted)?.has(party) ?? false);
}

/** As it stands in a line. Inside a text quotes are escaped, so it stands nowhere else. */
function soughtOf(wanted: Wanted): Sought {
  return { text: `"${wanted.field}":${JSON.stringify(wanted.value)}`, parties: partiesOf(wanted) };
}

function partiesOf(wanted: Wanted): ReadonlySet<string> | null {
  return (wanted.field === 'person' ? wanted.parties : null) ?? null;
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
