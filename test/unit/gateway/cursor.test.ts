import { describe, expect, test } from 'vitest';
import fc from 'fast-check';
import { HubError } from '../../../gateway/errors.ts';
import { cursorsOf, parseCursor, toComparable } from '../../../gateway/horizontal/cursor.ts';

const bytes = fc.uint8Array({ minLength: 1, maxLength: 200 });
const toText = (position: Uint8Array) => Buffer.from(position).toString('base64url');
const courts = fc.uniqueArray(fc.constantFrom('苏03', '苏0303', '苏0312', '苏0381', '苏0391'));

describe('the hub’s cursor', () => {
  test('gives back position and missing courts, whatever the bytes', () => {
    fc.assert(
      fc.property(bytes, courts, courts, (position, missing, present) => {
        const walk = parseCursor(cursorsOf(missing, present)(toText(position)));
        expect(walk).toMatchObject({ position: toText(position), missing });
        for (const court of ['苏03', '苏0303', '苏0312', '苏0381', '苏0391'] as const) {
          expect(walk.wasPresent(court)).toBe(present.includes(court));
        }
      }),
    );
  });

  test('is text that a URL and JSON carry as it is', () => {
    fc.assert(
      fc.property(bytes, courts, (position, missing) => {
        expect(cursorsOf(missing, [])(toText(position))).toMatch(/^[\w-]+$/);
      }),
    );
  });

  test('differs for walks that missed different courts', () => {
    const position = toText(Uint8Array.of(1, 2, 3));
    const cursors = [[], ['苏03'], ['苏0303'], ['苏03', '苏0303']].map((missing) => cursorsOf(missing, [])(position));
    expect(new Set(cursors).size).toBe(cursors.length);
  });

  test.each([
    ['nothing', ''],
    ['no base64url', 'a b'],
    ['padding', 'AQIDAAA='],
    ['standard base64', 'AQ+/AAA'],
    ['three bytes', 'AAAA'],
    ['a length and no position', toText(Uint8Array.of(0, 0, 0, 0))],
    ['a list longer than the cursor', toText(Uint8Array.of(1, 2, 0, 0, 255, 255))],
    ['a list that leaves no position', toText(Uint8Array.of(0xe8, 0x8b, 0x8f, 0, 0, 0, 3))],
    ['more marks than there are', toText(Uint8Array.of(1, 2, 3, 0, 1, 0, 0))],
    ['text', '案号'],
  ])('is refused when it is malformed: %s', (_, text) => {
    expect(refusalOf(text)).toMatchObject({ code: 'BAD_CURSOR', facts: { reason: 'MALFORMED' } });
  });

  test('is refused without repeating it', () => {
    const { message } = refusalOf('320312194912310028 ');
    expect(message).not.toContain('320312194912310028');
    expect(message).toMatch(/cursor/);
  });

  test('never fails otherwise, whatever the text', () => {
    fc.assert(
      fc.property(fc.string(), (text) => {
        try {
          expect(parseCursor(text).position).not.toBe('');
        } catch (error) {
          expect(error).toBeInstanceOf(HubError);
        }
      }),
    );
  });
});

describe('a position as comparable text', () => {
  test('has the order of its bytes', () => {
    fc.assert(
      fc.property(bytes, bytes, (left, right) => {
        const [a, b] = [toComparable(toText(left)), toComparable(toText(right))];
        expect(Math.sign(a < b ? -1 : Number(a > b))).toBe(Math.sign(Buffer.compare(left, right)));
      }),
    );
  });

  test('puts a prefix before what it begins', () => {
    expect(toComparable(toText(Uint8Array.of(1))) < toComparable(toText(Uint8Array.of(1, 0)))).toBe(true);
  });
});

function refusalOf(text: string): HubError {
  try {
    parseCursor(text);
  } catch (error) {
    if (error instanceof HubError) return error;
    throw error;
  }
  throw new Error('The cursor was taken.');
}
