import { afterAll, beforeAll, describe, expect, test } from 'vitest';

import { judgeValues, startTrial, type Trial } from './trial.ts';
import { spoils } from './places.ts';
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
      expect(given).toHaveLength(1);
      const { faults, count } = await judgeValues(trial, source, truth, given[0]!, spoil);
      expect(faults.slice(0, 12), `${faults.length} faults of ${count} places`).toEqual([]);
    },
  );
});
