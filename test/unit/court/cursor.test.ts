import fc from 'fast-check';
import { expect, test } from 'vitest';
import { parseCursor, type Position, toCursor } from '../../../subgraphs/court/cursor/cursor.ts';
import { type CaseOrder, orderRules } from '../../../subgraphs/court/cursor/order.ts';

const orders = Object.keys(orderRules) as CaseOrder[];
const digest = Buffer.from('0123456789abcdef', 'hex');

const key = fc
  .record({
    year: fc.integer({ min: 1998, max: 2018 }),
    court: fc.constantFrom('苏03', '苏0312', '苏0381', '沪'),
    type: fc.constantFrom('执', '执恢', '执保'),
    serial: fc.integer({ min: 1, max: 99_999_999 }),
  })
  .map(({ year, court, type, serial }) => `${year} ${court} ${type} ${String(serial).padStart(8, '0')}`);

const amount = fc.oneof(
  fc.bigInt({ min: -(10n ** 17n), max: 10n ** 17n }),
  fc.constantFrom(0n, -1n, 1n, -(2n ** 63n), 2n ** 63n - 1n),
);

const date = fc
  .date({ min: new Date('0001-01-01T00:00:00Z'), max: new Date('9999-12-31T00:00:00Z'), noInvalidDate: true })
  .map((day) => day.toISOString().slice(0, 10));

function positionOf(order: CaseOrder): fc.Arbitrary<Position> {
  const values = { date, amount, none: fc.constant(null) }[orderRules[order].value ?? 'none'];
  return fc.record({ value: fc.option(values as fc.Arbitrary<string | bigint>, { nil: null }), key });
}

/** What a row order is, in words of its own: value, unknown last in both directions, then the number. */
function compareRows(order: CaseOrder, a: Position, b: Position): number {
  if (order !== 'NUMBER_ASC' && a.value !== b.value) {
    if (a.value === null) return 1;
    if (b.value === null) return -1;
    return a.value < b.value === order.endsWith('_ASC') ? -1 : 1;
  }
  return Math.sign(Buffer.compare(Buffer.from(a.key), Buffer.from(b.key)));
}

function bytesOf(cursor: string): Buffer {
  return Buffer.from(cursor, 'base64url');
}

test.each(orders)('cursors of %s sort by bytes as rows sort', (order) => {
  fc.assert(
    fc.property(positionOf(order), positionOf(order), (a, b) => {
      const cursors = [a, b].map((position) => bytesOf(toCursor({ order, digest }, position))) as [Buffer, Buffer];
      expect(Math.sign(Buffer.compare(...cursors))).toBe(compareRows(order, a, b));
    }),
    { numRuns: 1_000 },
  );
});

test.each(orders)('a cursor of %s stands for the position that it was made of', (order) => {
  fc.assert(
    fc.property(positionOf(order), (position) => {
      const value = orderRules[order].value === null ? null : position.value;
      expect(parseCursor({ order, digest }, toCursor({ order, digest }, position))).toEqual({ ...position, value });
    }),
  );
});

test('bytes that are no cursor are malformed, whatever they are', () => {
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 60 }), (bytes) => {
      const text = Buffer.from(bytes).toString('base64url');
      expect(() => parseCursor({ order: 'FILED_ON_DESC', digest }, text)).toThrow(/this is not a cursor/);
    }),
  );
});

const walk = { order: 'FILED_ON_DESC', digest } as const;
const cursor = toCursor(walk, { value: '2017-03-01', key: '2017 苏0312 执 00000001' });

test.each([
  ['empty text', ''],
  ['another alphabet', `${cursor}==`],
  ['a character that decoders skip', `${cursor.slice(0, 9)}\n${cursor.slice(9)}`],
  ['a cut cursor', cursor.slice(0, -4)],
  ['more than any cursor has', cursor.repeat(20)],
  ['a later version', Buffer.concat([Buffer.from([2]), bytesOf(cursor).subarray(1)]).toString('base64url')],
  [
    'an order that there is not',
    Buffer.concat([Buffer.from([1, 99]), bytesOf(cursor).subarray(2)]).toString('base64url'),
  ],
])('%s is a malformed cursor', (_, text) => {
  expect(() => parseCursor(walk, text)).toThrow(
    expect.objectContaining({ extensions: { code: 'BAD_CURSOR', fault: 'malformed' } }) as Error,
  );
});

test('a cursor of another order or filter is told apart', () => {
  expect(() => parseCursor({ ...walk, order: 'FILED_ON_ASC' }, cursor)).toThrow(
    expect.objectContaining({ extensions: { code: 'BAD_CURSOR', fault: 'other order' } }) as Error,
  );
  expect(() => parseCursor({ ...walk, digest: Buffer.alloc(8) }, cursor)).toThrow(
    expect.objectContaining({ extensions: { code: 'BAD_CURSOR', fault: 'other filter' } }) as Error,
  );
});
