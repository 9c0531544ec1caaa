import fc from 'fast-check';
import { describe, expect, it } from 'vitest';

import { bytes } from '../../../gateway/json/bytes.ts';
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
    [
      'a text in the place of an object',
      { kind: 'object', fields: [{ key: 'length', value: { kind: 'value' } }] },
      'abc',
    ],
    ['a function', { kind: 'value' }, () => 1],
  ] as const)('leaves %s to JSON.stringify', (_, shape, value) => {
    expect(compileWriter(shape as JsonShape)(value)).toBeNull();
  });

  it('fails as JSON.stringify does where that fails', () => {
    expect(() => compileWriter({ kind: 'value' })(1n)).toThrow(TypeError);
  });

  it('writes a list where an object was expected, whatever is asked of it', () => {
    const write = compileWriter({ kind: 'object', fields: [{ key: 'length', value: { kind: 'value' } }] });
    const value = [{ length: 10 }, [{ length: 20 }, null]];
    expect(write(value)?.toString()).toBe(JSON.stringify(value));
  });

  it('leaves a shape that has a name twice to JSON.stringify', () => {
    const twice = { key: 'a', value: { kind: 'value' } } as const;
    expect(compileWriter({ kind: 'object', fields: [twice, twice] })({ a: 1 })?.toString()).toBe('{"a":1}');
  });

  it('makes no code for a shape of more names than that is worth', () => {
    const long = (key: string): JsonShape => ({ kind: 'object', fields: [{ key, value: { kind: 'value' } }] });
    const made = (shape: JsonShape) => {
      const own = globalThis.Function;
      let length = 0;
      globalThis.Function = new Proxy(own, {
        construct(target, given: string[]) {
          length += given.at(-1)!.length;
          return Reflect.construct(target, given);
        },
      });
      try {
        compileWriter(shape);
      } finally {
        globalThis.Function = own;
      }
      return length;
    };
    const many: JsonShape = {
      kind: 'object',
      fields: Array.from({ length: 300 }, (_, place) => ({ key: `k${place}`, value: long('x'.repeat(50)) })),
    };
    expect(made(long('x'.repeat(2_000)))).toBeLessThan(80_000);
    expect(made(many)).toBe(0);
    const value = Object.fromEntries(Array.from({ length: 300 }, (_, place) => [`k${place}`, null]));
    expect(compileWriter(many)(value)).toBeNull();
  });

  it('keeps nothing of what it wrote', () => {
    const write = compileWriter(rows);
    write([{ a: '320399195001010020' }]);
    write([{ a: '320399195001010020' }, {}]);
    expect(bytes.every((byte) => byte === 0)).toBe(true);
  });

  it('goes on after values that are too long, however many', () => {
    const write = compileWriter(rows);
    for (let times = 0; times < 6; times += 1) expect(write([{ a: 'x'.repeat(large) }])).toBeNull();
    expect(write([{ a: 1 }])?.toString()).toBe('[{"a":1}]');
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

  it('is none where it would write nothing, or has been given up', () => {
    const many = Array.from({ length: 300 }, (_, at) => ({ key: `field${at}`, value: { kind: 'value' as const } }));
    const never = laterWriter(() => ({ kind: 'object', fields: many }));
    expect([never(), never(), never(), never(), never()]).toEqual([null, null, null, null, null]);
    const writer = laterWriter(() => rows);
    for (let times = 0; times < 3; times += 1) writer();
    for (const value of [1, 2, 3, 4]) expect(writer()?.(value)).toBeNull();
    expect(writer()).toBeNull();
  });
});
