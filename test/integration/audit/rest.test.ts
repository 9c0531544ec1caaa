import { expect, test } from 'vitest';

import type { AskGraph } from '../../../audit/audit.ts';
import { restOf } from '../../../audit/rest.ts';

const whole = { data: { cases: { coverage: { complete: true, courts: [] } } } };
const gap = (code: string) => ({
  data: { cases: { coverage: { complete: false, courts: [{ court: { code }, status: 'UNREACHABLE' }] } } },
});

/** An endpoint that gives these answers in turn, and then the last again and again. */
function saying(...answers: readonly ReturnType<typeof gap>[]): {
  readonly ask: AskGraph;
  readonly asked: () => number;
} {
  let count = 0;
  const ask: AskGraph = () => Promise.resolve(answers[Math.min(count++, answers.length - 1)]!);
  return { ask, asked: () => count };
}

test('an endpoint that answers whole is at rest at once', async () => {
  const waited: string[] = [];
  const { ask, asked } = saying(whole);
  expect(await restOf(ask, { onWaiting: (what) => waited.push(what) })).toContain('"complete":true');
  expect([asked(), waited]).toEqual([1, []]);
});

test('an endpoint that reads its courts first is waited for, and that is said once', async () => {
  const waited: string[] = [];
  const { ask } = saying(gap('苏03'), gap('苏0305'), gap('苏0312'), whole);
  expect(await restOf(ask, { onWaiting: (what) => waited.push(what) })).toContain('"complete":true');
  expect(waited).toEqual([expect.stringMatching(/^Waiting up to 30 s for an answer without gaps.*苏03/)]);
});

test('an endpoint that always has the same gap is at rest with it', async () => {
  const { ask, asked } = saying(gap('苏03'), gap('苏0305'));
  expect(await restOf(ask, { steadyMs: 20 })).toContain('苏0305');
  expect(asked()).toBeGreaterThan(2);
});

test('an endpoint that never says the same twice is not waited for longer than told', async () => {
  let count = 0;
  const ask: AskGraph = () => Promise.resolve(gap(`苏${(count += 1)}`));
  expect(await restOf(ask, { withinMs: 50, steadyMs: 10_000 })).toContain('UNREACHABLE');
});
