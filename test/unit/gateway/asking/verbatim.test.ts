import { deepStrictEqual } from 'node:assert/strict';

import fc from 'fast-check';
import { buildSchema, type GraphQLLeafType } from 'graphql';
import { describe, expect, it } from 'vitest';

import { createReaders } from '../../../../gateway/asking/reading/readers.ts';
import { leafCheckOf } from '../../../../gateway/horizontal/leaf-checks.ts';
import { Verbatim, type VerbatimField, type VerbatimFields, type VerbatimValue } from '../../../../gateway/verbatim.ts';
import { verbatimsIn } from '../../../support/verbatim-wire.ts';
import { randomRun, randomTimeoutMs } from '../../../support/random-run.ts';

const schema = buildSchema(`
  scalar Money scalar Date scalar DateTime scalar Plate
  enum Kind { CURRENT SAVINGS }
  type Query { money: Money date: Date moment: DateTime plate: Plate kind: Kind id: ID int: Int float: Float yes: Boolean text: String }
`);
const typeOf = (name: string) => schema.getType(name) as GraphQLLeafType;
const leaf = (name: string, isNonNull = false): VerbatimValue => ({ kind: 'leaf', isNonNull, type: typeOf(name) });
const list = (item: VerbatimValue): VerbatimValue => ({ kind: 'list', isNonNull: false, item });
const object = (
  fields: Readonly<Record<string, VerbatimValue>>,
  more: readonly VerbatimField[] = [],
): VerbatimValue => {
  const own = Object.entries(fields).map(([key, value]): VerbatimField => ({ key, value }));
  return { kind: 'object', isNonNull: true, fields: [...own, ...more] };
};
const fieldsOf = (name: string, value: VerbatimValue): VerbatimFields => {
  return { name, tree: new Map([['bank', { below: new Map([['accounts', { list: value }]]) }]]) };
};

const account = object(
  {
    name: leaf('String', true),
    count: leaf('Int'),
    share: leaf('Float'),
    isOpen: leaf('Boolean'),
    balance: leaf('Money'),
    day: leaf('Date'),
    at: leaf('DateTime'),
    kind: leaf('Kind'),
    id: leaf('ID', true),
    plate: leaf('Plate'),
    tags: list(leaf('String')),
    holds: list(object({ by: leaf('String') })),
  },
  [{ key: '__typename', typeName: 'Account' }],
);
const all = fieldsOf('all', list(account));
const question =
  '{ _entities { bank { status accounts { name count share isOpen balance day at kind id plate tags holds { by } __typename } } } }';
const usual = {
  name: '建设银行',
  count: 3,
  share: 0.25,
  isOpen: true,
  balance: '12.50',
  day: '2017-05-04',
  at: '2017-05-04T09:00:00Z',
  kind: 'SAVINGS',
  id: 'a1',
  plate: '苏C12345',
  tags: ['甲', null],
  holds: [{ by: 'x' }],
  __typename: 'Account',
};
const answerOf = (accounts: string) => `{"data":{"_entities":[{"bank":{"status":"FOUND","accounts":${accounts}}}]}}`;
const readers = createReaders();

/** What becomes of the list in an answer, read by who takes it as it came. */
function readList(text: string, asked = question, fields = all): unknown {
  const value = readAnswer(answerOf(text), asked, fields);
  return (value as { data: { _entities: { bank: { accounts: unknown } }[] } }).data._entities[0]!.bank.accounts;
}

function readAnswer(text: string, asked = question, fields: VerbatimFields | undefined = all): unknown {
  const often = Buffer.from(answerOf(JSON.stringify([usual])).padEnd(2_048));
  for (let time = 0; time < 4; time += 1) readers.read(often, asked);
  return readers.read(Buffer.from(text.padEnd(2_048)), asked, fields);
}

/** The list with this field of its one account written so. */
const listWith = (key: string, written: string): string =>
  JSON.stringify([{ ...usual, [key]: '#' }]).replace('"#"', () => written);

describe('a list that is taken as it comes', () => {
  it('stays so, and is its value where it is copied', () => {
    const text = JSON.stringify([usual, { ...usual, count: null, tags: [], holds: null }]);
    const value = readList(text);
    expect(value).toBeInstanceOf(Verbatim);
    deepStrictEqual(JSON.parse(JSON.stringify(value)), JSON.parse(text));
  });

  it.each([
    ['count', '7', true],
    ['count', '0', true],
    ['count', '-12', true],
    ['count', '999999999999999', true],
    ['count', '1000000000000000', false],
    ['count', '-0', false],
    ['count', '01', false],
    ['count', '1.0', false],
    ['count', '1.5', false],
    ['count', '1e2', false],
    ['count', '"7"', false],
    ['share', '62', true],
    ['share', '62.5', true],
    ['share', '-0.5', true],
    ['share', '0.000001', true],
    ['share', '0.0000001', false],
    ['share', '62.50', false],
    ['share', '62.', false],
    ['share', '-', false],
    ['share', '1234567890123.25', true],
    ['share', '12345678901234.25', false],
    ['isOpen', 'false', true],
    ['isOpen', '"true"', false],
    ['balance', '"-0.05"', true],
    ['balance', '"1234567890123456.00"', true],
    ['balance', '"12345678901234567.00"', false],
    ['balance', '".50"', false],
    ['balance', '"12.5"', false],
    ['balance', '12.25', false],
    ['day', '"2017-5-4"', false],
    ['at', '"2017-05-04"', false],
    ['kind', '"CURRENT"', true],
    ['kind', '"OTHER"', false],
    ['id', '7', true],
    ['id', '"7"', true],
    ['id', 'null', false],
    ['name', 'null', false],
    ['name', '""', true],
    ['name', '"a\\u0062"', false],
    ['name', '"a\\n"', false],
    ['name', '"甲𠮷é\u007f\u2028"', true],
    ['tags', '"甲"', false],
    ['tags', '[7]', false],
    ['holds', '[null]', false],
    ['holds', '[{"by":"x","more":1}]', false],
    ['holds', '[{}]', false],
    ['__typename', '"Card"', false],
    ['__typename', 'null', false],
  ])('does so with %s %s: %s', (key, written, stays) => {
    let parsed: unknown;
    try {
      parsed = JSON.parse(listWith(key, written));
    } catch {
      // It is no JSON, and so is the answer.
      expect(readAnswer(answerOf(listWith(key, written)))).toBeUndefined();
      expect(stays).toBe(false);
      return;
    }
    const value = readList(listWith(key, written));
    expect(value instanceof Verbatim).toBe(stays);
    deepStrictEqual(normal(value), normal(parsed));
  });

  it.each([
    ['null', 'null'],
    ['empty', '[]'],
    ['an object', '{"a":1}'],
    ['a list with null in it', '[null]'],
    ['written with spaces', JSON.stringify([usual], null, 1)],
    ['in another order', JSON.stringify([Object.fromEntries(Object.entries(usual).reverse())])],
    ['without its end', JSON.stringify([usual]).slice(0, -1)],
  ])('is read as everything else where it is %s', (_, text) => {
    let whole: unknown;
    try {
      whole = JSON.parse(answerOf(text));
    } catch {
      whole = undefined;
    }
    deepStrictEqual(readAnswer(answerOf(text)), whole);
  });

  it('is read where more is asked than goes out, or in another order', () => {
    const text = JSON.stringify([{ name: 'x', count: 1 }]);
    const small = (fields: Readonly<Record<string, VerbatimValue>>) =>
      fieldsOf(JSON.stringify(Object.keys(fields)), list(object(fields)));
    const asked = '{ _entities { bank { status accounts { name count } } } }';
    const [name, count] = [leaf('String'), leaf('Int')];
    expect(readList(text, asked, small({ name, count }))).toBeInstanceOf(Verbatim);
    deepStrictEqual(readList(text, asked, small({ name })), JSON.parse(text));
    deepStrictEqual(readList(text, asked, small({ count, name })), JSON.parse(text));
  });

  it('stays so for the operation that asked last, however many ask the same in ways of their own', () => {
    const asked = '{ _entities { bank { status accounts { name } } } }';
    const bytes = Buffer.from(answerOf('[{"name":"x"}]').padEnd(2_048));
    for (let time = 0; time < 4; time += 1) readers.read(bytes, asked);
    for (let way = 0; way < 20; way += 1) {
      const fields = fieldsOf(`way ${way}`, list(object({ name: leaf(way % 2 ? 'String' : 'Plate') })));
      expect(verbatimsIn(readers.read(bytes, asked, fields))).toHaveLength(1);
    }
  });

  it('is read where the answer tells errors, which speak of values', () => {
    const text = JSON.stringify([usual]);
    const errors = [{ message: 'x', path: ['_entities', 0, 'bank', 'accounts', 0, 'name'] }];
    const told = answerOf(text).slice(0, -1);
    deepStrictEqual(readAnswer(`${told},"errors":${JSON.stringify(errors)}}`), {
      ...JSON.parse(answerOf(text)),
      errors,
    });
    const { data, extensions } = readAnswer(`${told},"extensions":{"a":1}}`) as { data: unknown; extensions: unknown };
    deepStrictEqual(extensions, { a: 1 });
    expect(JSON.stringify(data)).toBe(JSON.stringify((JSON.parse(answerOf(text)) as { data: unknown }).data));
  });

  it(
    'is what JSON.parse makes of it, of its types and in its one form, however damaged',
    { timeout: randomTimeoutMs },
    () => {
      const odd = fc.constantFrom<unknown>(null, 7, 1.5, 'x', true, [], {}, '12.50', -0.5, 1e21);
      const mostly = (own: fc.Arbitrary<unknown>) => fc.oneof({ weight: 40, arbitrary: own }, odd);
      const text = fc.oneof(
        { weight: 12, arbitrary: fc.constantFrom('甲乙', 'abc', '', '苏C12345') },
        fc.string({ maxLength: 12 }),
        fc.string({ unit: 'binary', maxLength: 12 }),
      );
      const own = fc.record({
        name: mostly(text),
        count: mostly(fc.integer()),
        share: mostly(
          fc.oneof(
            fc.constantFrom(62, 62.5, -0.25, 0),
            fc.integer(),
            fc.double({ noDefaultInfinity: true, noNaN: true }),
          ),
        ),
        isOpen: mostly(fc.boolean()),
        balance: mostly(fc.constantFrom('12.50', '-3.00', '1.5')),
        day: mostly(fc.constant('2017-05-04')),
        at: mostly(fc.constant('2017-05-04T09:00:00Z')),
        kind: mostly(fc.constant('CURRENT')),
        id: mostly(text),
        plate: mostly(text),
        tags: mostly(fc.array(text, { maxLength: 2 })),
        holds: mostly(fc.array(fc.record({ by: mostly(text) }), { maxLength: 2 })),
        __typename: fc.constant('Account'),
      });
      const damage = fc.record({
        at: fc.nat(),
        gone: fc.nat({ max: 3 }),
        more: fc.constantFrom('', '"', '\\', ',', ']', '}', '{', '[', ' ', '0', '\u0001', 'é', '},{', 'null'),
      });
      let stayed = 0;
      fc.assert(
        fc.property(fc.array(own, { maxLength: 3 }), fc.option(damage), (accounts, harm) => {
          const plain = JSON.stringify(accounts);
          const cut = harm ? harm.at % (plain.length + 1) : 0;
          const given = harm ? plain.slice(0, cut) + harm.more + plain.slice(cut + harm.gone) : plain;
          // As it arrives: half a character does not.
          const sent = Buffer.from(answerOf(given)).toString();
          const truth = parsed(sent);
          const answer = readAnswer(sent);
          deepStrictEqual(answer === undefined ? undefined : JSON.parse(JSON.stringify(answer)), normal(truth));
          for (const came of verbatimsIn(answer)) {
            stayed += 1;
            const { buffer, byteOffset } = came.view;
            const written = Buffer.from(buffer, byteOffset + came.from, came.to - came.from).toString();
            expect(written).toBe(JSON.stringify(JSON.parse(written)));
            expect(conforms(JSON.parse(written))).toBe(true);
          }
          if (!harm && accounts.length > 0 && conforms(accounts) && isPlain(plain))
            expect(verbatimsIn(answer)).toHaveLength(1);
        }),
        { ...randomRun(20_000) },
      );
      expect(stayed).toBeGreaterThan(300);
    },
  );
});

/** Whether nothing in it has to be read because of how it is written. */
function isPlain(text: string): boolean {
  const isLong = (number: string) => number.replace(/\D/g, '').length > 15 || /\.\d{7}|e/.test(number);
  return !text.includes('\\') && !(text.match(/-?\d[\d.]*(e[+-]?\d+)?/g) ?? []).some(isLong);
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

/** Without what JSON cannot say. */
function normal(value: unknown): unknown {
  return value === undefined ? undefined : JSON.parse(JSON.stringify(value));
}

/** By the checks of values, which know nothing of bytes. */
function conforms(accounts: unknown): boolean {
  const isSound = (value: unknown, own: VerbatimValue): boolean => {
    if (value === null || value === undefined) return value === null && !own.isNonNull;
    if (own.kind === 'leaf') return leafCheckOf(own.type)(value);
    if (own.kind === 'list') return Array.isArray(value) && value.every((item) => isSound(item, own.item));
    if (typeof value !== 'object' || Array.isArray(value)) return false;
    const row = value as Readonly<Record<string, unknown>>;
    return (
      Object.keys(row).length === own.fields.length &&
      own.fields.every((field) =>
        'typeName' in field ? row[field.key] === field.typeName : isSound(row[field.key], field.value),
      )
    );
  };
  return isSound(accounts, list(account));
}
