/** The words of merging: parts, what a merge may look at, and what compiling one needs. */

import type { GraphQLObjectType } from 'graphql';

import type { Contract } from '../../schema/horizontal/contract.ts';
import type { Ledger, ResponsePath } from '../ledger/ledger.ts';
import type { Members } from '../members.ts';
import type { MemberCoverage } from './coverage.ts';
import type { collectFields, CollectedField, SelectionScope, Variables } from './selection.ts';

/** One member's value of the thing that is being merged. */
export interface Part {
  readonly member: string;
  readonly value: unknown;
}

/** What a merge may look at beside the values themselves. */
export interface MergeScope {
  readonly variables: Variables;
  readonly path: ResponsePath;
  readonly members: Members;
  readonly ledger: Ledger;
  /** Whether somebody's values are missing from what is merged here. */
  readonly hasGaps: boolean;
  /** Fields of an entity that were not asked because their arguments are wrong, which has been told. */
  readonly refused: ReadonlySet<string>;
  /**
   * The members that an entity's gathered field does not exclude, by response key: one that is asked about the entity for
   * another field's sake answers this one too, and it does not count. A field without an entry excludes nobody.
   */
  readonly targets: ReadonlyMap<string, ReadonlySet<string>>;
  /** The representation by which an entity was asked for; null elsewhere. */
  readonly known: Readonly<Record<string, unknown>> | null;
  /** What is known of a member that gave no value: not asked, or failed. Absent: it answered. */
  readonly silent: ReadonlyMap<string, MemberCoverage>;
  /** What is known of a member that answered: how long it took, and what was missing inside its rows. */
  readonly answered: ReadonlyMap<string, Answered>;
  /** Takes the owners of rows that count, where somebody wants to know them. */
  readonly owners?: Set<string>;
  /** Takes the keys of rows that count, where somebody wants to know them. */
  readonly found?: Set<string> | undefined;
  /** Members that cut this request's lists short themselves, by the field they cut. */
  readonly truncated: ReadonlySet<string>;
}

/** What is known of a member's (or a hub's) answer beside its values. */
export interface Answered {
  readonly elapsedMs: number;
  /** When it came, by this hub's clock. */
  readonly receivedAt: string;
  readonly missingFields: readonly string[];
  readonly reason: string;
  /** What a hub states of the members behind it, by the response key of a gathered field. */
  readonly stated: (key: string) => readonly MemberCoverage[];
}

/** Merges the parts of one thing. */
export type Merge = (parts: readonly Part[], scope: MergeScope) => unknown;

/** What compiling needs: the contract, the document's fragments, and how to compile a nested object. */
export interface CompileScope extends SelectionScope {
  readonly contract: Contract;
  compileObject(type: GraphQLObjectType, sets: SelectionSets): Merge;
  /** The merge of one field's values by its rule, or by its type. */
  compileValue(type: GraphQLObjectType, field: CollectedField): Merge;
}

/** Selection sets of one object, each with the conditions under which it counts. */
export type SelectionSets = Parameters<typeof collectFields>[2];

/** Stands for an object when no member gave one: its fields have no parts, so their rules give the neutral element. */
export const nobody: Part = { member: '', value: {} };

/** Stands for statistics over no rows: an object inside them is one over no rows as well, not an unknown one. */
export const noRows: Part = { member: '', value: {} };

/** The parts of one field of the parts of an object. */
export function partsOf(objects: readonly Part[], key: string): Part[] {
  if (objects[0] === nobody || objects[0] === noRows) return [];
  return objects.map(({ member, value }) => ({ member, value: (value as Record<string, unknown>)[key] }));
}
