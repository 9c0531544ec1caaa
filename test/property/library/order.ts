/** The orders of loans: by plain comparison, and as the order-preserving bytes of cursors. */

import { createHash } from 'node:crypto';

import type { Loan } from './rows.ts';

export const loanOrders = ['MADE_ON_DESC', 'MADE_ON_ASC', 'FEE_DESC', 'TITLE_ASC', 'TITLE_DESC', 'NUMBER_ASC'] as const;

/** Loans in an order: nulls last in both directions, then by number. Knows nothing of cursors. */
export function inOrder(loans: readonly Loan[], order: string): Loan[] {
  const { valueOf, sign } = keyOf(order);
  return [...loans].sort((left, right) => {
    const [a, b] = [valueOf(left), valueOf(right)];
    if (a === null || b === null) return a === b ? compare(left.number, right.number) : a === null ? 1 : -1;
    return sign * compare(a, b) || compare(left.number, right.number);
  });
}

/** The bytes by which a loan stands in an order: what the cursor is of, then the value or a mark for none, then the number. */
export function positionOf(loan: Loan, order: string, filter: unknown): Buffer {
  const { valueOf, sign } = keyOf(order);
  const value = valueOf(loan);
  const bytes = value === null ? Buffer.alloc(0) : toBytes(value);
  const key = sign < 0 ? bytes.map((byte) => 255 - byte) : bytes;
  const mark = Buffer.from([value === null ? 1 : 0]);
  return Buffer.concat([scopeOf(order, filter), mark, key, Buffer.from(loan.number)]);
}

/** What a cursor belongs to: an order and a filter. */
export function scopeOf(order: string, filter: unknown): Buffer {
  const digest = createHash('sha1')
    .update(JSON.stringify(filter ?? null))
    .digest();
  return Buffer.concat([Buffer.from([loanOrders.indexOf(order as 'FEE_DESC')]), digest.subarray(0, 4)]);
}

/** Text by bytes of UTF-8, amounts by value. */
export function compare(left: string | bigint, right: string | bigint): number {
  if (typeof left === 'string') return Buffer.compare(Buffer.from(left), Buffer.from(String(right)));
  return Number(left - BigInt(right));
}

function keyOf(order: string): { valueOf: (loan: Loan) => string | bigint | null; sign: 1 | -1 } {
  const sign = order.endsWith('_DESC') ? -1 : 1;
  if (order.startsWith('MADE_ON')) return { valueOf: (loan) => loan.madeOn, sign };
  if (order.startsWith('FEE')) return { valueOf: (loan) => loan.fee, sign };
  if (order.startsWith('TITLE')) return { valueOf: (loan) => loan.title, sign };
  return { valueOf: (loan) => loan.number, sign };
}

/** Text ends with a byte that is in no text; amounts have one length. */
function toBytes(value: string | bigint): Buffer {
  if (typeof value === 'string') return Buffer.from(`${value}\0`);
  const bytes = Buffer.alloc(8);
  bytes.writeBigUInt64BE(value);
  return bytes;
}
