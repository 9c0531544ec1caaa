/** The forms in which gathered values become one: a page, an ordered list, or an object. */

import type { Arguments } from './arguments.ts';
import type { MergeScope, Part } from './merge.ts';

/** What one member's value came to. */
export interface Reading<Source = unknown> {
  readonly part: Part;
  /** Whether the member found something, when it does not say so itself. */
  readonly isFound: boolean;
  /** False when rows were left out, which has been told already. */
  readonly isWhole: boolean;
  readonly source: Source;
}

/** What a form gets beside the readings: the field's arguments, and who is missing in this walk and who is not. */
interface Gathering {
  readonly args: Arguments;
  readonly missing: readonly string[];
  readonly present: readonly string[];
}

export interface Form<Source = unknown> {
  /** Reads one member's value; null when it cannot be merged at all. Rows that may not count are left out and told. */
  read(part: Part, scope: MergeScope, args: Arguments): Reading<Source> | null;
  merge(readings: readonly Reading<Source>[], scope: MergeScope, gathering: Gathering): unknown;
}
