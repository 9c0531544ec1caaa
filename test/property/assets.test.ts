import { expect, it } from 'vitest';
import { parseAnswers } from '../../subgraphs/command/assets/answers.ts';
import { summarise } from '../../subgraphs/command/assets/summary.ts';
import { isSoak } from '../support/random-run.ts';
import { bruteForce } from './assets/brute-force.ts';
import { debtorOf, representationsOf, today } from './assets/world.ts';

const debtors = isSoak ? 10_000 : 2_500;

it(`is what brute force says, for ${debtors} generated debtors`, () => {
  const seen = { EXACT: 0, LOWER_BOUND: 0, UNKNOWN: 0 };
  for (let n = 0; n < debtors; n++) {
    const debtor = debtorOf('assets', n);
    const { certainty, controllable, byKind } = summarise(representationsOf(debtor).map(parseAnswers), today);
    const truth = bruteForce(debtor);
    const parts = Object.values(byKind).reduce<bigint>((sum, fen) => sum + (fen ?? 0n), 0n);
    // Matchers cost more than all the sums: only what differs meets one.
    if (certainty !== truth.certainty || controllable !== truth.controllable || parts !== (controllable ?? 0n))
      expect({ n, certainty, controllable, parts }).toEqual({ n, ...truth, parts: truth.controllable ?? 0n });
    seen[certainty]++;
  }
  // A generator that never has one of them proves nothing about it.
  expect(Math.min(...Object.values(seen))).toBeGreaterThan(debtors / 40);
});
