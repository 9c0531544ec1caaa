import { expect, it } from 'vitest';
import { randomTimeoutMs } from '../../support/random-run.ts';
import { expectSameAnswers } from '../../support/same-answers.ts';
import { startTestCity } from '../../support/test-city.ts';
import { describeOnPostgres } from '../../support/describe-postgres.ts';

describeOnPostgres('nine courts on PostgreSQL', () => {
  it(
    'answer exactly like one court on PGlite with all rows, in a database that orders text by pinyin',
    async () => {
      await using city = await startTestCity({ casesPerCourt: 15, seed: 'engines', engine: 'postgres' });
      await expectSameAnswers(city, 100);
      // Names in another order than their bytes are what would show it.
      const names = [...city.records.values()].flat().flatMap(({ parties }) => parties.map(({ name }) => name));
      const byPinyin = names.toSorted(new Intl.Collator('zh').compare);
      expect(byPinyin).not.toEqual(names.toSorted());
    },
    randomTimeoutMs,
  );
});
