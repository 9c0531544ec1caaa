import fc from 'fast-check';
import { describe, expect, it } from 'vitest';

import { compileWriter, laterWriter, type JsonShape } from '../../../gateway/json/writer.ts';

/** A shape, and values that have it. */
interface Case {
  readonly shape: JsonShape;
  readonly value: fc.Arbitrary<unknown>;
}

const name = fc.oneof(
  fc.stringMatching(/^[_A-Za-z]\w{0,8}$/),
  fc.constantFrom('__proto__', 'constructor', 'toString', 'valueOf', 'length', 'toJSON_'),
);
const text = fc.oneof(
  fc.string({ unit: 'binary' }),
  fc.string({ unit: 'grapheme' }),
  fc.constantFrom(
    '（2017）苏0501执1号',
    '\u2028',
    '\u0000',
    '"',
    '\\',
    '\ud800',
    'a\udfffb',
    '😀',
    '\u007f',
    '\u0080',
    '\u07ff',
    '\u0800',
    '\uffff',
  ),
);
const anything = fc.oneof(text, fc.constant(null), fc.double(), fc.integer(), fc.boolean(), fc.jsonValue());

function cases(depth: number): fc.Arbitrary<Case> {
  const leaf = fc.constant<Case>({ shape: { kind: 'value' }, value: anything });
  if (depth === 0) return leaf;
  const inner = cases(depth - 1);
  const list = inner.map(({ shape, value }): Case => ({
    shape: { kind: 'list', item: shape },
    value: fc.array(value, { maxLength: 4 }),
  }));
  const object = fc
    .uniqueArray(fc.tuple(name, inner), { selector: ([key]) => key, maxLength: 6 })
    .map((fields): Case => ({
      shape: { kind: 'object', fields: fields.map(([key, { shape }]) => ({ key, value: shape })) },
      value: fc.tuple(...fields.map(([, { value }]) => value)).map((values) => {
        const own = {};
        fields.forEach(([key], place) =>
          Object.defineProperty(own, key, {
            value: values[place],
            enumerable: true,
            configurable: true,
            writable: true,
          }),
        );
        return own;
      }),
    }));
  return fc.oneof(leaf, list, object).map(({ shape, value }) => ({ shape, value: fc.option(value, { freq: 8 }) }));
}

describe('a writer of JSON', () => {
  it('writes what JSON.stringify writes, whatever the shape and the values', () => {
    fc.assert(
      fc.property(
        cases(3).chain(({ shape, value }) =>
          fc.tuple(fc.constant(shape), fc.array(value, { minLength: 1, maxLength: 5 })),
        ),
        ([shape, values]) => {
          const write = compileWriter(shape);
          for (const value of values) expect(write(value)?.toString()).toBe(JSON.stringify(value));
        },
      ),
      { numRuns: 400 },
    );
  });

  it('has its say between other texts, in UTF-8', () => {
    const write = compileWriter({ kind: 'object', fields: [{ key: 'name', value: { kind: 'value' } }] });
    expect(write({ name: '法' }, '{"数据":', '}\n')?.toString()).toBe('{"数据":{"name":"法"}}\n');
  });

  it('copies what it gives: the next text does not change it', () => {
    const write = compileWriter({ kind: 'list', item: { kind: 'value' } });
    const first = write(['one']);
    write(['two', 'three']);
    expect(first?.toString()).toBe('["one"]');
  });

  const rows: JsonShape = { kind: 'list', item: { kind: 'object', fields: [{ key: 'a', value: { kind: 'value' } }] } };
  const large = 1024 * 1024;

  it.each([
    ['a text', { kind: 'value' }, 'x'.repeat(large)],
    ['a text of others', { kind: 'value' }, '法'.repeat(large / 3)],
    ['a text to be escaped', { kind: 'value' }, '"'.repeat(large / 2)],
    ['nulls', { kind: 'list', item: { kind: 'value' } }, Array.from({ length: large }, () => null)],
    ['numbers', { kind: 'list', item: { kind: 'value' } }, Array.from({ length: large / 8 }, () => 1234567)],
    ['objects that are null', rows, Array.from({ length: large }, () => null)],
    ['objects', rows, Array.from({ length: large / 8 }, () => ({ a: null }))],
    ['empty lists', { kind: 'list', item: { kind: 'list', item: rows } }, Array.from({ length: large }, () => [])],
  ] as const)('leaves %s that are more than its room to JSON.stringify', (_, shape, value) => {
    expect(compileWriter(shape)(value)).toBeNull();
  });

  it.each([
    ['an object that lacks a field', rows, [{}]],
    ['an item that is undefined', { kind: 'list', item: { kind: 'value' } }, [undefined]],
    ['no list', rows, { a: 1 }],
    ['what JSON does not know', { kind: 'value' }, 1n],
    ['a function', { kind: 'value' }, () => 1],
  ] as const)('leaves %s to JSON.stringify', (_, shape, value) => {
    expect(compileWriter(shape as JsonShape)(value)).toBeNull();
  });

  it('gives up a shape that values do not have, and not for one of them', () => {
    const write = compileWriter(rows);
    for (const value of [1, 2, 3]) expect(write(value)).toBeNull();
    expect(write([])?.toString()).toBe('[]');
    for (const value of [1, 2, 3, 4]) expect(write(value)).toBeNull();
    expect(write([])).toBeNull();
  });

  it('is made when a shape is written for the fourth time', () => {
    const writer = laterWriter(() => rows);
    expect([writer(), writer(), writer()]).toEqual([null, null, null]);
    expect(writer()?.([{ a: 1 }])?.toString()).toBe('[{"a":1}]');
    expect(writer()).toBe(writer());
  });
});
