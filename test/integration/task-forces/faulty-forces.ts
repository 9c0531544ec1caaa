/** A small city whose command centre and first court go wrong as a test says. */

import { expect } from 'vitest';

import type { Answer, Ask } from '../../../common/wire.ts';
import { upstreamText } from '../../support/faults.ts';
import { startTestCity, type TestCity } from '../../support/test-city.ts';

/** What stands between the hub and somebody who is asked. */
type Between = (ask: Ask) => Ask;

export interface FaultyForces {
  readonly city: TestCity;
  towardsCommand: Between;
  /** Of the registry's first court. */
  towardsCourt: Between;
  /** How often any court was asked. */
  courtCalls: number;
  recover(): void;
  /** Creates a task force under a key made of these words; gives its id. */
  createForce(words: string, criteria?: Readonly<Record<string, unknown>>): Promise<string>;
  [Symbol.asyncDispose](): Promise<void>;
}

export const well: Between = (ask) => ask;

export const down: Between = () => () => Promise.reject(new Error(upstreamText));

/** Takes the question, does what it says, and loses the answer. */
export const mute: Between = (ask) => async (question, signal, headers) => {
  await ask(question, signal, headers);
  throw new Error(upstreamText);
};

/** Answers truly but for what `change` makes of it; undefined leaves the answer as it is. */
export function altered(change: (answer: Answer) => unknown): Between {
  return (ask) => async (question, signal, headers) => {
    const answer = await ask(question, signal, headers);
    return (change(answer) as Answer | undefined) ?? answer;
  };
}

export const create = `mutation ($name: String!, $criteria: TaskForceCriteriaInput!, $key: ID!) {
  createTaskForce(input: { name: $name, criteria: $criteria }, idempotencyKey: $key) { id name }
}`;

export const rows = `query ($id: ID!, $after: String, $completeness: Completeness) {
  taskForce(id: $id) { id name cases(first: 5, after: $after, completeness: $completeness) {
    totalCount totalIsLowerBound edges { node { number } } pageInfo { endCursor }
    coverage { complete courts(only: GAPS) { court { code } status reason } }
  } }
}`;

/** Keys have no spaces. */
export function toKey(words: string): string {
  return words.replaceAll(/[ ,]+/g, '-');
}

export function codesOf(answer: Answer): unknown[] {
  return (answer.errors ?? []).map(({ extensions }) => extensions?.['code']);
}

export async function startFaultyForces(seed: string): Promise<FaultyForces> {
  const between = { towardsCommand: well, towardsCourt: well, courtCalls: 0 };
  const city = await startTestCity({
    casesPerCourt: 12,
    seed,
    deadlines: { agencyMs: 1_500, courtMs: 1_500 },
    betweenCommand: (ask) => (question, signal, headers) => between.towardsCommand(ask)(question, signal, headers),
    between: (code, ask) => (question, signal, headers) => {
      between.courtCalls += 1;
      return (code === city.registry.courts[0]!.code ? between.towardsCourt : well)(ask)(question, signal, headers);
    },
  });
  return Object.assign(between, {
    city,
    recover: () => void Object.assign(between, { towardsCommand: well, towardsCourt: well }),
    async createForce(words: string, criteria: Readonly<Record<string, unknown>> = { amountOutstandingMin: '0.00' }) {
      const made = await city.ask(create, { name: '行动', criteria, key: toKey(words) });
      expect(made.errors).toBeUndefined();
      return (made.data!['createTaskForce'] as { id: string }).id;
    },
    [Symbol.asyncDispose]: () => city[Symbol.asyncDispose](),
  });
}
