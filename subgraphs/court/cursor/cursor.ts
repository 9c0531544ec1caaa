import { caseNumberFromKey } from '../../../common/case-number.ts';
import { badCursor } from '../errors.ts';
import { digestBytes } from './digest.ts';
import { type CaseOrder, orderRules } from './order.ts';
import { decodeValue, encodeValue, widthOf } from './value.ts';

/** A place between rows: the sort value of the row before it (null where it is unknown) and that row's number key. */
export interface Position {
  readonly value: string | bigint | null;
  readonly key: string;
}

/** The walk that a cursor belongs to. */
export interface Walk {
  readonly order: CaseOrder;
  readonly digest: Buffer;
}

/**
 * A position as base64url of bytes that sort as the rows do: version, order, digest of the filter, marker, value
 * (inverted when descending), number key in UTF-8. It holds no name and no identity number.
 */
export function toCursor({ order, digest }: Walk, { value, key }: Position): string {
  const rule = orderRules[order];
  const head = Buffer.concat([Buffer.from([version, rule.byte]), digest]);
  return Buffer.concat([head, encodeValue(rule, value), Buffer.from(key, 'utf8')]).toString('base64url');
}

/** The position that a cursor of this walk stands for; throws BAD_CURSOR saying whether it is malformed, of another order or filter. */
export function parseCursor({ order, digest }: Walk, cursor: string): Position {
  const bytes = cursor.length > maxLength ? Buffer.alloc(0) : Buffer.from(cursor, 'base64url');
  // Node's decoder skips what is no base64url, so only the one canonical spelling is taken.
  if (bytes.toString('base64url') !== cursor || bytes.length <= headBytes || bytes[0] !== version) {
    throw badCursor('malformed');
  }
  const written = Object.values(orderRules).find(({ byte }) => byte === bytes[1]);
  if (!written) throw badCursor('malformed');
  const body = bytes.subarray(headBytes);
  const value = decodeValue(written, body);
  if (value === undefined) throw badCursor('malformed');
  const key = parseKey(body.subarray(widthOf(written, body)));
  if (written !== orderRules[order]) throw badCursor('other order');
  if (!bytes.subarray(2, headBytes).equals(digest)) throw badCursor('other filter');
  return { value, key };
}

const version = 1;
const headBytes = 2 + digestBytes;
const maxLength = 300;

function parseKey(bytes: Buffer): string {
  try {
    const key = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes);
    caseNumberFromKey(key);
    return key;
  } catch {
    throw badCursor('malformed');
  }
}
