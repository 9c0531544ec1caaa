import { afterAll, beforeAll, describe, expect, test } from 'vitest';

import type { Answer } from '../../../common/wire.ts';
import { wholeKey } from '../../../gateway/horizontal/whole-rows.ts';
import { placesOf, spoils } from './places.ts';
import { entityKey, harmless, lossesOf, spoilWholeRows, type ListFault } from './rows.ts';
import { sources, type Source } from './sources.ts';
import { judgeLie, startTrial, type Trial } from './trial.ts';

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
      const [question, answer] = given[0]!;
      const faults: string[] = [];
      let count = 0;
      for (const place of placesOf(answer)) {
        const spoiled = spoil(JSON.parse(JSON.stringify(answer)) as Answer, place);
        if (!spoiled) continue;
        count += 1;
        const found = await judgeLie(
          trial,
          source,
          truth,
          (own) => own === question,
          () => spoiled,
        );
        for (const fault of found) faults.push(`${place.path.join('.')}: ${fault}`);
      }
      expect(faults.slice(0, 12), `${faults.length} faults of ${count} places`).toEqual([]);
    },
  );
});
