/** Tries a source: learns the truth about its question, lets somebody lie, and judges what comes of it. */

import { expect } from 'vitest';

import type { Answer } from '../../../common/wire.ts';
import { warmUp } from '../faults/faulty-city.ts';
import { judge, type Truth } from './judge.ts';
import { SILENCE, startRecordedCity, type Lie, type RecordedCity } from './recorded-city.ts';
import { liar, type Source } from './sources.ts';

export interface Trial {
  readonly recorded: RecordedCity;
  readonly variables: Record<string, unknown>;
  /** The answer with and without the liar, and what the liar says by itself, by the text of its question. */
  truthOf(source: Source): Promise<{ truth: Truth; given: readonly (readonly [question: string, Answer])[] }>;
  [Symbol.asyncDispose](): Promise<void>;
}

/** With `wholeRows` courts give rows whole with their page, and are asked for entities only where that has failed. */
export async function startTrial(wholeRows = false): Promise<Trial> {
  const recorded = await startRecordedCity(wholeRows);
  const { city } = recorded;
  await warmUp(city);
  for (const [index, stages] of [null, ['CLOSED', 'INVESTIGATING', 'ARCHIVED']].entries()) {
    const criteria = { amountOutstandingMin: '0.00', stages };
    const made = await city.ask(
      'mutation ($criteria: TaskForceCriteriaInput!, $key: ID!) { createTaskForce(input: { name: "行动", criteria: $criteria }, idempotencyKey: $key) { id } }',
      { criteria, key: `trial-${index}` },
    );
    expect(made.errors).toBeUndefined();
  }
  const variables = await someOf(recorded);
  return {
    recorded,
    variables,
    async truthOf(source) {
      const given: [string, Answer][] = [];
      const listening: Lie = {
        ...source,
        change: (answer) => {
          given.push([textOf(answer), JSON.parse(JSON.stringify(answer)) as Answer]);
          return undefined;
        },
      };
      const whole = await settled(recorded, source, variables);
      await recorded.ask(source.query, variables, listening);
      const without = await recorded.ask(source.query, variables, { ...source, change: () => SILENCE });
      return { truth: { whole: whole.data, without: without.data }, given: given.slice(0, 1) };
    },
    [Symbol.asyncDispose]: () => recorded[Symbol.asyncDispose](),
  };
}

/** What is wrong with the answer when the liar changes its own; and whether coverage says so. */
export async function judgeLie(
  { recorded, variables }: Trial,
  source: Source,
  truth: Truth,
  isMeant: (answer: string) => boolean,
  change: (answer: Answer) => Answer | undefined,
): Promise<string[]> {
  const answer = await recorded.ask(source.query, variables, {
    ...source,
    change: (own) => (isMeant(textOf(own)) ? change(own) : undefined),
  });
  const faults = judge(answer, truth, source.who);
  if (source.isGathered) faults.push(...judgeCoverage(answer, truth));
  return faults;
}

/** Where anything of a gathered field is not as it should be, the liar is a gap and totals are lower bounds. */
function judgeCoverage({ data, errors }: Answer, { whole }: Truth): string[] {
  const faults: string[] = [];
  for (const [key, value] of Object.entries(data ?? {})) {
    if (value === null) continue;
    const own = value as Record<string, unknown>;
    const { coverage, totalIsLowerBound } = own;
    const { complete, courts } = coverage as {
      complete: boolean;
      courts: { court: { code: string }; status: string }[];
    };
    const isGap = courts.some(({ court, status }) => court.code === liar && !['FOUND', 'NONE'].includes(status));
    const isOther = plain(own) !== plain((whole as Record<string, unknown>)[key]);
    if (complete === isGap) faults.push(`${key} is complete: ${complete}, and the liar is a gap: ${isGap}`);
    if (isOther && !isGap) faults.push(`${key} differs, and the liar is no gap`);
    if (isGap && !totalIsLowerBound) faults.push(`${key} has a gap, and its totals are no lower bounds`);
    if (isGap && !errors?.length) faults.push(`${key} has a gap, and no error tells it`);
  }
  return faults;
}

function plain(value: unknown): string {
  return JSON.stringify(value, (key, own: unknown) =>
    /cursor$|^coverage$|^totalIsLowerBound$/i.test(key) ? undefined : own,
  );
}

async function settled(recorded: RecordedCity, { query }: Source, variables: Record<string, unknown>): Promise<Answer> {
  const answer = await recorded.ask(query, variables, null);
  if (JSON.stringify(answer.data).includes('"PENDING"')) return settled(recorded, { query } as Source, variables);
  expect(answer.errors).toBeUndefined();
  return answer;
}

function textOf({ data }: Answer): string {
  return JSON.stringify(data);
}

/** A case of the liar, a person whom it and others know, and a task force. */
async function someOf({ city }: RecordedCity): Promise<Record<string, unknown>> {
  const { data } = await city.ask(
    `{ cases(filter: { courts: ["${liar}"] }, first: 20) { edges { node { number debtors { person { id cases { number } } } } } }
      taskForces(first: 1) { edges { node { id } } } }`,
  );
  const { cases, taskForces } = data as unknown as {
    cases: { edges: { node: { number: string; debtors: { person: { id: string; cases: unknown[] } }[] } }[] };
    taskForces: { edges: { node: { id: string } }[] };
  };
  const rows = cases.edges.map(({ node }) => node);
  const people = rows.flatMap(({ debtors }) => debtors.map(({ person }) => person));
  const [busiest] = people.sort((left, right) => right.cases.length - left.cases.length);
  return { number: rows[0]!.number, person: busiest!.id, force: taskForces.edges[0]!.node.id };
}
