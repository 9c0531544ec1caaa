import { deepStrictEqual } from 'node:assert/strict';

import fc from 'fast-check';
import { describe, expect, it, vi } from 'vitest';

import { compileReader } from '../../../../gateway/asking/reading/reader.ts';
import { createReaders } from '../../../../gateway/asking/reading/readers.ts';
import { openScan, unreadable } from '../../../../gateway/asking/reading/scan.ts';
import { shapeOf } from '../../../../gateway/asking/reading/shape.ts';
import { randomRun, randomTimeoutMs } from '../../../support/random-run.ts';

/** What is true by the platform: undefined for what is no JSON. */
function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

/** Answers below 2 KiB are left to `JSON.parse`, so what is tried is longer: whitespace behind an answer says nothing. */
function padded(text: string): string {
  return text + ' '.repeat(2_048);
}

/** The text as it arrives: half a character does not. */
function sent(text: string): string {
  return Buffer.from(padded(text)).toString();
}

/** Reads a text as the answer to a question that has been answered so often before, in the way that the question says. */
function readAfter(times: number, question: string, usual: string, text: string): unknown {
  const readers = createReaders();
  for (let time = 0; time < times; time += 1) readers.read(Buffer.from(padded(usual)), question);
  return readers.read(Buffer.from(padded(text)), question);
}

const question = '{ cases { number debtors { name echo: name age bank { status accounts { balance } } tags } } }';
const bank = { status: 'FOUND', accounts: [{ balance: '12.50' }, { balance: '-3.00' }] };
const debtors = [
  { name: '陈敏军', echo: '陈敏军', age: 41, bank, tags: ['甲', '乙'] },
  {
    name: '一个比十三个字更长的名字，自成一串',
    echo: '一个比十三个字更长的名字，自成一串',
    age: 0,
    bank: null,
    tags: [],
  },
];
const usual = JSON.stringify({ data: { cases: [{ number: '（2017）苏0312执1号', debtors }] } });

describe('an answer is read as JSON.parse reads it', () => {
  const variants: Readonly<Record<string, string>> = {
    'as asked': usual,
    'the same twice in a row': usual.replaceAll('12.50', '-3.00'),
    'in ASCII': usual.replaceAll(/[^\x20-\x7e]/g, 'x'),
    'with escapes': usual.replace('陈敏军', '\\u9648\\"\\\\\\n').replace('FOUND', 'FO\\u0055ND'),
    'with half a character': usual.replace('陈敏军', '\\ud800'),
    'with characters beyond the BMP': usual.replaceAll('军', '𠮷'),
    'with whitespace': JSON.stringify(parsed(usual), null, 2),
    'with whitespace in one object': usual.replace('"status":', '"status": '),
    'with fields in another order': usual.replace(/"name":("[^"]*"),"echo":("[^"]*")/, '"echo":$2,"name":$1'),
    'with a field less': usual.replace('"age":41,', ''),
    'with a field more': usual.replace('"age":41,', '"age":41,"more":{"a":[1,"}"]},'),
    'with a field twice': usual.replace('"age":41,', '"age":41,"age":42,'),
    'with errors behind': usual.replace(/\}$/, ',"errors":[{"message":"a"}],"extensions":{"b":1}}'),
    'with errors before': usual.replace('{"data"', '{"errors":[{"message":"a"}],"data"'),
    'with a comma behind the data': usual.replace(/\}$/, ',}'),
    'with a comma and a line behind the data': usual.replace(/\}$/, ', \n}'),
    'with a space behind the data': usual.replace(/\}$/, ' }'),
    'with data twice': usual.replace(/\}$/, ',"data":null}'),
    'with data null': '{"data":null}',
    'with a string for data': '{"data":"cases"}',
    'with a list for data': '{"data":[1,{"cases":null}]}',
    'with a number for a list of objects': usual.replace('"debtors":[', '"debtors":7,"more":['),
    'with an object for a leaf': usual.replace('"age":41', '"age":{"years":41,"text":"}{\\""}'),
    'with lists in lists': usual.replace('["甲","乙"]', '[["甲"],[],[["乙",[null,true,false]]]]'),
    'with fractions and powers': usual.replace('"age":41', '"age":-0').replace('"age":0', '"age":1.5e3'),
    'with two points in a number': usual.replace('"age":41', '"age":4.1.2'),
    'with a minus alone': usual.replace('"age":41', '"age":-'),
    'with more digits than are exact': usual.replace('"age":41', '"age":12345678901234567890'),
    'with sixteen digits': usual.replace('"age":41', '"age":9007199254740993'),
    'with a name that every object has': usual.replace('"age":41', '"__proto__":{"a":1}'),
    'with a mark before': `\ufeff${usual}`,
    'with a zero before a number': usual.replace('"age":41', '"age":041'),
    'with a plus': usual.replace('"age":41', '"age":+41'),
    'with half a word': usual.replace('"bank":null', '"bank":nul'),
    'with another word': usual.replace('"bank":null', '"bank":nulls'),
    'with a comma too many': usual.replace('"乙"]', '"乙",]'),
    'with a comma too few': usual.replace('"甲","乙"', '"甲""乙"'),
    'with a line end in a string': usual.replace('FOUND', 'FO\nUND'),
    'with an unknown escape': usual.replace('FOUND', 'FO\\xUND'),
    'with brackets that cross': usual.replace('["甲","乙"]}', '["甲","乙"}]'),
    'with more behind': `${usual}x`,
    'with a second answer behind': usual + usual,
    'cut off': usual.slice(0, -20),
    'cut off in a string': usual.slice(0, usual.indexOf('FOUND') + 2),
    'lists without end': usual.replace('["甲","乙"]', '['.repeat(100_000)),
    'lists in each other': usual.replace('["甲","乙"]', '['.repeat(50_000) + ']'.repeat(50_000)),
    'no object': '"data"',
    nothing: '',
  };

  it.each(Object.entries(variants))('%s', (name, text) => {
    for (const times of [0, 3, 4, 9]) {
      const read = readAfter(times, question, usual, text);
      // Too deep for a comparison that calls itself.
      if (name === 'lists in each other') expect(typeof read).toBe('object');
      else deepStrictEqual(read, parsed(padded(text)));
    }
  });

  it('twice at most, however deep what is not as asked stands in each other', () => {
    const depth = 150;
    const asked = `${'{ a '.repeat(depth)}${'}'.repeat(depth)}`;
    const text = '{"a":'.repeat(depth) + JSON.stringify('x'.repeat(10_000)) + ',"b":1}'.repeat(depth);
    const scan = openScan(Buffer.from(text), 0);
    expect(() => compileReader(shapeOf(asked)!)(scan)).toThrow(unreadable);
    expect(scan.readAgain).toBeLessThan(2 * text.length);
    const answer = `{"data":${text}}`;
    const regular = `{"data":${'{"a":'.repeat(depth)}1${'}'.repeat(depth)}}`;
    deepStrictEqual(readAfter(5, asked, regular, answer), parsed(sent(answer)));
  });

  it.each([
    [['陈敏军', '陈敏军a', '陈a', 'a', 'ab', '陈敏']],
    [['é', 'éa', 'éaé', 'aé', 'a', 'aa', 'a𠮷', 'a𠮶', '𠮷a']],
    [[23, 24, 25, 26].flatMap((count) => ['x'.repeat(count), '中'.repeat(count), `${'x'.repeat(count - 1)}é`])],
    [['\ufeffa', '\ufeff', '\u0080', '\u07ff\u0800', '\uffff', '\u007f']],
  ])('strings that begin alike, of bytes that do not count alike: %j', (names) => {
    const asked = '{ rows { name } }';
    const text = JSON.stringify({ data: { rows: [...names, ...[...names].reverse()].map((name) => ({ name })) } });
    deepStrictEqual(readAfter(5, asked, text, text), parsed(padded(text)));
    for (const at of [0, 1, 2, 3]) {
      const bytes = Buffer.concat([Buffer.alloc(at), Buffer.from(text)]).subarray(at);
      const scan = openScan(bytes, '{"data":'.length);
      deepStrictEqual({ data: compileReader(shapeOf(asked)!)(scan) }, parsed(text));
    }
  });

  it('bytes that are no UTF-8', () => {
    const readers = createReaders();
    const bytes = Buffer.from(padded(usual));
    bytes[bytes.indexOf('FOUND')] = 0xff;
    for (let time = 0; time < 9; time += 1) {
      deepStrictEqual(readers.read(bytes, question), parsed(bytes.toString()));
    }
  });

  it('of any shape, whole or damaged', { timeout: randomTimeoutMs }, () => {
    fc.assert(
      fc.property(arbitraryAnswer, fc.array(arbitraryDamage, { maxLength: 3 }), ({ asked, answer }, damages) => {
        const told = JSON.stringify({ data: answer });
        const text = damages.reduce((damaged, damage) => damage(damaged), told);
        deepStrictEqual(readAfter(5, asked, told, text), parsed(sent(text)));
        // What was read before has no bearing on what is read next.
        deepStrictEqual(readAfter(5, asked, text, told), parsed(sent(told)));
      }),
      randomRun(600),
    );
  });
});

describe('a reader', () => {
  /** How often `JSON.parse` is called for this. */
  function parsesOf(run: () => unknown): number {
    const parse = vi.spyOn(JSON, 'parse');
    run();
    const { length } = parse.mock.calls;
    parse.mockRestore();
    return length;
  }

  const [told, other] = [usual, usual.replaceAll('"age"', '"years"')].map((text) => Buffer.from(padded(text)));

  it('reads the fourth answer to a question and those that follow, and JSON.parse has no part in it', () => {
    const readers = createReaders();
    const parses = Array.from({ length: 6 }, () => parsesOf(() => readers.read(told!, question)));
    expect(parses).toEqual([1, 1, 1, 0, 0, 0]);
  });

  it('reads what agencies are asked, and every string of it that was there before is the same', () => {
    const entities = `query Q($representations: [_Any!]!) { _entities(representations: $representations) {
      ... on Party { bank { status accounts { balance } _nonet_status: status } _nonet_typename: __typename _nonet_id: id } } }`;
    const one = { bank: { status: 'FOUND', accounts: [], _nonet_status: 'FOUND' }, _nonet_typename: 'Party' };
    const rows = Array.from({ length: 40 }, (_, index) => ({ ...one, _nonet_id: String(index) }));
    const readers = createReaders();
    const bytes = Buffer.from(JSON.stringify({ data: { _entities: rows } }));
    for (let time = 0; time < 4; time += 1) readers.read(bytes, entities);
    expect(parsesOf(() => readers.read(bytes, entities))).toBe(0);
    const scan = openScan(bytes, '{"data":'.length);
    compileReader(shapeOf(entities)!)(scan);
    expect(scan).toMatchObject({ isRegular: true, readAgain: 0, at: bytes.length - 1 });
  });

  it('leaves an object of another shape to JSON.parse, and after four such answers in a row all of them', () => {
    const readers = createReaders();
    const read = (bytes: Buffer | undefined) => parsesOf(() => readers.read(bytes!, question));
    expect([told, told, told, told, other, other, other, told, other, other, other, other].map(read)).toEqual([
      1, 1, 1, 0, 2, 2, 2, 0, 2, 2, 2, 2,
    ]);
    expect([told, told].map(read)).toEqual([1, 1]);
  });

  it('is made for so many questions, those that were answered last', () => {
    const readers = createReaders(2);
    const asked = (name: string) => question.replace('{', `query ${name} {`);
    for (const name of ['A', 'B', 'C']) for (let time = 0; time < 4; time += 1) readers.read(told!, asked(name));
    expect(['C', 'B', 'A'].map((name) => parsesOf(() => readers.read(told!, asked(name))))).toEqual([0, 0, 1]);
  });

  it('is not made for small answers, nor for long questions', () => {
    const readers = createReaders();
    const long = `${question}${' '.repeat(20_000)}`;
    for (let time = 0; time < 6; time += 1) {
      expect(parsesOf(() => readers.read(told!, long))).toBe(1);
      expect(parsesOf(() => readers.read(Buffer.from(usual), question))).toBe(1);
    }
  });
});

describe('the shape of an answer', () => {
  const keysOf = (text: string): readonly string[] | undefined => shapeOf(text)?.fields.map(({ key }) => key);

  it('has fields in the order of their first mention, fragments in their places', () => {
    const text = 'query A { a ...F b: c ... on Query { a d } } fragment F on Query { e { f } b: c e { g } }';
    expect(keysOf(text)).toEqual(['a', 'e', 'b', 'd']);
    expect(shapeOf(text)?.fields[1]?.below?.fields.map(({ key }) => key)).toEqual(['f', 'g']);
  });

  it('tells which fields say the same', () => {
    const sources = shapeOf('{ a b: a c: a(x: 1) d: a(x: 1) e: a(x: 2) }')?.fields.map(({ source }) => source);
    expect(sources).toEqual(['a()', 'a()', 'a(x: 1)', 'a(x: 1)', 'a(x: 2)']);
  });

  it.each([
    '{ a @skip(if: true) b }',
    '{ a ... @include(if: false) { b } }',
    '{ a ...F @include(if: false) } fragment F on Query { b }',
    '{ a { ... on B { c } ... on D { e } } }',
    '{ ...F }',
    'query A { ...F } fragment F on Query { a { ...F } }',
    'query A { a } query B { b }',
    'fragment F on Query { a }',
    '{ a',
    `{ ${Array.from({ length: 61 }, (_, index) => `a${index}`).join(' ')} }`,
  ])('is not settled by %s', (text) => {
    expect(shapeOf(text)).toBeNull();
  });
});

/** A question and an answer that it may have. */
const arbitraryAnswer = fc.letrec<{ object: Asked; field: Asked }>((tie) => {
  const leaf = fc.oneof(
    fc.string({ unit: 'binary' }),
    fc.string({ maxLength: 30 }),
    fc.integer(),
    fc.double(),
    fc.boolean(),
    fc.constant(null),
  );
  const leaves = fc.oneof(leaf, fc.array(leaf, { maxLength: 3 })).map((answer) => ({ asked: '', answer }));
  const names = fc.constantFrom('a', 'b', 'name', 'status', '__typename', '__proto__', 'constructor', 'toString');
  return {
    field: fc.oneof(
      { maxDepth: 3 },
      leaves,
      tie('object'),
      tie('object').map(({ asked, answer }) => ({ asked, answer: [answer, null, answer] })),
    ),
    object: fc.dictionary(names, tie('field'), { minKeys: 1, maxKeys: 5 }).map((fields) => {
      const entries = Object.entries(fields);
      return {
        asked: `{ ${entries.map(([key, { asked }]) => `${key} ${asked}`).join(' ')} }`,
        answer: Object.fromEntries(entries.map(([key, { answer }]) => [key, answer])),
      };
    }),
  };
}).object;

interface Asked {
  readonly asked: string;
  readonly answer: unknown;
}

/** Takes characters out of a text, or puts some in. */
const arbitraryDamage = fc
  .record({
    at: fc.double({ min: 0, max: 1, noNaN: true }),
    removed: fc.integer({ min: 0, max: 4 }),
    put: fc.oneof(
      fc.constantFrom('', '"', '{', '}', '[', ']', ',', ':', '\\', ' ', '0', '-', 'e', '.', 'null', '\u0000', '中'),
      fc.string({ maxLength: 3 }),
    ),
  })
  .map(({ at, removed, put }) => (text: string): string => {
    const place = Math.floor(at * text.length);
    return text.slice(0, place) + put + text.slice(place + removed);
  });
