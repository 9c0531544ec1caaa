/**
 * The hub's cursor: the position bytes of a member's cursor (order-preserving), then the members missing so far in this
 * walk, then the length of that list in two bytes. Comparing two cursors compares positions, because positions are unique.
 */

import { HubError } from '../errors.ts';

/** Where a walk stands: the members' own cursor, and who has been missing since its first page. */
export interface WalkPosition {
  /** A member's cursor as it is handed to members, base64url. */
  readonly position: string;
  readonly missing: readonly string[];
}

/** The cursor handed to a client. */
export function formatCursor({ position, missing }: WalkPosition): string {
  const list = Buffer.from(missing.join(','), 'utf8');
  const length = Buffer.alloc(2);
  length.writeUInt16BE(list.length);
  return Buffer.concat([Buffer.from(position, 'base64url'), list, length]).toString('base64url');
}

/** Reads a client's cursor; throws BAD_CURSOR when it is none that this hub gave. Members judge the position itself. */
export function parseCursor(text: string): WalkPosition {
  const bytes = /^[A-Za-z0-9_-]+$/.test(text) ? Buffer.from(text, 'base64url') : Buffer.alloc(0);
  const length = bytes.length >= 2 ? bytes.readUInt16BE(bytes.length - 2) : -1;
  const end = bytes.length - 2 - length;
  if (length < 0 || end <= 0) {
    throw new HubError(
      'BAD_CURSOR',
      "The cursor is malformed. Pass an endCursor or an edge's cursor exactly as it was given.",
      {
        reason: 'MALFORMED',
      },
    );
  }
  const list = bytes.toString('utf8', end, bytes.length - 2);
  return {
    position: bytes.subarray(0, end).toString('base64url'),
    missing: list === '' ? [] : list.split(','),
  };
}

/** A member's cursor as text whose JavaScript order is the order of its bytes. */
export function toComparable(cursor: string): string {
  return Buffer.from(cursor, 'base64url').toString('latin1');
}
