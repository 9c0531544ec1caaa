import fc from 'fast-check';
import { parse, print, visit } from 'graphql';
import { describe, expect, it } from 'vitest';

import { readContract } from '../../../../schema/horizontal/contract.ts';
import { judgeMember } from '../../../../schema/horizontal/drift/judge.ts';
import { neededOf } from '../../../../schema/horizontal/drift/needed.ts';
import { emitted } from '../../../support/emitted.ts';
import { randomRun, randomTimeoutMs } from '../../../support/random-run.ts';
import { campaignsSdl, shopsSdl } from '../../../support/shops-contract.ts';
import { asExtensions, coordinatesOf, without } from '../../../support/older-program.ts';

const contracts = { courts: emitted('court'), shops: shopsSdl + campaignsSdl };

describe.each(Object.entries(contracts))('a program that serves the contract of %s', (_, sdl) => {
  const contract = readContract(sdl, 'contract');
  const machinery = `
    scalar _Any
    type _Service { sdl: String }
    union _Entity
    extend type Query { _service: _Service! _entities(representations: [_Any!]!): [_Entity]! }
    directive @mine(of: [Thing!]) on FIELD_DEFINITION
    extend schema @link(url: "https://example.test/mine/v1.0", import: ["@mine", { name: "@theirs", as: "@other" }])
    # Nobody knows this.
    input Thing { a: Int }
  `;
  const forms: Record<string, string> = {
    'as it is': sdl,
    'without descriptions': print(
      visit(parse(sdl), {
        enter: (node) => ('description' in node ? { ...node, description: undefined } : undefined),
      }),
    ),
    'in another order': print({
      ...parse(sdl),
      definitions: [...parse(sdl).definitions].reverse(),
    }),
    'in extensions alone': asExtensions(sdl),
    'with machinery and directives of its own': sdl + machinery,
    'with prefixed directives': sdl.replaceAll('@key(', '@federation__key('),
    'with renamed directives': sdl
      .replace('"@key"', '{ name: "@key", as: "@primary" }')
      .replaceAll('@key(', '@primary('),
    'with roots of another name': `schema { query: Root }\n${sdl
      .replace(/^\s*schema \{[^}]*\}/m, '')
      .replace(/type Query\b/, 'type Root')}`,
  };

  it.each(Object.entries(forms))('lacks nothing, written %s', (_form, text) => {
    const { capability, incompatible } = judgeMember(contract, text, 'one');
    expect(incompatible).toEqual([]);
    expect(capability.lacks).toEqual([]);
    expect(capability.isWhole).toBe(true);
    expect(capability.digest).toBe(judgeMember(contract, sdl, 'other').capability.digest);
  });

  it('is read with its types sorted', () => {
    const document = parse(sdl);
    const sorted = visit(document, {
      ObjectTypeDefinition: (node) => ({
        ...node,
        fields: [...(node.fields ?? [])].sort((left, right) => (left.name.value < right.name.value ? -1 : 1)),
      }),
    });
    expect(judgeMember(contract, print(sorted), 'one').capability.isWhole).toBe(true);
  });

  it(
    'lacks exactly what is taken out of it, and what follows from that; without what is needed it is incompatible',
    () => {
      const needed = neededOf(contract);
      fc.assert(
        fc.property(fc.constantFrom(...coordinatesOf(sdl)), (coordinate) => {
          const { capability, incompatible } = judgeMember(contract, without(sdl, coordinate), 'old');
          if (needed.has(coordinate)) {
            expect(incompatible.map((fault) => fault.coordinate)).toContain(coordinate);
            return;
          }
          const isType = !coordinate.includes('.');
          const faults = incompatible.map((fault) => fault.coordinate);
          // With a type go the fields that have it, and some of those are needed.
          expect(isType ? faults.filter((fault) => !needed.has(fault)) : faults).toEqual([]);
          const own = capability.lacks.filter((lack) => lack.because === undefined);
          if (isType) expect(own.map((lack) => lack.coordinate)).toContain(coordinate);
          else expect(own.map((lack) => lack.coordinate)).toEqual([coordinate]);
          for (const { because } of capability.lacks) {
            if (because !== undefined && !isType) expect(because).toBe(coordinate);
          }
          expect(capability.isWhole).toBe(false);
          expect(capability.digest).not.toBe(judgeMember(contract, sdl, 'new').capability.digest);
        }),
        randomRun(150),
      );
    },
    randomTimeoutMs,
  );

  it(
    'is judged without a throw, whatever its text is',
    () => {
      const pieces = sdl.split(/(?<=\n)/);
      const shuffled = fc
        .array(fc.constantFrom(...pieces, '{', '}', '"""', 'extend type Query', 'null', '@key(fields: 7)'))
        .map((list) => list.join(''));
      const cut = fc
        .tuple(fc.nat(sdl.length), fc.nat(60), fc.string())
        .map(([at, length, text]) => sdl.slice(0, at) + text + sdl.slice(at + length));
      fc.assert(
        fc.property(fc.oneof(fc.string(), shuffled, cut), (text) => {
          const { incompatible, capability } = judgeMember(contract, text, 'odd');
          for (const fault of incompatible) {
            expect(fault.member).toBe('odd');
            expect(fault.reason).not.toBe('');
            expect(fault.remedy).toMatch(/\.$/);
          }
          expect(typeof capability.digest).toBe('string');
        }),
        randomRun(300),
      );
      expect(judgeMember(contract, `type Query { a: ${'['.repeat(100_000)}`, 'deep').incompatible).toHaveLength(1);
    },
    randomTimeoutMs,
  );
});
