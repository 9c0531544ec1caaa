import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, test } from 'vitest';

import { SettingsFault } from '../../../cli/command.ts';
import { openSettings } from '../../../cli/settings.ts';
import { askingOptions, readAsking } from '../../../cli/start/asking-settings.ts';
import { defaultAsking, toAsking, type AskingOptions } from '../../../gateway/asking/settings.ts';

const directory = mkdtempSync(join(tmpdir(), 'nonet-asking-'));
const file = join(directory, 'asking.json');
afterAll(() => rmSync(directory, { recursive: true }));

function read(text: string | null): { given: AskingOptions; faults: readonly string[] } {
  if (text !== null) writeFileSync(file, text);
  const settings = openSettings([], text === null ? {} : { NONET_ASKING: file }, askingOptions);
  const given = readAsking(settings);
  try {
    settings.check();
    return { given, faults: [] };
  } catch (error) {
    if (!(error instanceof SettingsFault)) throw error;
    return { given, faults: error.message.split('\n').map((line) => line.replace(`${file}: `, '')) };
  }
}

describe('the settings of asking', () => {
  test('are the defaults where there is no file', () => {
    expect(toAsking(read(null).given)).toEqual(defaultAsking);
    expect(toAsking(read('{}').given)).toEqual(defaultAsking);
  });

  test('take what the file says, and nothing else', () => {
    const { given, faults } = read(
      '{ "deadlines": { "courtMs": 900 }, "retry": null, "answers": { "compressed": true } }',
    );
    expect(faults).toEqual([]);
    expect(toAsking(given)).toEqual({
      ...defaultAsking,
      deadlines: { ...defaultAsking.deadlines, courtMs: 900 },
      answers: { ...defaultAsking.answers, compressed: true },
      retry: null,
    });
  });

  test('may say all of the defaults themselves', () => {
    expect(read(JSON.stringify(defaultAsking))).toEqual({ given: defaultAsking, faults: [] });
  });

  test('tell everything that is wrong, one a line, with what would be right', () => {
    const { faults } = read(
      JSON.stringify({
        deadlines: { courtMs: 0.5, agentMs: 3 },
        slots: { court: '8' },
        answers: { compressed: 'gzip' },
        breaker: { failedShare: 2 },
        retry: 'never',
        hedge: { fewest: 0 },
        cache: {},
      }),
    );
    expect(faults).toEqual([
      'deadlines.courtMs has to be a whole number from 1 to 600000.',
      'deadlines has no agentMs; it has requestMs, courtMs, agencyMs.',
      'slots.court has to be a whole number from 1 to 1000.',
      'answers.compressed has to be true or false.',
      'breaker.failedShare has to be a number from 0 to 1.',
      'retry has to be a JSON object or null, with any of share, floor, most, backoffMs, leastLeftMs.',
      'hedge.fewest has to be a whole number from 1 to 10000.',
      'has no cache; it has deadlines, slots, answers, pages, breaker, retry, hedge.',
    ]);
  });

  test.each([
    ['{ "deadlines": { "courtMs": 15000 } }', 'deadlines.courtMs is 15000; it has to be below requestMs, 15000.'],
    ['{ "deadlines": { "requestMs": 4000 } }', 'deadlines.agencyMs is 5000; it has to be below requestMs, 4000.'],
    ['{ "hedge": { "fewest": 200 } }', 'hedge.fewest is 200; it has to be at most window, 128.'],
    ['deadlines', 'has to be a JSON object with any of deadlines, slots, answers, pages, breaker, retry, hedge.'],
    ['{ "slots": null }', 'slots has to be a JSON object with any of court, agency, subgraph.'],
  ])('%s is refused', (text, fault) => {
    expect(read(text).faults).toEqual([fault]);
  });

  test('name a file that cannot be read', () => {
    const settings = openSettings(['--asking', join(directory, 'none.json')], {}, askingOptions);
    readAsking(settings);
    expect(() => settings.check()).toThrow(/the settings of asking \S+none\.json cannot be read \(ENOENT\)/);
  });
});

test('OPERATIONS.md has each of them with its default', () => {
  const operations = readFileSync(new URL('../../../OPERATIONS.md', import.meta.url), 'utf8');
  for (const [section, values] of Object.entries(defaultAsking)) {
    for (const [name, value] of Object.entries(values)) {
      const shown = typeof value === 'number' ? value.toLocaleString('en-US') : String(value);
      expect(operations).toContain(`| \`${section}.${name}\` | ${shown} |`);
    }
  }
});
