/** The forms in which gathered values become one. */

import type { MergeScope, Part } from './merge.ts';

/** What a form of merging gets beside the parts: the field's arguments, and the coverage as found so far. */
export interface Gathering {
  readonly args: Readonly<Record<string, unknown>>;
  readonly missing: readonly string[];
}

/** One form in which gathered values become one: a page, an ordered list, or an object. */
export interface Form {
  /** Whether a member's value can be merged at all. */
  isReadable(value: unknown): boolean;
  /** Whether a member found something, when it does not say so itself. */
  isFound(value: unknown): boolean;
  merge(parts: readonly Part[], scope: MergeScope, gathering: Gathering): Record<string, unknown> | unknown[] | null;
}
