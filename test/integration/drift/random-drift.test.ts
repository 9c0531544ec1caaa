import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';

import { joined } from '../../../gateway/membership/membership.ts';
import type { Answer } from '../../../common/wire.ts';
import { toPlainCity } from '../../support/brute-force.ts';
import { toComparable } from '../../support/comparable.ts';
import { emitted } from '../../support/emitted.ts';
import { createOlderCourt, losable } from '../../support/older-court.ts';
import { coordinatesOf } from '../../support/older-program.ts';
import { learnPersonIds } from '../../support/person-ids.ts';
import { randomQuestion } from '../../support/random-question.ts';
import { randomRun, randomTimeoutMs } from '../../support/random-run.ts';
import { startTestCity, type TestCity } from '../../support/test-city.ts';
import { unexplained } from '../../support/unexplained.ts';

const code = '苏0312';

describe('what is held against an answer of which something is lacking', () => {
  const of = (month: string, count: number, amountDue = '1.00') => ({ month, count, amountDue });
  const whole = [of('01', 5), of('02', 3), of('03', 4)];
  const apart = [of('01', 5), of('03', 2)];

  it.each([
    ['the one or the other of each', [of('01', 5), of('02', 3), of('03', 2)]],
    ['nothing of a month of which that court alone has cases', [of('01', 5), of('02', 0, '0.00'), of('03', 4)]],
    ['nulls', [of('01', 5), { month: '02', count: null, amountDue: null }, null]],
    ['what the others have', apart],
  ])('lets pass %s', (_, value) => {
    expect(unexplained(value, whole, apart, '')).toBeUndefined();
  });

  it.each([
    ['nothing where both have something', [of('01', 0), of('02', 3), of('03', 4)]],
    ['no amount where both have one', [of('01', 5, '0.00'), of('02', 3), of('03', 4)]],
    ["another month's number", [of('01', 2), of('02', 3), of('03', 4)]],
    ["all of another month's number", [of('01', 4), of('03', 2)]],
    ['a month twice', [of('03', 5), of('03', 5)]],
    ['a month that the others do not have in the place of one that they have', [of('02', 3), of('03', 2)]],
    ['months in another order', [of('02', 3), of('01', 5), of('03', 4)]],
    ['a month too many', [...whole, of('04', 1)]],
  ])('does not let pass %s', (_, value) => {
    expect(unexplained(value, whole, apart, '')).toBeDefined();
  });
});

describe('what is held against a page of which one court lacks something', () => {
  const row = (number: string, totalCount: number) => ({
    node: { number, person: { id: `of ${number}`, totalCount } },
  });
  const whole = [row('甲', 6), row('乙', 3), row('丙', 2)];
  // The row of that court is not there, and another one is.
  const apart = [row('乙', 3), row('丙', 1), row('丁', 4)];

  it.each([
    ['all of a row', [row('甲', 6), row('乙', 3), row('丙', 2)]],
    ['nothing, or less than all, in its own rows', [row('甲', 0), row('乙', 3), row('丙', 2)]],
    ['what others know of who is in its rows', [row('甲', 1), row('乙', 3), row('丙', 1)]],
  ])('lets pass %s', (_, value) => {
    expect(unexplained(value, whole, apart, '')).toBeUndefined();
  });

  it.each([
    ['more than all', [row('甲', 7), row('乙', 3), row('丙', 2)]],
    ['less than others know of a row of theirs', [row('甲', 6), row('乙', 3), row('丙', 0)]],
    ["another row's number", [row('甲', 6), row('乙', 4), row('丙', 2)]],
    ['a row that nobody has', [row('戊', 6), row('乙', 3), row('丙', 2)]],
    ['a row twice and another one not at all', [row('甲', 6), row('甲', 6), row('丙', 2)]],
    ['the same row everywhere', [row('乙', 3), row('乙', 3), row('乙', 3)]],
    ['rows in another order', [row('丙', 2), row('乙', 3), row('甲', 6)]],
  ])('does not let pass %s', (_, value) => {
    expect(unexplained(value, whole, apart, '')).toBeDefined();
  });
});

describe('whatever one court lacks', () => {
  const older = createOlderCourt(code);
  let city: TestCity;

  beforeAll(async () => {
    city = await startTestCity({
      casesPerCourt: 15,
      seed: 'random drift',
      between: (court, ask) => (court === code ? older.between(ask) : ask),
    });
  }, 120_000);
  afterAll(() => city[Symbol.asyncDispose]());

  it(
    'is not asked of it, and everything else is answered as one court with all rows would',
    async () => {
      const rows = toPlainCity(city.records);
      const askOracle = (query: string, variables: Readonly<Record<string, unknown>>): Promise<Answer> =>
        city.oracle.ask({ query, variables }, new AbortController().signal);
      const persons = await learnPersonIds(askOracle, rows);
      const lost = fc.uniqueArray(fc.constantFrom(...losable(coordinatesOf(emitted('court')))), {
        minLength: 1,
        maxLength: 12,
      });
      let gaps = 0;
      await fc.assert(
        fc.asyncProperty(randomQuestion(rows, persons.idOf), lost, async ({ query, variables }, coordinates) => {
          const { capability, incompatible } = older.lose(...coordinates);
          fc.pre(incompatible.length === 0);
          city.hub.roll.judge(code, { kind: 'joined', capability });
          older.refused.length = 0;
          const hub = await city.ask(query, variables);
          expect(older.refused).toEqual([]);
          const whole = toComparable(await askOracle(query, variables));
          city.hub.roll.judge(code, { kind: 'quarantined', faults: [] });
          const apart = toComparable(await city.ask(query, variables));
          city.hub.roll.judge(code, joined);
          const told = (hub.errors ?? []).filter(({ extensions }) => extensions?.['reason'] === 'UNSUPPORTED');
          for (const { extensions } of told)
            expect(extensions).toMatchObject({ code: 'UPSTREAM_REFUSED', court: code });
          const own = toComparable(hub);
          if (told.length === 0 && !own.codes.includes('INCOMPLETE')) {
            expect(own).toEqual(whole);
          } else {
            gaps += 1;
            // One court and one cause are one error.
            expect(told.length).toBeLessThanOrEqual(1);
            expect(unexplained(own.data, whole.data, apart.data, '')).toBeUndefined();
          }
        }),
        randomRun(60),
      );
      // A run in which nothing was ever lacking would say nothing.
      expect(gaps).toBeGreaterThan(2);
    },
    randomTimeoutMs,
  );
});
