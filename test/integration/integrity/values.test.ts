import { afterAll, beforeAll, describe, expect, test } from 'vitest';

import type { Answer } from '../../../common/wire.ts';
import { judgeLie, startTrial, type Trial } from './trial.ts';
import { placesOf, spoils } from './places.ts';
import { sources } from './sources.ts';

let trial: Trial;
beforeAll(async () => {
  trial = await startTrial();
}, 120_000);
afterAll(() => trial[Symbol.asyncDispose]());

describe.each(sources.map((source) => [source.name, source] as const))('%s', (_, source) => {
  test.each(Object.entries(spoils))(
    'a value that is %s is right all the same, or is absent and told',
    async (__, spoil) => {
      const { truth, given } = await trial.truthOf(source);
      const faults: string[] = [];
      let count = 0;
      for (const [question, answer] of given) {
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
      }
      expect(given).toHaveLength(1);
      expect(faults.slice(0, 12), `${faults.length} faults of ${count} places`).toEqual([]);
    },
  );
});
