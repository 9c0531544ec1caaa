/** What an audit is, and what it is given to judge an endpoint by. */

import type { Answer } from '../common/wire.ts';
import type { PlainCase, PlainFilter } from '../test/support/brute-force.ts';
import type { Drift } from './world/drift.ts';
import type { Front } from './world/front.ts';

/** What the audits speak of, in the order in which they run. */
export const families = [
  'rows',
  'order',
  'pages',
  'totals',
  'merges',
  'entities',
  'nested gathers',
  'coverage',
  'faults',
  'mutations',
  'drift',
] as const;

export type Family = (typeof families)[number];

/** One promise. Its id is never changed and never given to another. */
export interface Audit {
  /** Three letters of its family and a number: `ROW-01`. */
  readonly id: string;
  /** `MUST …`. */
  readonly name: string;
  /** What the courts are like meanwhile; they speak the whole contract unless it says otherwise. */
  readonly courts?: 'DRIFTED';
  /** Resolves when the promise is kept; rejects with a sentence that says what was expected and what came. */
  check(given: Given): Promise<void>;
}

/** An audit with its family. */
export interface FamilyAudit extends Audit {
  readonly family: Family;
}

/** Asks a GraphQL question; rejects with a sentence when there is no GraphQL answer. */
export type AskGraph = (query: string, variables?: Readonly<Record<string, unknown>>) => Promise<Answer>;

/** What an audit is given. */
export interface Given {
  /** Asks the endpoint under audit. */
  readonly ask: AskGraph;
  /** Asks one court program that holds the rows of all courts. */
  readonly oracle: AskGraph;
  /** The courts' fronts by code, in the order of the codes; an audit that lets one fail takes it back with `using`. */
  readonly courts: ReadonlyMap<string, Front>;
  /** The command centre's front. */
  readonly command: Front;
  /** Every row of every court, for plain loops. */
  readonly city: AuditCity;
  /** What the courts of `DRIFTED` lack. */
  readonly drift: Drift;
  /** How long the endpoint has to notice a court that changed its contract. */
  readonly noticedWithinMs: number;
  /** Repeats a check until it resolves; after `withinMs` it rejects as the check last did. */
  readonly eventually: (check: () => Promise<void>, withinMs: number) => Promise<void>;
}

/** The rows in plain sight; nothing in here asks anybody. */
export interface AuditCity {
  readonly rows: readonly PlainCase[];
  readonly codes: readonly string[];
  /** The court without a row, the one with most, and the one that has the cases of a merged court. */
  readonly empty: string;
  readonly largest: string;
  readonly merged: string;
  /** The person who is debtor in every court that has rows: number in 18 and in 15 digits, and how it is masked. */
  readonly debtor: { readonly number: string; readonly shorter: string; readonly masked: string };
  /** The rows that a filter lets through. */
  matching(filter: PlainFilter | null): readonly PlainCase[];
  /** Who is behind a person's id. */
  identityOf(personId: string): string | undefined;
  /** A person's id by what stands behind it; rejects what is nobody's. */
  personIdOf(identity: string): string;
}

/** Audits of one family. */
export function family(name: Family, audits: readonly Audit[]): readonly FamilyAudit[] {
  return audits.map((audit) => ({ ...audit, family: name }));
}
