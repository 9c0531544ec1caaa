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

const code = '苏0312';

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
            expectExplained(own.data, whole.data, apart.data, '');
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

/** Every value is the one that all courts give together, the one of all others alone, or null. */
function expectExplained(value: unknown, whole: unknown, apart: unknown, path: string): void {
  if (value === null || isSame(value, whole) || isSame(value, apart)) return;
  // A person whom that court alone knows is nobody's without it; with it, the others say of it that they have nothing.
  if (apart === undefined && neutral.has(JSON.stringify(value))) return;
  if (Array.isArray(value)) {
    const like = [whole, apart].find((list) => Array.isArray(list) && list.length === value.length);
    expect(like, `${path} is nobody's list`).toBeDefined();
    for (const [index, item] of value.entries()) {
      expectExplained(item, at(whole, index), at(apart, index), `${path}.${index}`);
    }
    return;
  }
  if (typeof value === 'object') {
    for (const [key, one] of Object.entries(value)) {
      expectExplained(one, at(whole, key), at(apart, key), `${path}.${key}`);
    }
    return;
  }
  // Whatever misses something is a lower bound.
  expect(value, `${path} is ${JSON.stringify(value)}, not ${JSON.stringify([whole, apart])}`).toBe(true);
}

const neutral: ReadonlySet<string> = new Set(['0', '"0.00"', '[]', 'false']);

function at(value: unknown, key: string | number): unknown {
  return typeof value === 'object' && value !== null ? (value as Record<string | number, unknown>)[key] : undefined;
}

function isSame(left: unknown, right: unknown): boolean {
  return JSON.stringify(left) === JSON.stringify(right);
}
