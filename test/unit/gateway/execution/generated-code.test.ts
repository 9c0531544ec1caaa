import { afterEach, beforeEach, describe, expect, it } from 'vitest';

import { startSmall, type Small } from '../../../support/small-federation.ts';

/** Everything that became code, while a test runs. */
let codes: string[] = [];
const own = globalThis.Function;
beforeEach(() => {
  codes = [];
  globalThis.Function = new Proxy(own, {
    construct(target, given: string[]) {
      codes.push(given.at(-1)!);
      return Reflect.construct(target, given);
    },
  });
});
afterEach(() => {
  globalThis.Function = own;
});

const poisons = [
  '"]; globalThis.broken = 1; //',
  '`${globalThis.broken = 1}`',
  "'); globalThis.broken = 1; ('",
  '\\"+(globalThis.broken = 1)+\\"',
  '\u2028globalThis.broken = 1\u2029',
  '*/ globalThis.broken = 1 /*',
];

interface Thing {
  readonly __typename: string;
  readonly id: string;
}
const things: readonly Thing[] = poisons.map((id) => ({ __typename: 'Thing', id }));

/** Names that mean something in JavaScript stand wherever a schema and a question have names. */
const subgraphs: readonly Small[] = [
  {
    name: 'eval',
    sdl: `
      type Query { things(text: String, kind: prototype, input: arguments): [this!]! one: Thing }
      enum prototype { constructor hasOwnProperty valueOf eval return broken }
      enum few { toString undefined }
      input arguments { constructor: String! return: prototype = eval list: [String!] = ["a"] }
      interface this { id: ID! }
      type Thing implements this @key(fields: "id") {
        id: ID! constructor(valueOf: String = "x"): String valueOf: prototype undefined: few toString: [[prototype!]]
      }
    `,
    resolvers: {
      Query: {
        things: (_: unknown, given: { text?: string; input?: { constructor: string } }) =>
          things.map((one) => ({ ...one, constructor: `${given.text} ${given.input?.constructor}` })),
        one: () => things[0],
      },
      Thing: {
        __resolveReference: ({ id }: Thing) => ({ __typename: 'Thing', id }),
        constructor: (_: Thing, { valueOf }: { valueOf: string }) => valueOf,
        valueOf: () => 'eval',
        undefined: () => 'undefined',
        toString: () => [['return'], null],
      },
    },
  },
  {
    name: 'constructor',
    sdl: `
      enum prototype { constructor hasOwnProperty valueOf eval return broken }
      type Thing @key(fields: "id") { id: ID! valueOf: prototype @external hasOwnProperty: String @requires(fields: "valueOf") }
    `,
    resolvers: {
      Thing: {
        __resolveReference: (told: Thing) => told,
        hasOwnProperty: ({ id, valueOf }: { id: string; valueOf: string }) => `${valueOf} ${id}`,
      },
    },
  },
];

describe('generated code', () => {
  it.each(poisons)('holds nothing of a question but its names, quoted: %j', async (poison) => {
    const federation = await startSmall(subgraphs);
    codes = [];
    const quoted = JSON.stringify(poison);
    const query = /* GraphQL */ `
      query broken(
        $constructor: String = ${quoted}
        $__proto__: Boolean! = true
        $toString: arguments = { constructor: ${quoted}, return: broken, list: [${quoted}] }
        $arguments: prototype = return
        $eval: Boolean!
      ) {
        globalThis: things(text: $constructor, kind: $arguments, input: $toString) @include(if: $__proto__) {
          ...process
          ... on Thing @skip(if: $eval) { broken: hasOwnProperty return: id }
        }
        things(text: ${quoted}, kind: hasOwnProperty, input: { constructor: ${quoted} }) { null: id }
        this: __type(name: ${quoted}) { name }
      }
      fragment process on this {
        function: __typename
        ... on Thing { failed: constructor(valueOf: ${quoted}) enums: valueOf v: undefined __proto__: toString }
      }
    `;
    for (const variables of [{ eval: false }, { eval: true, constructor: poison, toString: { constructor: poison } }]) {
      const { data, errors } = await federation.hub(query, variables);
      expect(errors).toBeUndefined();
      const { globalThis: found, things: all } = data as Record<string, Record<string, unknown>[]>;
      expect(all).toEqual(poisons.map((id) => ({ null: id })));
      expect(found!.map((one) => JSON.stringify(one))).toEqual(
        poisons.map((id) => {
          const always = `"function":"Thing","failed":${quoted},"enums":"eval","v":"undefined","__proto__":[["return"],null]`;
          return `{${always}${variables.eval ? '' : `,"broken":${JSON.stringify(`eval ${id}`)},"return":${JSON.stringify(id)}`}}`;
        }),
      );
    }
    await federation.stop();
    expect(codes.length).toBeGreaterThan(2);
    for (const code of codes) {
      expect(code).not.toContain(poison);
      expect(foreignIn(code)).toEqual([]);
    }
    expect('broken' in globalThis).toBe(false);
  });

  it('is looked at by a test that would see a name outside of quotes', () => {
    expect(foreignIn('return { "globalThis": o1(v["constructor"]) };')).toEqual([]);
    expect(foreignIn('return { globalThis: o1(v.constructor) };')).toEqual(['globalThis', 'constructor']);
    expect(foreignIn('return "\\"" + broken;')).toEqual(['broken']);
    expect(foreignIn('/* a */ return `b`;')).toEqual(['/*', '`', '`']);
  });
});

/** Names of the question and the schemas that stand in code outside of double quotes, and what would let text stand there. */
function foreignIn(code: string): string[] {
  const bare = code.replaceAll(/"(?:[^"\\\u2028\u2029\n]|\\.)*"/g, '""');
  const words = [...bare.matchAll(/[\p{ID_Start}$_][\p{ID_Continue}$]*|[`'\\]|\/\*/gu)].map(([word]) => word);
  return words.filter((word) => foreign.has(word));
}

/** Of the names above those that are no words of the generator's own, which are told from others by their quotes alone. */
const foreign = new Set([
  ...['globalThis', 'process', 'broken', 'eval', 'arguments', 'prototype', 'this', 'few', 'Thing', 'things', 'one'],
  ...['constructor', 'hasOwnProperty', 'valueOf', 'toString', '__proto__', 'text', 'kind', 'input', 'list'],
  ...['`', "'", '\\', '/*'],
]);
