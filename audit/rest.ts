/** An endpoint at rest: how it answers while nobody is made to suffer, which is what is waited for between audits. */

import type { AskGraph } from './audit.ts';
import { codesOf } from './expecting.ts';

export interface RestOptions {
  /** The longest that is waited for it; 30 s unless told. */
  readonly withinMs?: number;
  /** An endpoint that is never without gaps is at rest when it has said the same for so long; 3 s unless told. */
  readonly steadyMs?: number;
  /** Told once, when there is something to wait for. */
  readonly onWaiting?: ((what: string) => void) | undefined;
}

/** What an endpoint says of all courts and of the command centre, without rows. */
export interface Look {
  readonly text: string;
  readonly isWhole: boolean;
}

/** Waits until the endpoint answers without gaps, as it does once it has read its courts, or always says the same. */
export async function restOf(
  ask: AskGraph,
  { withinMs = 30_000, steadyMs = 3_000, onWaiting }: RestOptions = {},
): Promise<string> {
  const untilMs = performance.now() + withinMs;
  let seen = await lookAt(ask);
  let sinceMs = performance.now();
  if (!seen.isWhole) {
    onWaiting?.(
      `Waiting up to ${withinMs / 1000} s for an answer without gaps, or the same for ${steadyMs / 1000} s; now: ${seen.text}`,
    );
  }
  while (!seen.isWhole && performance.now() < untilMs && performance.now() - sinceMs < steadyMs) {
    await new Promise((resolve) => setTimeout(resolve, Math.min(100, steadyMs)));
    const next = await lookAt(ask);
    if (next.text !== seen.text) sinceMs = performance.now();
    seen = next;
  }
  return seen.text;
}

/** Never rejects: no answer is a look as well. */
export async function lookAt(ask: AskGraph): Promise<Look> {
  const query = `{ cases(first: 1) { coverage { complete courts(only: GAPS) { court { code } status } } }
    taskForces(first: 1) { edges { cursor } } }`;
  const answer = await ask(query).catch(() => ({ data: null }));
  const cases = answer.data?.['cases'] as { readonly coverage?: { readonly complete?: unknown } } | null | undefined;
  const codes = codesOf(answer);
  return {
    text: JSON.stringify([cases ?? null, codes]),
    isWhole: cases?.coverage?.complete === true && codes.length === 0,
  };
}
