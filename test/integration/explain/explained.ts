/** What the tests of explaining share: examples by name, and a question with its account. */

import { readFileSync } from 'node:fs';

import type { Answer } from '../../../common/wire.ts';
import type { Account, ExplainMode, StepAccount } from '../../../gateway/explain/account.ts';
import type { TestCity } from '../../support/test-city.ts';
import { someViewer } from '../../support/viewers.ts';

export interface Explained {
  readonly answer: Answer;
  readonly account: Account;
}

/** The text of an example of the explorer. */
export function example(name: string): string {
  return readFileSync(new URL(`../../../schema/operations/${name}.graphql`, import.meta.url), 'utf8');
}

/** Asks as a client would, with `extensions.explain`; fails when there is no account. */
export async function explain(
  { hub }: TestCity,
  mode: ExplainMode,
  query: string,
  variables: Readonly<Record<string, unknown>> = {},
): Promise<Explained> {
  const answer = await askExplained({ hub }, mode, query, variables);
  const account = answer.extensions?.['explain'] as Account | undefined;
  if (!account) throw new Error(`Nothing was explained: ${JSON.stringify(answer)}`);
  return { answer, account };
}

/** The answer to a question with any `extensions.explain`. */
export async function askExplained(
  { hub }: Pick<TestCity, 'hub'>,
  wanted: unknown,
  query: string,
  variables: Readonly<Record<string, unknown>> = {},
): Promise<Answer> {
  const contextValue = hub.contextOf(new AbortController().signal, undefined, someViewer);
  const request = { query, variables: { ...variables }, extensions: { explain: wanted } };
  const { body } = await hub.apollo.executeOperation(request, { contextValue });
  if (body.kind !== 'single') throw new Error('The hub answers each question once.');
  return JSON.parse(JSON.stringify(body.singleResult)) as Answer;
}

/** The one step of this subgraph. */
export function stepOf({ steps }: Account, subgraph: string): StepAccount {
  const found = steps.filter((step) => step.subgraph === subgraph);
  if (found.length !== 1) throw new Error(`${found.length} steps of ${subgraph}.`);
  return found[0]!;
}
