/**
 * What became of a request's questions to agencies, counted by field: who was found, who is not on record, and of whom there is no
 * answer, because it is pending, was refused, or failed. Agencies answer about each debtor by itself, so it is told in numbers.
 */

import { isGapStatus, wordOf } from '../horizontal/coverage.ts';

/** What became of one question, in the agency's word or in the hub's. */
export interface AgencyOutcome {
  readonly status: string;
  readonly reason: string | null;
}

/** An entry of `extensions.coverage` about an agency. */
export interface AgencyCoverage {
  readonly path: string;
  /** Whether all were answered: nothing is pending, refused, or failed. */
  readonly complete: boolean;
  readonly agency: string;
  readonly answers: readonly AgencyCount[];
}

/** How many were answered in one way. */
interface AgencyCount {
  readonly status: string;
  readonly reason?: string;
  readonly count: number;
}

/** Different entities by their keys, and what became of the question about each, at the same place. Those without a key count each by itself. */
export interface Answered {
  readonly keys: readonly (string | null)[];
  readonly outcomes: readonly AgencyOutcome[];
}

export interface AgencyAccount {
  /** States what became of the questions about entities that the field at this path put to an agency. */
  add(path: string, agency: string, answered: Answered): void;
  told(): AgencyCoverage[];
}

export function openAgencyAccount(): AgencyAccount {
  const fields = new Map<string, { path: string; agency: string; batches: Answered[] }>();
  return {
    add(path, agency, answered) {
      const id = `${agency} ${path}`;
      const field = fields.get(id);
      if (field) field.batches.push(answered);
      else fields.set(id, { path, agency, batches: [answered] });
    },
    // Agencies answer in any order.
    told: () =>
      [...fields.values()].sort(byPlace).map(({ path, agency, batches }) => {
        const [only, ...others] = batches;
        const answers = countsOf(only && others.length === 0 ? only.outcomes : unite(batches));
        return { path, complete: !answers.some(isMissing), agency, answers };
      }),
  };
}

/** One entity may be asked about in two fetches; what is missing in one is missing. */
function unite(batches: readonly Answered[]): Iterable<AgencyOutcome> {
  const united = new Map<string | symbol, AgencyOutcome>();
  for (const { keys, outcomes } of batches) {
    for (let place = 0; place < keys.length; place += 1) {
      const [entity, outcome] = [keys[place] ?? Symbol(), outcomes[place]!];
      const known = united.get(entity);
      if (!known || (isMissing(outcome) && !isMissing(known))) united.set(entity, outcome);
    }
  }
  return united.values();
}

function byPlace(one: { readonly path: string }, other: { readonly path: string }): number {
  return one.path < other.path ? -1 : 1;
}

function countsOf(outcomes: Iterable<AgencyOutcome>): AgencyCount[] {
  const counts = new Map<string, { status: string; reason?: string; count: number }>();
  let last: AgencyOutcome | null = null;
  let lastCounted = { count: 0 };
  for (const outcome of outcomes) {
    // Most are like the one before them.
    if (last?.status === outcome.status && last.reason === outcome.reason) {
      lastCounted.count += 1;
      continue;
    }
    // What an agency says in its own words may be about somebody.
    const status: string = wordOf(outcome.status) ?? 'DEGRADED';
    const reason: string | null = wordOf(outcome.reason);
    const cause = `${status} ${reason ?? ''}`;
    const counted: { count: number } & AgencyCount = counts.get(cause) ?? {
      status,
      ...(reason !== null && { reason }),
      count: 0,
    };
    counts.set(cause, counted);
    counted.count += 1;
    [last, lastCounted] = [outcome, counted];
  }
  return [...counts].sort(([one], [other]) => (one < other ? -1 : 1)).map(([, count]) => count);
}

/** An agency is asked about whatever stands in the answer: nothing excludes it but a fault. */
function isMissing({ status }: { readonly status: string }): boolean {
  return status === 'NOT_ASKED' || isGapStatus(status);
}
