import type { OrderRule } from './order.ts';

/** Null last in both directions, so the marker is not inverted. */
const known = 0x01;
const unknown = 0x02;
const width = { date: 4, amount: 8 } as const;

/** Marker and value as bytes that sort as the values do under the rule; nothing when the rule sorts by number alone. */
export function encodeValue(rule: OrderRule, value: string | bigint | null): Buffer {
  if (rule.value === null) return Buffer.alloc(0);
  if (value === null) return Buffer.from([unknown]);
  const bytes = Buffer.alloc(1 + width[rule.value]);
  bytes[0] = known;
  if (typeof value === 'bigint') bytes.writeBigUInt64BE(BigInt.asUintN(64, value) ^ signBit64, 1);
  else bytes.writeUInt32BE((daysOf(value) ^ signBit32) >>> 0, 1);
  if (rule.descending) invert(bytes.subarray(1));
  return bytes;
}

/** The value at the beginning of the bytes; null for an unknown one, undefined when the bytes say neither. */
export function decodeValue(rule: OrderRule, body: Buffer): string | bigint | null | undefined {
  if (rule.value === null || body[0] === unknown) return null;
  const end = widthOf(rule, body);
  if (body[0] !== known || body.length < end) return undefined;
  const bytes = Buffer.from(body.subarray(1, end));
  if (rule.descending) invert(bytes);
  if (rule.value === 'amount') return BigInt.asIntN(64, bytes.readBigUInt64BE() ^ signBit64);
  return dateOf((bytes.readUInt32BE() ^ signBit32) | 0);
}

/** How many bytes marker and value take at the beginning of the bytes. */
export function widthOf(rule: OrderRule, body: Buffer): number {
  if (rule.value === null) return 0;
  return body[0] === unknown ? 1 : 1 + width[rule.value];
}

// Two's complement sorts as unsigned once its sign bit is flipped.
const signBit64 = 1n << 63n;
const signBit32 = 1 << 31;
const dayMs = 86_400_000;

function daysOf(date: string): number {
  return Date.parse(`${date}T00:00:00Z`) / dayMs;
}

/** Undefined beyond the years 1 to 9999, which no row has. */
function dateOf(days: number): string | undefined {
  const instant = new Date(days * dayMs);
  const year = instant.getUTCFullYear();
  return year >= 1 && year <= 9999 ? instant.toISOString().slice(0, 10) : undefined;
}

function invert(bytes: Buffer): void {
  for (const [index, byte] of bytes.entries()) bytes[index] = ~byte & 0xff;
}
