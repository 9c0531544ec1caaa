/**
 * The hub's cursor: the position bytes of a member's cursor (order-preserving), then the members missing so far in this
 * walk, then a short hash of each member that was there, then the lengths of the two. Comparing two cursors compares
 * positions, because positions are unique.
 */

import { createHash } from 'node:crypto';

import { HubError } from '../errors.ts';

/** Where a walk stands: the members' own cursor, and who has been missing since its first page. */
export interface WalkPosition {
  /** A member's cursor as it is handed to members, base64url. */
  readonly position: string;
  readonly missing: readonly string[];
  /** Whether a member took part in the walk so far. One that joined later has rows that the walk never showed. */
  readonly wasPresent: (member: string) => boolean;
}

/** Makes the cursors of a page that are handed to a client, from positions. */
export function cursorsOf(missing: readonly string[], present: readonly string[]): (position: string) => string {
  let tail: Buffer | null = null;
  return (position) => {
    tail ??= tailOf(missing, present);
    return Buffer.concat([Buffer.from(position, 'base64url'), tail]).toString('base64url');
  };
}

function tailOf(missing: readonly string[], present: readonly string[]): Buffer {
  const list = Buffer.from(missing.join(','), 'utf8');
  const lengths = Buffer.alloc(4);
  lengths.writeUInt16BE(present.length, 0);
  lengths.writeUInt16BE(list.length, 2);
  return Buffer.concat([list, ...present.map(markOf), lengths]);
}

/** The position in a cursor that another hub handed out; null when it is none. */
export function positionOf(cursor: string): string | null {
  try {
    return parseCursor(cursor).position;
  } catch (error) {
    if (error instanceof HubError) return null;
    throw error;
  }
}

/** What a hub is handed for the members behind it: their position, and who of them was missing in the walk. */
export function cursorForHub({ position, missing, wasPresent }: WalkPosition, behind: readonly string[]): string {
  const gone = behind.filter((member) => missing.includes(member));
  return cursorsOf(
    gone,
    behind.filter((member) => !gone.includes(member) && wasPresent(member)),
  )(position);
}

/** Reads a client's cursor; throws BAD_CURSOR when it is none that this hub gave. Members judge the position itself. */
export function parseCursor(text: string): WalkPosition {
  const bytes = /^[A-Za-z0-9_-]+$/.test(text) ? Buffer.from(text, 'base64url') : Buffer.alloc(0);
  const hasLengths = bytes.length >= 4;
  const marksAt = bytes.length - 4 - (hasLengths ? bytes.readUInt16BE(bytes.length - 4) : 0) * markLength;
  const end = marksAt - (hasLengths ? bytes.readUInt16BE(bytes.length - 2) : 0);
  if (!hasLengths || end <= 0) {
    throw new HubError(
      'BAD_CURSOR',
      "The cursor is malformed. Pass an endCursor or an edge's cursor exactly as it was given.",
      {
        reason: 'MALFORMED',
      },
    );
  }
  const list = bytes.toString('utf8', end, marksAt);
  return {
    position: bytes.subarray(0, end).toString('base64url'),
    missing: list === '' ? [] : list.split(','),
    wasPresent(member) {
      const mark = markOf(member);
      for (let at = marksAt; at < bytes.length - 4; at += markLength) {
        if (bytes.compare(mark, 0, markLength, at, at + markLength) === 0) return true;
      }
      return false;
    },
  };
}

/** Short, since every edge of a page may carry them; two of a city's courts have the same once in a million cities. */
const markLength = 3;
const marks = new Map<string, Buffer>();

function markOf(member: string): Buffer {
  const known = marks.get(member);
  if (known) return known;
  const mark = createHash('sha256').update(member).digest().subarray(0, markLength);
  marks.set(member, mark);
  return mark;
}

/** A member's cursor as text whose JavaScript order is the order of its bytes. */
export function toComparable(cursor: string): string {
  return Buffer.from(cursor, 'base64url').toString('latin1');
}
