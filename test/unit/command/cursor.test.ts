import fc from 'fast-check';
import { expect, test } from 'vitest';
import { parseCursor, type Position, toCursor } from '../../../subgraphs/command/connection/cursor.ts';

const position: fc.Arbitrary<Position> = fc.record({
  createdAt: fc.oneof(
    fc.date({ min: new Date('1970-01-01T00:00:00Z'), max: new Date('9999-12-31T23:59:59.999Z'), noInvalidDate: true }),
    fc.constantFrom(new Date('2018-01-04T00:30:00.250Z'), new Date('2018-01-04T00:30:00.251Z')),
  ),
  id: fc.oneof(
    fc.uuid(),
    fc.constantFrom('00000000-0000-0000-0000-000000000000', 'ffffffff-ffff-ffff-ffff-ffffffffffff'),
  ),
});

test('a cursor stands for the position that it was made of', () => {
  fc.assert(
    fc.property(position, (each) => {
      expect(parseCursor(toCursor(each))).toEqual(each);
    }),
  );
});

test('cursors sort by bytes as rows do: the newest first, those of one moment by id', () => {
  fc.assert(
    fc.property(position, position, (a, b) => {
      const [x, y] = [a, b].map((each) => Buffer.from(toCursor(each), 'base64url')) as [Buffer, Buffer];
      const byTime = Math.sign(b.createdAt.getTime() - a.createdAt.getTime());
      expect(Math.sign(Buffer.compare(x, y))).toBe(byTime || (a.id === b.id ? 0 : a.id < b.id ? -1 : 1));
    }),
    { numRuns: 1_000 },
  );
});

test('the bytes of any cursor stand for a moment that a row can have', () => {
  fc.assert(
    fc.property(fc.uint8Array({ minLength: 22, maxLength: 22 }), (bytes) => {
      const text = Buffer.from([1, ...bytes]).toString('base64url');
      let parsed: Position;
      try {
        parsed = parseCursor(text);
      } catch (error) {
        expect(error).toMatchObject({ extensions: { code: 'BAD_CURSOR' } });
        return;
      }
      expect(parsed.createdAt.toISOString()).toMatch(/^\d{4}-/);
      expect(toCursor(parsed)).toBe(text);
    }),
    { numRuns: 1_000 },
  );
});

const cursor = toCursor({ createdAt: new Date('2018-01-04T00:30:00Z'), id: 'a3bb189e-8bf9-3888-9912-ace4e6543002' });

test.each([
  ['empty text', ''],
  ['another alphabet', `${cursor}=`],
  ['a character that decoders skip', `${cursor.slice(0, 9)}\n${cursor.slice(9)}`],
  ['a cut cursor', cursor.slice(0, -4)],
  ['more than any cursor has', cursor.repeat(9)],
  ['a later version', `Ag${cursor.slice(2)}`],
  ['a moment before 1970', Buffer.from([1, ...Buffer.alloc(22, 0xff)]).toString('base64url')],
])('%s is a malformed cursor', (_, text) => {
  expect(() => parseCursor(text)).toThrow(
    expect.objectContaining({ extensions: { code: 'BAD_CURSOR', fault: 'malformed' } }) as Error,
  );
});
