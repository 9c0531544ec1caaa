/** Runs audits against an endpoint, one after the other, each on a world at rest. */

import type { Answer } from '../common/wire.ts';
import type { AskGraph, FamilyAudit, Given } from './audit.ts';
import { allAudits } from './audits/all.ts';
import { lookAt, restOf } from './rest.ts';
import { noticedWithinMs as usuallyNoticedWithinMs } from './world/drift.ts';
import type { World } from './world/world.ts';

export interface AuditResult {
  readonly audit: FamilyAudit;
  /** Null when the promise is kept; otherwise what was expected and what came. */
  readonly failure: string | null;
  readonly elapsedMs: number;
}

export interface RunOptions {
  readonly audits?: readonly FamilyAudit[];
  /** What the endpoint is asked with beside the question: a token, where it wants one. */
  readonly headers?: Readonly<Record<string, string>> | undefined;
  /** The longest that one audit may take; 30 s unless told. */
  readonly timeoutMs?: number;
  /** How long the endpoint has to notice a court that changed its contract; 10 s unless told. */
  readonly noticedWithinMs?: number;
  /** Told what is waited for before the first audit, if anything is. */
  readonly onWaiting?: (what: string) => void;
  readonly onResult?: (result: AuditResult) => void;
}

/** Audits of one endpoint over one world; nothing else may ask or steer meanwhile. */
export interface AuditRun {
  /** Never rejects. */
  check(audit: FamilyAudit): Promise<AuditResult>;
  /** Gives the courts their own contract again. */
  end(): Promise<void>;
}

/** How long an endpoint may need to see that courts are well again before the next audit is asked anyway. */
const settledWithinMs = 12_000;

/** The longest that one look at an endpoint at rest waits for its answer. */
const answersWithinMs = 20_000;

/** Runs audits in their order and resolves with what came of each. */
export async function runAudits(url: string, world: World, options: RunOptions = {}): Promise<readonly AuditResult[]> {
  const { audits = allAudits, onResult } = options;
  const run = await openRun(url, world, options);
  const results: AuditResult[] = [];
  for (const audit of audits) {
    const result = await run.check(audit);
    results.push(result);
    onResult?.(result);
  }
  await run.end();
  return results;
}

/** Looks at the endpoint at rest, and is ready to check. */
export async function openRun(
  url: string,
  world: World,
  { timeoutMs = 30_000, noticedWithinMs = usuallyNoticedWithinMs, onWaiting, headers }: RunOptions = {},
): Promise<AuditRun> {
  const { courts, command, oracle, city, drift } = world;
  const fronts = [...courts.values(), command];
  const restAsk: AskGraph = (query) => askAt(url, AbortSignal.timeout(answersWithinMs), headers)(query);
  let atRest = await restOf(restAsk, { onWaiting });
  let driftedAt: number | null = null;
  let suffered = 0;

  async function prepare({ courts: are }: FamilyAudit): Promise<void> {
    if ((are === 'DRIFTED') !== (driftedAt !== null)) await turn(are === 'DRIFTED');
    for (const front of fronts) front.forget();
  }

  async function turn(isOn: boolean): Promise<void> {
    world.setDrift(isOn);
    driftedAt = isOn ? performance.now() : null;
    if (!isOn) await settle();
  }

  /** An endpoint that answers as it did at the beginning is at rest: one that never was whole is not waited for. */
  async function settle(): Promise<void> {
    const untilMs = performance.now() + settledWithinMs;
    for (;;) {
      const { text, isWhole } = await lookAt(restAsk);
      // Once it was whole, nothing less will do: a gap of the beginning may be that of a court that is down again.
      if (isWhole) atRest = text;
      if (text === atRest || performance.now() >= untilMs) return;
      await pause(100);
    }
  }

  async function check(audit: FamilyAudit): Promise<AuditResult> {
    await prepare(audit);
    const gone = new AbortController();
    const timer = setTimeout(() => gone.abort(), timeoutMs);
    const startedAt = performance.now();
    let failure: string | null = null;
    try {
      const noticedAt = driftedAt === null ? null : driftedAt + noticedWithinMs;
      const given: Given = {
        ask: askAt(url, gone.signal, headers),
        oracle,
        courts,
        command,
        city,
        drift,
        noticedWithinMs,
        eventually: (attempt, withinMs) => eventually(attempt, performance.now() + withinMs, gone.signal),
      };
      await (noticedAt === null ? audit.check(given) : eventually(() => audit.check(given), noticedAt, gone.signal));
    } catch (error) {
      failure = gone.signal.aborted ? `no verdict within ${timeoutMs / 1000} s.` : (error as Error).message;
    } finally {
      clearTimeout(timer);
    }
    const elapsedMs = Math.round(performance.now() - startedAt);
    const times = fronts.reduce((sum, { sufferings }) => sum + sufferings, 0);
    if (times !== suffered && driftedAt === null) await settle();
    suffered = times;
    return { audit, failure, elapsedMs };
  }

  return { check, end: async () => (driftedAt === null ? undefined : turn(false)) };
}

/** Asks the endpoint by POST, with these headers too; rejects with a sentence when no GraphQL answer comes. */
export function askAt(url: string, signal: AbortSignal, own: RunOptions['headers'] = {}): AskGraph {
  return async (query, variables = {}) => {
    const headers = { 'content-type': 'application/json', accept: 'application/json', ...own };
    const body = JSON.stringify({ query, variables });
    const response = await fetch(url, { method: 'POST', headers, body, signal }).catch(() => null);
    if (response === null) throw new Error('expected an answer over HTTP; came none.');
    const answer = (await response.json().catch(() => null)) as Answer | null;
    const isGraph = typeof answer === 'object' && answer !== null && ('data' in answer || 'errors' in answer);
    if (!isGraph) throw new Error(`expected a GraphQL answer; came HTTP ${response.status} without one.`);
    return answer;
  };
}

async function eventually(attempt: () => Promise<void>, untilMs: number, signal: AbortSignal): Promise<void> {
  for (;;) {
    try {
      await attempt();
      return;
    } catch (error) {
      if (signal.aborted || performance.now() >= untilMs) throw error;
    }
    await pause(200);
  }
}

function pause(milliseconds: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, milliseconds));
}
