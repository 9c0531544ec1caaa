import { badCursor } from '../errors.ts';

/** A place in the order of task forces: the instant and the id of the row before it. */
export interface Position {
  readonly createdAt: Date;
  readonly id: string;
}

/** A position as base64url of bytes that sort as the rows do: version, inverted milliseconds, id. */
export function toCursor({ createdAt, id }: Position): string {
  const bytes = Buffer.alloc(length);
  bytes[0] = version;
  bytes.writeUIntBE(latestMs - createdAt.getTime(), 1, 6);
  bytes.write(id.replaceAll('-', ''), 7, 'hex');
  return bytes.toString('base64url');
}

/** The position that a cursor stands for; throws BAD_CURSOR for what is none. */
export function parseCursor(cursor: string): Position {
  const bytes = cursor.length > 2 * length ? Buffer.alloc(0) : Buffer.from(cursor, 'base64url');
  // Node's decoder skips what is no base64url, so only the one canonical spelling is taken.
  if (bytes.toString('base64url') !== cursor || bytes.length !== length || bytes[0] !== version) throw badCursor();
  const createdMs = latestMs - bytes.readUIntBE(1, 6);
  if (createdMs < 0) throw badCursor();
  const hex = bytes.toString('hex', 7);
  const id = [hex.slice(0, 8), hex.slice(8, 12), hex.slice(12, 16), hex.slice(16, 20), hex.slice(20)].join('-');
  return { createdAt: new Date(createdMs), id };
}

const version = 1;
const length = 1 + 6 + 16;
/** The last moment that ISO 8601 writes with four digits of a year; six bytes hold it. */
const latestMs = Date.UTC(9999, 11, 31, 23, 59, 59, 999);
