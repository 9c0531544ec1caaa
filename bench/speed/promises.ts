/** What Nonet has promised to be, beside whom. */

import type { Scenario } from './scenarios.ts';

/** One row of a scenario beside another gateway's of the same. */
export interface Promised {
  readonly scenario: Scenario['name'];
  readonly figure: 'cpu' | 'rps' | 'memory';
  readonly other: string;
  readonly bound: number;
  readonly word: 'must' | 'aim';
}

const stock = 'apollo-stock';
const tuned = 'hive-rust-tuned';
const scatter = 'hive-rust-scatter';

export const promises: readonly Promised[] = [
  { scenario: 'one', figure: 'cpu', other: stock, bound: 4, word: 'must' },
  { scenario: 'nine', figure: 'cpu', other: `${stock}-6`, bound: 7, word: 'must' },
  { scenario: 'one', figure: 'cpu', other: tuned, bound: 2.5, word: 'must' },
  { scenario: 'one', figure: 'cpu', other: tuned, bound: 3, word: 'aim' },
  { scenario: 'nine', figure: 'cpu', other: scatter, bound: 2, word: 'must' },
  { scenario: 'nine', figure: 'cpu', other: scatter, bound: 2.5, word: 'aim' },
  // Not the true 50, but as large an answer, and Hive's cheapest way to one.
  { scenario: 'nine', figure: 'cpu', other: `${tuned}-6`, bound: 2, word: 'must' },
  { scenario: 'nine', figure: 'cpu', other: `${tuned}-6`, bound: 2.5, word: 'aim' },
  { scenario: 'one', figure: 'rps', other: limitId('one'), bound: 0.7, word: 'aim' },
  { scenario: 'nine', figure: 'rps', other: limitId('nine'), bound: 0.75, word: 'aim' },
  { scenario: 'one', figure: 'memory', other: tuned, bound: 0.6, word: 'must' },
  { scenario: 'nine', figure: 'memory', other: scatter, bound: 0.6, word: 'must' },
];

/** What is written by hand for a scenario, does nothing but what is asked, and is the limit of what can be hoped for in Node. */
export function limitId(scenario: Scenario['name']): string {
  return scenario === 'one' ? 'by-hand-full' : 'by-hand-adaptive';
}

/** Whether a promise is about this gateway's row. */
export function isPromised(scenario: Scenario['name'], id: string): boolean {
  return promises.some((promise) => promise.scenario === scenario && promise.other === id);
}
