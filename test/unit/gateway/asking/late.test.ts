import { deepStrictEqual } from 'node:assert/strict';

import fc from 'fast-check';
import { describe, expect, it } from 'vitest';

import { Late, lateKey } from '../../../../gateway/late.ts';
import { compileReader } from '../../../../gateway/asking/reading/reader.ts';
import { openScan, unreadable } from '../../../../gateway/asking/reading/scan.ts';
import { shapeOf } from '../../../../gateway/asking/reading/shape.ts';
import { randomRun, randomTimeoutMs } from '../../../support/random-run.ts';

const question = `{ cases { totalCount edges { node { number } cursor ${lateKey}: node { debtors { name tags } } } more } }`;
const readers = new Map<string, ReturnType<typeof compileReader>>();

interface Edge {
  readonly node: unknown;
  readonly cursor: string;
  readonly [lateKey]?: unknown;
}

/** What a reader for the question makes of a text; undefined where it leaves it to `JSON.parse`. */
function readBy(text: string, asked = question): unknown {
  const bytes = Buffer.from(text);
  const read = readers.get(asked) ?? compileReader(shapeOf(asked)!);
  readers.set(asked, read);
  const scan = openScan(bytes, 0);
  try {
    const value = read(scan);
    return scan.at === bytes.length ? value : undefined;
  } catch {
    return undefined;
  }
}

/** The same with what was put off; `unread` where any of it is no JSON. */
function whole(value: unknown): unknown {
  if (value instanceof Late) {
    const own = value.read();
    if (own === undefined) throw unread;
    return whole(own);
  }
  if (Array.isArray(value)) return value.map(whole);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([key, own]) => [key, whole(own)]));
}
const unread = new Error('no JSON in an object that was put off');

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

function page(edges: readonly Edge[]): string {
  return JSON.stringify({ cases: { totalCount: edges.length, edges, more: '},{"node":' } });
}

const debtors = (...names: string[]) => ({ debtors: names.map((name) => ({ name, tags: ['甲'] })) });
const rows: readonly Edge[] = [
  { node: { number: '1' }, cursor: 'a', [lateKey]: debtors('陈敏军', 'Ann') },
  { node: { number: '2' }, cursor: 'b', [lateKey]: debtors() },
  { node: { number: '3' }, cursor: 'c', [lateKey]: debtors('},{"node":{"number":"9"},"cursor":"x"') },
];
const edgesOf = (value: unknown) => (value as { cases: { edges: Edge[] } }).cases.edges;

describe('rows that come whole with their page', () => {
  it('are put off, and are what they were when they are read, in any order and again', () => {
    const edges = edgesOf(readBy(page(rows)));
    expect(edges.map((edge) => edge[lateKey] instanceof Late)).toEqual([true, true, true]);
    for (const at of [2, 0, 1, 0]) deepStrictEqual((edges[at]![lateKey] as Late).read(), rows[at]![lateKey]);
    deepStrictEqual(JSON.parse(JSON.stringify(edges)), rows);
  });

  it.each([
    ['null', null],
    ['a list', [debtors('x'), null]],
    ['a number', 7],
    ['a string', '},{"node":'],
  ])('are read at once where they are %s', (_, value) => {
    deepStrictEqual(edgesOf(readBy(page([{ ...rows[0]!, [lateKey]: value }])))[0]![lateKey], value);
  });

  it('are read in whatever shape they are', () => {
    const other = { debtors: null, more: [{ a: 1.5, b: 'x\n' }] };
    const edges = edgesOf(readBy(page([{ ...rows[0]!, [lateKey]: other }, rows[1]!])));
    deepStrictEqual((edges[0]![lateKey] as Late).read(), other);
  });

  it('that are no JSON harm nobody but who reads them', () => {
    const edges = edgesOf(readBy(page(rows).replace('"Ann"', '"An"n')));
    expect((edges[0]![lateKey] as Late).read()).toBeUndefined();
    deepStrictEqual(whole(edges[2]![lateKey]), rows[2]![lateKey]);
  });

  it('are left to JSON.parse where whitespace stands before a value, which a quotation mark might follow', () => {
    const row = (number: string, tags: string) =>
      `{"node":{"number":"${number}"},"cursor":"a","${lateKey}":{"debtors":[{"name":"x","tags":[${tags}`;
    // Who takes the space for a value takes what is in the strings for brackets, and the second row, which is in the first, for one of the page.
    const inside = row('2', ' "q,"]}]}},",z"');
    const text = `{"cases":{"totalCount":1,"edges":[${row('1', ' {"a":{"b":["]},z"]}},')}${inside}]}]}}],"more":1}}`;
    expect((parsed(text) as { cases: { edges: unknown[] } }).cases.edges).toHaveLength(1);
    expect(readBy(text)).toBeUndefined();
    expect(readBy(page(rows).replaceAll('"tags":["', '"tags":[ "'))).toBeUndefined();
  });

  it('are stepped over twice at most, however deep what is not as asked stands in each other', () => {
    const depth = 150;
    const asked = `{ ${lateKey}: node ${'{ a '.repeat(depth)}${'}'.repeat(depth)} }`;
    const deep = '{"a":'.repeat(depth) + JSON.stringify('x'.repeat(10_000)) + ',"b":1}'.repeat(depth);
    const text = `{"${lateKey}":${deep}}`;
    const scan = openScan(Buffer.from(text), 0);
    expect(() => compileReader(shapeOf(asked)!)(scan)).toThrow(unreadable);
    expect(scan.readAgain).toBeLessThan(2 * text.length);
  });

  it('take no row with them that is of another shape', () => {
    const [one, other, third] = rows.map((row) => JSON.stringify(row));
    for (const odd of [
      JSON.stringify({ cursor: 'b', node: { number: '2' }, [lateKey]: null }),
      JSON.stringify(rows[1], null, 1),
      '{}',
      'null',
      other!.replace('"node"', '"}node"'),
    ]) {
      const text = page([]).replace('[]', `[${[one, odd, third].join(',')}]`);
      deepStrictEqual(whole(readBy(text)), parsed(text));
    }
  });

  it('are what JSON.parse makes of them, or are not taken, however damaged', { timeout: randomTimeoutMs }, () => {
    const name = fc.oneof(
      fc.string({ maxLength: 30 }),
      fc.string({ unit: 'binary', maxLength: 30 }),
      fc.constant('},{"node":'),
    );
    const debtor = fc.record({ name, tags: fc.array(name, { maxLength: 2 }) });
    const edge = fc.record({
      node: fc.record({ number: name }),
      cursor: name,
      [lateKey]: fc.oneof(fc.record({ debtors: fc.array(debtor, { maxLength: 3 }) }), fc.constant(null)),
    });
    const damage = fc.record({
      at: fc.nat(),
      removed: fc.nat(3),
      put: fc.constantFrom('', ' ', ':', '0', '"', '{', '}', '[', ']', ',', '\\', 'x'),
    });
    fc.assert(
      fc.property(fc.array(edge, { maxLength: 5 }), fc.array(damage, { maxLength: 2 }), (edges, damages) => {
        const told = Buffer.from(page(edges)).toString();
        deepStrictEqual(whole(readBy(told)), parsed(told));
        let text = told;
        for (const { at, removed, put } of damages) {
          const place = at % text.length;
          text = text.slice(0, place) + put + text.slice(place + removed);
        }
        text = Buffer.from(text).toString();
        const read = readBy(text);
        if (read === undefined) return;
        try {
          deepStrictEqual(whole(read), parsed(text));
        } catch (error) {
          // Then it is the text that is none.
          if (error !== unread) throw error;
          expect(parsed(text)).toBeUndefined();
        }
      }),
      randomRun(1_000),
    );
  });
});
