import { createHash } from 'node:crypto';
import type { TaskForceCriteriaInput } from '../criteria/input.ts';
import type { CreateTaskForceInput, UpdateTaskForceInput } from './inputs.ts';
import type { Leader } from './leader.ts';

/** What is asked for under a key. */
export type Asked =
  | { readonly operation: 'createTaskForce'; readonly input: CreateTaskForceInput }
  | { readonly operation: 'updateTaskForce'; readonly id: string; readonly input: UpdateTaskForceInput };

/**
 * SHA-256 of an operation, who asks for it and its input as it was given, so that a change asked for again is the same whatever became of
 * the registry since. Absent and null differ where they mean different things, in an update, and nowhere else.
 */
export function digestOf(asked: Asked, { subject }: Pick<Leader, 'subject'>): Uint8Array {
  return createHash('sha256')
    .update(JSON.stringify({ subject, ...toWords(asked) }, digits))
    .digest();
}

function toWords(asked: Asked): object {
  const { operation, input } = asked;
  const { name, purpose } = input;
  const criteria = input.criteria == null ? input.criteria : toCriteriaWords(input.criteria);
  if (operation === 'createTaskForce') return { operation, name, purpose: purpose ?? null, criteria };
  // JSON leaves out what is undefined.
  return { operation, id: asked.id, name, purpose, criteria };
}

/** In one order of fields, whoever wrote them; every field there is, or two changes would be taken for one. */
function toCriteriaWords(criteria: TaskForceCriteriaInput): Record<keyof TaskForceCriteriaInput, unknown> {
  return {
    creditorPersonId: criteria.creditorPersonId ?? null,
    creditorName: criteria.creditorName ?? null,
    amountOutstandingMin: criteria.amountOutstandingMin ?? null,
    amountOutstandingMax: criteria.amountOutstandingMax ?? null,
    stages: criteria.stages ?? null,
    courts: criteria.courts ?? null,
    provinces: criteria.provinces ?? null,
  };
}

function digits(_: string, value: unknown): unknown {
  return typeof value === 'bigint' ? value.toString() : value;
}
