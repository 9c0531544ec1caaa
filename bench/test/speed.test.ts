import { existsSync } from 'node:fs';
import { describe, expect, test } from 'vitest';

import { measure } from '../speed/measure.ts';
import { readOptions } from '../speed/options.ts';
import { scenarios, type Scenario } from '../speed/scenarios.ts';
import { hasMercurius } from '../speed/gateways.ts';
import { hasHive } from '../hive/process.ts';

describe.skipIf(!hasHive || !existsSync('/proc/self/stat'))('the benchmark, before anything is timed', () => {
  test.each([
    ['one', ['nonet', 'apollo-stock', 'hive-js-stock', 'hive-rust-tuned', 'by-hand-full']],
    ['nine', ['nonet', 'apollo-undici-6', 'hive-rust-scatter', 'by-hand-adaptive']],
    ['skewed', ['nonet', 'by-hand-adaptive']],
  ] as const)(
    'finds every answer right in scenario %s',
    async (name, ids) => {
      const rows = await measure(scenarioOf(name), optionsFor(ids), () => undefined);
      expect(rows.map(({ id, wrong }) => [id, wrong])).toEqual(ids.map((id) => [id, null]));
    },
    90_000,
  );
});

// Without its packages (`npm ci --prefix bench/mercurius --ignore-scripts`) Mercurius is skipped, by name.
describe.skipIf(!hasMercurius || !existsSync('/proc/self/stat'))('Mercurius, with its own graphql', () => {
  test('gives the right answers of one court and of nine side by side', async () => {
    for (const [name, ids] of [
      ['one', ['mercurius']],
      ['nine', ['mercurius-6', 'mercurius-50']],
    ] as const) {
      const rows = await measure(scenarioOf(name), optionsFor(ids), () => undefined);
      expect(rows.map(({ id, wrong }) => [id, wrong])).toEqual(ids.map((id) => [id, null]));
    }
  }, 240_000);
});

function optionsFor(ids: readonly string[]) {
  const options = readOptions(['--answers', '--only', ids.join(',')]);
  if (options === 'help') throw new Error('Options were expected.');
  return options;
}

function scenarioOf(name: Scenario['name']): Scenario {
  return scenarios.find((scenario) => scenario.name === name)!;
}
