import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import fc from 'fast-check';
import { parse } from 'graphql';

import type { Source } from '../../gateway/explain/foresight.ts';
import { openLedger } from '../../gateway/ledger/ledger.ts';
import { openRecord, type RequestRecord } from '../../gateway/operating/record.ts';
import { fetchOf } from '../../gateway/sources/fetch.ts';
import { randomRun, randomTimeoutMs } from '../support/random-run.ts';
import { spoilt } from './catalogue/faults.ts';
import { catalogueWording } from './catalogue/operations.ts';
import { composeCatalogue, subgraphs } from './catalogue/subgraphs.ts';
import { answerOf, truthOf, type World } from './catalogue/world.ts';
import { createDice, randomTape } from './dice.ts';
import { startExecutors, type Executors, type Opened, type Question } from './executors.ts';
import { randomOperation } from './random-operation.ts';
import { compareTold } from './told.ts';
import { openRequestTrail } from '../../gateway/trail/request-trail.ts';
import { createMemoryTrail } from '../../gateway/trail/trail.ts';
import { openWire } from '../support/verbatim-wire.ts';

/** Each document is planned once by each executor, and asked about so many worlds. */
const worlds = 6;

let executors: Executors;

describe('ours and the stock executor', () => {
  let operations = 0;
  let planned = 0;
  let exact = 0;
  beforeAll(async () => {
    executors = await startExecutors(composeCatalogue(), sources);
  });
  afterAll(() => executors.stop());

  it(
    'give the same data and the same error paths, whatever is asked and whatever fails',
    async () => {
      const trials = fc.array(randomTape(8), { minLength: worlds, maxLength: worlds });
      const property = fc.asyncProperty(randomTape(400), trials, async (writing, tapes) => {
        const operation = randomOperation(createDice(writing), executors.schema, catalogueWording);
        fc.pre(operation !== undefined);
        planned += 1;
        for (const tape of tapes) {
          const dice = createDice(tape);
          const world: World = {
            seed: dice.upTo(0xffff),
            faultsIn: dice.pick([0, 40, 10, 4]),
            spoilsRequired: dice.oneIn(3),
            sparesStock: false,
          };
          const variables = operation.variablesFrom(dice);
          const question = { ...operation, variables, context: () => contextOf(world) };
          operations += 1;
          if ((await compareOn(world, { ...question, asBytes: dice.oneIn(2) })) === 'same') exact += 1;
        }
      });
      await fc.assert(property, randomRun(900));
      expect(operations).toBeGreaterThanOrEqual(5000);
      expect(exact).toBeGreaterThan(operations * 0.9);
      expect(executors.fallbacks.length).toBeLessThanOrEqual(planned / 20);
    },
    randomTimeoutMs,
  );

  it(
    'give the same where lists of the answer stay as they came',
    async () => {
      wire.stayed();
      const property = fc.asyncProperty(fc.constantFrom(...withLists), randomTape(8), async (query, tape) => {
        const dice = createDice(tape);
        const world: World = {
          seed: dice.upTo(0xffff),
          faultsIn: dice.pick([0, 0, 40, 10, 4]),
          spoilsRequired: dice.oneIn(3),
          sparesStock: false,
        };
        await compareOn(world, { ...query, variables: {}, asBytes: true, context: () => contextOf(world) });
      });
      await fc.assert(property, randomRun(1_500));
      expect(wire.stayed()).toBeGreaterThan(300);
    },
    randomTimeoutMs,
  );

  it('ask nobody about an object of which the planner tells nothing but its type', async () => {
    // Found by the property: below a fragment of a type that the object is not.
    const query = `query ($not: Boolean!) { items(first: 1) { reviews { about { ... on Book { code
      ... on Item @skip(if: $not) { kind __typename ... on Map { id folds __typename } id } } } } } }`;
    const world: World = { seed: 58645, faultsIn: 0, spoilsRequired: false, sparesStock: false };
    const question = { document: parse(query), query, variables: { not: false }, context: () => contextOf(world) };
    const told = { data: '{"items":[{"reviews":[{"about":{}}]}]}', paths: [], account: [] };
    expect(await executors.ours(question)).toEqual(told);
    const spared = () => contextOf({ ...world, sparesStock: true });
    expect(await executors.stock({ ...question, context: spared })).toEqual(told);
  });
});

/** Asks both in this world; throws where they differ, or where ours is not true though nothing fails. */
async function compareOn(world: World, question: Question): Promise<ReturnType<typeof compareTold>> {
  const ours = await executors.ours(question);
  const stock = await executors.stock({ ...question, context: () => contextOf({ ...world, sparesStock: true }) });
  const { document, query, variables } = question;
  const said = () => [query, variables, world, ours, stock].map((one) => JSON.stringify(one)).join('\n');
  if (world.faultsIn === 0) {
    const truth = await truthOf(executors.schema, document, variables, world);
    if (ours.data !== truth || ours.paths.length > 0) throw new Error(`${said()}\n${truth}`);
  }
  const compared = compareTold(ours, stock);
  if (compared === 'different') throw new Error(said());
  return compared;
}

/** Lists that one fetch brings for the client alone, and lists that are nearly so. */
const withLists = [
  '{ books(first: 3) { code prints { year copies } } }',
  '{ books { prints { copies __typename year } price } }',
  '{ books { title prints { year by { name country { code } } } } }',
  '{ books { prints { year by { name age } } } }',
  '{ books { prints { year by { name wrote { code prints { copies } } } } } }',
  '{ books { again: prints { year } prints { copies } } }',
  '{ books { prints { copies: year } } }',
  '{ books { postage prints { made: year } } }',
  '{ books { prints { year } sequel { prints { year } } } }',
  '{ books { prints { year } sequel { prints { copies year } } } }',
  '{ mixed { ... on Book { prints { year copies } } } }',
  '{ must { prints { year copies } printer { name age } } }',
  '{ newest { prints { year copies } } grid { prints { year } } }',
  '{ items { id ... on Book { prints { year copies } related { ... on Book { prints { copies } } } } } }',
  '{ books { ...B } } fragment B on Book { prints { ...P copies } } fragment P on Print { year }',
  '{ books { prints { year } ... on Book { prints { copies } } } }',
].map((query) => ({ query, document: parse(query) }));

function contextOf(world: World): Opened {
  const record = openRecord();
  worldOf.set(record, world);
  return {
    ledger: openLedger(),
    record,
    trail: openRequestTrail(createMemoryTrail()),
    late: new Set(),
    signal: new AbortController().signal,
    release: () => undefined,
  };
}

/** The world of a request, by its record, which sources are handed. */
const worldOf = new WeakMap<RequestRecord, World>();

const sources: ReadonlyMap<string, Source> = new Map(
  Object.keys(subgraphs).map((name): [string, Source] => [
    name,
    {
      foresee: () => {
        throw new Error('Nothing is explained here.');
      },
      async process(options) {
        const { document, variables, context, verbatim } = fetchOf(options);
        const world = worldOf.get(context.record)!;
        const reply = await answerOf(name, { document, variables }, world);
        const representations = (variables['representations'] ?? []) as unknown[];
        const told = spoilt(reply, name, world, (place) => JSON.stringify(representations[place]));
        return verbatim ? (wire.read(told, options.request.query!, verbatim) as Response) : told;
      },
    },
  ]),
);

type Response = Awaited<ReturnType<Source['process']>>;

const wire = openWire();
