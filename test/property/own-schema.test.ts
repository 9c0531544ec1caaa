import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import fc from 'fast-check';

import { randomRun, randomTimeoutMs } from '../support/random-run.ts';
import { createDice, randomTape, type Dice } from './dice.ts';
import { startExecutors, type Executors, type Told } from './executors.ts';
import { startFaultyCity, type FaultyCity } from './faulty-city/city.ts';
import { illnesses, type Weather } from './faulty-city/faults.ts';
import { cityWording, passingMark } from './faulty-city/wording.ts';
import { randomOperation } from './random-operation.ts';
import { compareTold } from './told.ts';

/** Each document is planned once by each executor, and asked in so many weathers. */
const weathers = 10;
/** So many of them in a row with the same variables, so that programs have to work out what is asked only once. */
const alike = 5;

describe('ours and the stock executor, over the hub’s own graph', () => {
  let city: FaultyCity;
  let executors: Executors;
  beforeAll(async () => {
    city = await startFaultyCity();
    executors = await startExecutors(city.supergraphSdl, city.sources);
  }, 120_000);
  afterAll(async () => {
    await executors.stop();
    await city[Symbol.asyncDispose]();
  });

  it(
    'give the same data, the same error paths and the same coverage, whatever is asked and whoever fails',
    async () => {
      const wording = cityWording(city.known);
      const counts = { operations: 0, same: 0, planned: 0, withErrors: 0, withData: 0 };
      const trials = fc.array(randomTape(20), { minLength: weathers, maxLength: weathers });
      const property = fc.asyncProperty(randomTape(300), trials, async (writing, tapes) => {
        const operation = randomOperation(createDice(writing), executors.schema, wording);
        fc.pre(operation !== undefined);
        counts.planned += 1;
        city.forget();
        let variables: Record<string, unknown> = {};
        for (const [index, tape] of tapes.entries()) {
          const dice = createDice(tape);
          const weather = weatherFrom(dice, city.programs);
          if (index % alike === 0) variables = operation.variablesFrom(dice);
          const question = { ...operation, variables, context: () => city.contextOf() };
          city.suffer(weather);
          const ours = withoutPassing(await executors.ours(question));
          const stock = withoutPassing(await executors.stock(question));
          const compared = compareTold(ours, stock);
          if (compared === 'different') {
            const { ill, ...others } = weather;
            throw new Error(
              [operation.query, variables, { ...others, ill: [...ill] }, ours, stock]
                .map((one) => JSON.stringify(one))
                .join('\n'),
            );
          }
          counts.operations += 1;
          if (compared === 'same') counts.same += 1;
          if (ours.paths.length > 0) counts.withErrors += 1;
          if (ours.data.length > 100) counts.withData += 1;
        }
      });
      await fc.assert(property, randomRun(220));
      expect(counts.operations).toBeGreaterThanOrEqual(2_000);
      expect(counts.same).toBeGreaterThan(counts.operations * 0.99);
      // Neither answers of nothing but errors nor fair weather alone.
      expect(counts.withErrors).toBeGreaterThan(counts.operations / 4);
      expect(counts.withData).toBeGreaterThan(counts.operations / 4);
      expect(executors.fallbacks.length).toBeLessThanOrEqual(counts.planned / 20);
    },
    randomTimeoutMs,
  );
});

function weatherFrom(dice: Dice, programs: readonly string[]): Weather {
  const faultsIn = dice.pick([0, 300, 60, 15]);
  const ill = Array.from(
    { length: dice.pick([0, 0, 1, 2]) },
    () => [dice.pick(programs), dice.pick(illnesses)] as const,
  );
  return { seed: dice.upTo(0xffff), faultsIn, ill: new Map(ill) };
}

/** What is another each time, such as when a court answered, is there or is not. */
function withoutPassing(told: Told): Told {
  const data = JSON.stringify(JSON.parse(told.data), (key, value: unknown) =>
    key.startsWith(passingMark) && value !== null ? 'given' : value,
  );
  return { ...told, data };
}
