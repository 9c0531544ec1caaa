import { GraphQLError, defaultFieldResolver, visit, type DocumentNode } from 'graphql';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, it } from 'vitest';

import type { Answer, Ask } from '../../common/wire.ts';
import { AskError } from '../../gateway/asking/reply.ts';
import { randomRun, randomTimeoutMs } from '../support/random-run.ts';
import { createDice, randomTape, type Dice } from './dice.ts';
import { startEngine, type City, type Engine } from './engine.ts';
import { toHubAsk } from './hubs.ts';
import { toBranchAsk } from './library/asks.ts';
import { randomLibrary, type Branch } from './library/rows.ts';
import { randomOperation } from './operations.ts';
import { described, differenceOf, toCity, withoutMeasures } from './trial.ts';

const fields =
  'title fee volume notes name names visits isMember birthYear home byKind count anyKept coverage loans loanConnection statistics recent subjects shelves reader totalCount madeOn edges node hasConsented fees loan'.split(
    ' ',
  );
const faults = ['down', 'late', 'refused', ...fields];

/** Each document is planned once and asked about so many libraries. */
const asked = 6;

describe.each([
  ['a hub', (city: City) => ({ ...city, hubs: behindOne(city) })],
  ['a hub behind a hub', (city: City) => ({ ...city, hubs: behindTwo(city) })],
] as const)('asked through %s', (_, arranged) => {
  let engine: Engine;
  beforeAll(async () => {
    // Hubs are asked in two hops: what fails in the second has to fail for branches, too.
    engine = await startEngine(undefined, false);
  });
  afterAll(() => engine.stop());

  it(
    'branches of which one fails give the same answer, the same errors and the same coverage as without it',
    async () => {
      const trials = fc.array(fc.tuple(randomTape(250), randomTape(40)), { minLength: asked, maxLength: asked });
      const property = fc.asyncProperty(randomTape(250), trials, async (writing, tapes) => {
        const sample = randomLibrary(createDice(tapes[0]![0]));
        const operation = randomOperation(() => createDice(writing), engine.schema, sample, { isIdentified: true });
        for (const [rows, choices] of tapes) {
          const library = randomLibrary(createDice(rows));
          const dice = createDice(choices);
          const [fault, bad] = [dice.pick(faults), dice.pick(['b', 'c'])];
          const city = withFault(toCity(library), library.branches, fault, bad);
          const variables = operation.variablesFor(dice satisfies Dice, library);
          const { document, query } = operation;
          if (wantsPagesOfEntitiesWhole(query)) continue;
          const direct = await engine.answer(city, document, query, variables);
          const through = await engine.answer(arranged(city), document, query, variables);
          const unsure = asUnsure(comparable(through), comparable(direct), conditionsIn(document, fault));
          const difference = differenceOf(unsure, comparable(direct));
          if (difference !== null) throw described(difference, operation, variables, fault, bad, through, direct);
        }
      });
      await fc.assert(property, randomRun(100));
    },
    randomTimeoutMs,
  );
});

/**
 * A hub tells a gap by the place in the question and not by the row, so a page below several entities that is to be whole is given up for
 * all of them where it would be for one (docs/hub-of-hubs.md).
 */
function wantsPagesOfEntitiesWhole(query: string): boolean {
  return query.includes('completeness') && /loanConnection|club/i.test(query);
}

/** One of the branches is away, refuses, or fails at every field of one name. */
function withFault(city: City, branches: readonly Branch[], fault: string, bad: string): City {
  const failing = (branch: Branch): Ask => {
    if (fault === 'down') return () => Promise.reject(new AskError('DOWN', 'down'));
    if (fault === 'late') return () => Promise.reject(new AskError('DEADLINE', 'late'));
    if (fault === 'refused') {
      return () => Promise.resolve({ errors: [{ message: 'no', extensions: { code: 'NO_LEGAL_BASIS' } }] });
    }
    return toBranchAsk(branch, (source, args, context, info) => {
      if (info.fieldName === fault) throw new GraphQLError('It fails.');
      return defaultFieldResolver(source, args, context, info);
    });
  };
  const asks = branches.map(
    (branch) => [branch.code, branch.code === bad ? failing(branch) : toBranchAsk(branch)] as const,
  );
  return { ...city, branches: new Map(asks) };
}

function behindOne({ branches }: City) {
  const behind = ['b', 'c'];
  return new Map([['near', { ask: toHubAsk({ branches: of(branches, behind) }), behind }]]);
}

function behindTwo(city: City) {
  const behind = ['b', 'c', 'd'];
  const ask = toHubAsk({ branches: of(city.branches, behind), hubs: behindOne(city) });
  return new Map([['far', { ask, behind }]]);
}

function of(branches: City['branches'], wanted: readonly string[]) {
  return new Map([...branches].filter(([code]) => wanted.includes(code)));
}

/** The bindery's fields in the question, where what failed is something that it requires. */
function conditionsIn(document: DocumentNode, fault: string): ReadonlySet<string> {
  const keys = new Set<string>();
  if (!['madeOn', 'volume', 'title', 'edition', 'year'].includes(fault)) return keys;
  visit(document, {
    Field({ name, alias }) {
      if (name.value === 'condition') keys.add((alias ?? name).value);
    },
  });
  return keys;
}

/** Whether the bindery was told a null, as far as what it says of it shows: its text has each part that it requires. */
function wasToldNull(condition: unknown): boolean {
  const texts = Object.values(condition ?? {}).filter((value) => typeof value === 'string');
  return texts.every((text) => text.split(' ').includes('null'));
}

/**
 * What a hub above does not know it may leave open: of a value that failed below it hears no name, so that ANY and ALL, where
 * nothing decides them, are unknown. It hears the place and not the row, so that a null at that place may be what failed, and whoever
 * requires it is not asked. Only where something was told.
 */
function asUnsure(through: Comparable, direct: Comparable, conditions: ReadonlySet<string>): Comparable {
  if (through.causes.length === 0) return through;
  const unsure = (own: unknown, other: unknown, isCondition = false): unknown => {
    if (own === null && typeof other === 'boolean') return other;
    if (own === null && isCondition && wasToldNull(other)) return other;
    if (typeof own !== 'object' || typeof other !== 'object' || own === null || other === null) return own;
    if (Array.isArray(own)) return own.map((item, at) => unsure(item, (other as unknown[])[at]));
    const beside = other as Record<string, unknown>;
    return Object.fromEntries(
      Object.entries(own).map(([key, value]) => [key, unsure(value, beside[key], conditions.has(key))]),
    );
  };
  return { ...through, data: unsure(through.data, direct.data) };
}

type Comparable = ReturnType<typeof comparable>;

/** Who was missing is part of a cursor, and a hub between may say so in other bytes. */
function comparable({ data, errors = [], extensions }: Answer) {
  const causes = errors.map(
    ({ extensions: told }) => `${String(told?.['code'])} ${String(told?.['court'])} ${String(told?.['hub'])}`,
  );
  const covered = (extensions?.['coverage'] ?? []) as { readonly path: string }[];
  return {
    data: JSON.parse(
      JSON.stringify(withoutMeasures(data)).replaceAll(/"(endCursor|startCursor|cursor)":"[^"]*"/g, '"$1":""'),
    ) as unknown,
    causes: [...new Set(causes)].sort(),
    covered: [...covered].sort((left, right) => (left.path < right.path ? -1 : 1)),
  };
}
