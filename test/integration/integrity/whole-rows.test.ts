import { afterAll, beforeAll, describe, expect, test } from 'vitest';

import type { Answer } from '../../../common/wire.ts';
import { wholeKey } from '../../../gateway/horizontal/whole-rows.ts';
import { spoils } from './places.ts';
import { entityKey, harmless, lossesOf, spoilWholeRows, type ListFault } from './rows.ts';
import { sources, type Source } from './sources.ts';
import { judgeLie, judgeValues, startTrial, type Trial } from './trial.ts';

let trial: Trial;
beforeAll(async () => {
  trial = await startTrial(true);
}, 120_000);
afterAll(() => trial[Symbol.asyncDispose]());

/** What courts are asked for as entities, asked for with the page. */
const ofRows = sources
  .filter(({ name }) => name.startsWith('court: entities'))
  .map((source): Source => ({ ...source, concerns: ({ query }) => query.includes(wholeKey) }));

describe.each(ofRows.map((source) => [source.name, source] as const))('%s, whole with their page', (_, source) => {
  const faultsOf = async (fault: ListFault) => {
    const { truth, given } = await trial.truthOf(source);
    const [question] = given[0]!;
    const spoiling = (answer: Answer) => {
      const spoiled = spoilWholeRows(answer, fault);
      expect(spoiled).toBeDefined();
      return spoiled;
    };
    return judgeLie(trial, source, truth, (own) => own === question, spoiling);
  };
  test.each(Object.entries({ ...harmless, ...lossesOf(entityKey) }))(
    'with %s: never a wrong pair, never a quiet null',
    async (__, fault) => {
      expect(await faultsOf(fault)).toEqual([]);
    },
  );

  test.each(Object.entries(spoils))(
    'a value that is %s is right all the same, or is absent and told',
    async (__, spoil) => {
      const { truth, given } = await trial.truthOf(source);
      expect(given).toHaveLength(1);
      const { faults, count } = await judgeValues(trial, source, truth, given[0]!, spoil);
      expect(faults.slice(0, 12), `${faults.length} faults of ${count} places`).toEqual([]);
    },
  );
});
