import { afterAll, beforeAll, describe, it } from 'vitest';
import fc from 'fast-check';

import { adaptiveShare } from '../../gateway/horizontal/page-share.ts';
import { randomRun, randomTimeoutMs } from '../support/random-run.ts';
import { createDice, randomTape, type Dice } from './dice.ts';
import { startEngine, type City, type Engine } from './engine.ts';
import { withHubs } from './hubs.ts';
import { answerTruly, toOracle } from './library/oracle.ts';
import { randomLibrary } from './library/rows.ts';
import { textOf } from './library/sitting.ts';
import { randomOperation, type Operation } from './operations.ts';
import { described, differenceOf, toCity, withoutMeasures } from './trial.ts';

/** Nearly every page is refilled. */
const oneRow = () => 1;

/** Each document is planned once and asked about so many libraries. */
const asked = 8;

describe.each([
  ['asked one by one', (_: Dice, city: City) => city, adaptiveShare, 300],
  ['some of them behind other hubs', withHubs, adaptiveShare, 100],
  ['asked for one row of a page and then for more', (_: Dice, city: City) => city, oneRow, 100],
  ['asked for one row, some of them behind other hubs', withHubs, oneRow, 50],
] as const)('the engine over branches of a library, %s', (_, arranged, share, runs) => {
  let engine: Engine;
  beforeAll(async () => {
    engine = await startEngine(share);
  });
  afterAll(() => engine.stop());

  it(
    'answers random operations like one program with all rows',
    async () => {
      const trials = fc.array(fc.tuple(randomTape(250), randomTape(40)), { minLength: asked, maxLength: asked });
      const property = fc.asyncProperty(randomTape(250), trials, async (writing, tapes) => {
        const sample = randomLibrary(createDice(tapes[0]![0]));
        const operation = randomOperation(() => createDice(writing), engine.schema, sample);
        for (const [rows, choices] of tapes) await answersAlike(operation, rows, choices);
      });
      await fc.assert(property, randomRun(runs));
    },
    randomTimeoutMs,
  );

  async function answersAlike(operation: Operation, rows: readonly number[], choices: readonly number[]) {
    const library = randomLibrary(createDice(rows));
    const dice = createDice(choices);
    const variables = operation.variablesFor(dice, library);
    const { document, query } = operation;
    const { answer, sitting } = await answerTruly(engine.schema, toOracle(library), document, variables);
    const hub = await engine.answer(arranged(dice, toCity(library)), document, query, variables);
    const difference = differenceOf(withoutMeasures(hub.data), withoutMeasures(answer.data));
    if (difference !== null) throw described(difference, operation, variables, hub.errors, library);
    // The only things to tell are lists that are longer than asked, and values that differ where they have to agree.
    const told = new Set((hub.errors ?? []).map(({ extensions }) => String(extensions?.['code'])));
    const expected = new Set((answer.errors ?? []).map(({ extensions }) => String(extensions?.['code'])));
    if (sitting.truncated.length > 0) expected.add('LIST_TRUNCATED');
    if (sitting.conflicts > 0) expected.add('CONFLICT');
    const cut = (hub.errors ?? []).filter(({ extensions }) => extensions?.['code'] === 'LIST_TRUNCATED');
    const covered = Object.fromEntries(
      ((hub.extensions?.['coverage'] ?? []) as CoverageEntry[]).map(({ path, complete, courts }) => [
        path,
        { complete, ...Object.fromEntries(courts.map(({ code, status }) => [code, status])) },
      ]),
    );
    const said = {
      codes: [...told].sort(),
      cut: [...new Set(cut.flatMap(({ extensions }) => extensions?.['paths'] as string[]))].sort(),
      covered,
    };
    const due = {
      codes: [...expected].sort(),
      cut: [...new Set(sitting.truncated.map(textOf))].sort(),
      covered: Object.fromEntries([...sitting.covered].map(([path, own]) => [path, { complete: true, ...own }])),
    };
    const untold = differenceOf(said, due, 'told');
    if (untold !== null) throw described(untold, operation, variables, hub.errors, library);
  }
});

interface CoverageEntry {
  readonly path: string;
  readonly complete: boolean;
  readonly courts: readonly { readonly code: string; readonly status: string }[];
}
