/** Task forces as audits make and read them; each audit uses keys and names of its own. */

import { randomUUID } from 'node:crypto';

import type { Answer } from '../common/wire.ts';
import type { AskGraph } from './audit.ts';
import { expectWhole } from './expecting.ts';
import { connection, valueOf, type Page } from './questions.ts';

export interface Criteria {
  readonly courts?: readonly string[];
  readonly stages?: readonly string[];
  readonly amountOutstandingMin?: string;
  readonly amountOutstandingMax?: string;
}

/** A key that was never used. It is a UUID: no endpoint has a reason to take it for somebody's number and hide it. */
export function newKey(): string {
  return randomUUID();
}

/** Asks for a new task force, without judging the answer. */
export function askCreate(ask: AskGraph, name: string, criteria: Criteria, idempotencyKey: string): Promise<Answer> {
  const query = `mutation ($name: String!, $criteria: TaskForceCriteriaInput!, $key: ID!) {
    createTaskForce(input: { name: $name, criteria: $criteria }, idempotencyKey: $key) { id name }
  }`;
  return ask(query, { name, criteria, key: idempotencyKey });
}

/** Makes a task force and resolves with its id. */
export async function createForce(ask: AskGraph, name: string, criteria: Criteria, key = newKey()): Promise<string> {
  const answer = await askCreate(ask, name, criteria, key);
  expectWhole('createTaskForce', answer);
  return valueOf<{ id: string }>('createTaskForce', answer, 'createTaskForce').id;
}

/** A page of a task force's cases; rejects when there is an error. */
export async function forceCases(ask: AskGraph, id: string, { first }: { readonly first: number }): Promise<Page> {
  const query = `query ($id: ID!, $first: Int) { taskForce(id: $id) { cases(first: $first) { ${connection('number')} } } }`;
  const answer = await ask(query, { id, first });
  expectWhole('a task force’s cases', answer);
  return valueOf<{ cases: Page }>('taskForce', answer, 'taskForce').cases;
}

/** How many task forces there are. */
export async function countForces(ask: AskGraph): Promise<number> {
  const answer = await ask('{ taskForces(first: 1) { totalCount } }');
  return valueOf<{ totalCount: number }>('taskForces', answer, 'taskForces').totalCount;
}
