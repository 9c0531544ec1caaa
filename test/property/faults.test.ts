import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import fc from 'fast-check';

import { adaptiveShare } from '../../gateway/horizontal/page-share.ts';
import { randomRun, randomTimeoutMs } from '../support/random-run.ts';
import { createDice, randomTape, type Dice } from './dice.ts';
import { startEngine, type City, type Engine } from './engine.ts';
import { randomFaults, secret } from './faults.ts';
import { withHubs } from './hubs.ts';
import { randomLibrary } from './library/rows.ts';
import { randomOperation, type Operation } from './operations.ts';
import { described } from './trial.ts';
import { checkTruth } from './truth.ts';

/** Each document is planned once and asked about so many libraries. */
const asked = 8;

describe.each([
  ['asked one by one', (_: Dice, city: City) => city, adaptiveShare, 400],
  ['some of them behind other hubs', withHubs, adaptiveShare, 100],
  ['asked for one row of a page and then for more', (_: Dice, city: City) => city, () => 1, 120],
  ['asked for one row, some of them behind other hubs', withHubs, () => 1, 50],
] as const)('the engine over branches of a library that fail, %s', (_, arranged, share, runs) => {
  let engine: Engine;
  beforeAll(async () => {
    engine = await startEngine(share);
  });
  afterAll(() => engine.stop());

  it(
    'says nothing untrue, lacks nothing of whoever did not fail, and names whoever did',
    async () => {
      const trials = fc.array(fc.tuple(randomTape(250), randomTape(40)), { minLength: asked, maxLength: asked });
      const property = fc.asyncProperty(randomTape(250), trials, async (writing, tapes) => {
        const sample = randomLibrary(createDice(tapes[0]![0]));
        const options = { isIdentified: true };
        const operation = randomOperation(() => createDice(writing), engine.schema, sample, options);
        for (const [rows, choices] of tapes) await staysTrue(operation, rows, choices);
      });
      await fc.assert(property, randomRun(runs));
    },
    randomTimeoutMs,
  );

  async function staysTrue(operation: Operation, rows: readonly number[], choices: readonly number[]) {
    const library = randomLibrary(createDice(rows));
    const dice = createDice(choices);
    const { city, harms } = randomFaults(dice, library);
    const variables = operation.variablesFor(dice, library);
    const { document, query } = operation;
    const answer = await engine.answer(arranged(dice, city), document, query, variables);
    const inShares = share !== adaptiveShare;
    try {
      expect(answer.data).toBeTypeOf('object');
      expect(answer.data).not.toBeNull();
      expect(JSON.stringify(answer)).not.toContain(secret);
      checkTruth({ schema: engine.schema, document, variables, data: answer.data, library, harms, inShares });
      const untold = [...harms.keys()].filter((code) => !told(answer).includes(code));
      if (untold.length === 0) return;
      // What failed where it does not count (a branch that this list excludes) is missed by nobody: all of it is there.
      const named = new Map([...harms].filter(([code]) => !untold.includes(code)));
      checkTruth({ schema: engine.schema, document, variables, data: answer.data, library, harms: named, inShares });
    } catch (error) {
      const how = [...harms].map(([code, faults]) => `${code} ${[...faults].join()}`);
      throw described(
        `${(error as Error).message} (${how.join()})`,
        operation,
        variables,
        answer.data,
        answer.errors,
        library,
      );
    }
  }
});

/** Everybody whom an error or the coverage of a field names as missing something. */
function told({ errors, extensions }: Awaited<ReturnType<Engine['answer']>>): string[] {
  const covered = (extensions?.['coverage'] ?? []) as { courts: { code: string; status: string }[] }[];
  const gaps = covered.flatMap(({ courts }) =>
    courts.filter(({ status }) => !['FOUND', 'NONE', 'NOT_ASKED'].includes(status)),
  );
  const incomplete = (errors ?? []).flatMap((error) => (error.extensions?.['gaps'] ?? []) as { court: string }[]);
  return [
    ...(errors ?? []).map((error) => String(error.extensions?.['court'])),
    ...incomplete.map(({ court }) => court),
    ...gaps.map(({ code }) => code),
  ];
}
