/** Pages of the trail, newest first: records of one person, one party or one officer, through all chains. */

import { createHash } from 'node:crypto';

import { HubError } from '../errors.ts';
import { fieldsOfLine } from './line.ts';
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
  readonly record: Readonly<Record<string, unknown>>;
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

/** Where the search stands in each chain, by name; a chain that is not named has not been begun. */
type Places = Readonly<Record<string, Place>>;

interface Ahead {
  readonly reader: ChainReader;
  readonly budget: Budget;
  /** The next record; null when there is none, and a place where the search had to end. */
  next: FoundLine | { readonly place: Place } | null;
  fields: Readonly<Record<string, unknown>>;
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
  const places = new Map<string, Place>(Object.entries(begun));
  const ahead: Ahead[] = readers.map((reader) => ({ reader, budget: { bytes }, next: null, fields: {} }));
  const step = async (one: Ahead) => {
    one.next = await one.reader.find(text, places.get(one.reader.name) ?? null, one.budget);
    one.fields = one.next && 'line' in one.next ? (fieldsOfLine(one.next.line) ?? {}) : {};
  };
  const cursor = () => toCursor(mark, Object.fromEntries(places));
  await Promise.all(ahead.map(step));
  const records: FoundRecord[] = [];
  for (;;) {
    const stuck = ahead.filter(({ next }) => next && !('line' in next));
    const newest = ahead.filter(({ next }) => next && 'line' in next).reduce<Ahead | null>(newer, null);
    if (stuck.length > 0 || !newest || records.length === first) {
      for (const { reader, next } of stuck) if (next) places.set(reader.name, next.place);
      const isEmpty = records.length === 0 && stuck.length === 0;
      return { records, hasNextPage: stuck.length > 0 || newest !== null, endCursor: isEmpty ? after : cursor() };
    }
    places.set(newest.reader.name, newest.next!.place);
    records.push({ record: newest.fields, cursor: cursor() });
    await step(newest);
  }
}

function newer(one: Ahead | null, other: Ahead): Ahead {
  return one && String(one.fields['at']) >= String(other.fields['at']) ? one : other;
}

/** As it stands in a line. Inside a text quotes are escaped, so it stands nowhere else. */
function textOf({ field, value }: Wanted): string {
  return `"${field}":${JSON.stringify(value)}`;
}

function toCursor(mark: string, places: Places): string {
  return Buffer.from(JSON.stringify([mark, places])).toString('base64url');
}

function readCursor(cursor: string, mark: string): Places {
  const read: unknown = parsed(Buffer.from(cursor, 'base64url').toString());
  if (!Array.isArray(read) || read.length !== 2 || read[0] !== mark || !isPlaces(read[1])) {
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

function isPlaces(value: unknown): value is Places {
  const isCount = (own: unknown) => typeof own === 'number' && Number.isSafeInteger(own) && own >= 0;
  const isPlace = (own: unknown) => Array.isArray(own) && own.length === 2 && own.every(isCount);
  return typeof value === 'object' && value !== null && Object.values(value).every(isPlace);
}
