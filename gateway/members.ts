/** Who holds rows: the members of the horizontal dimension, as the engine sees them. */

import type { HubError } from './errors.ts';

export interface Members {
  /** Every member of the registry, asked or not, in the registry's order. */
  readonly codes: readonly string[];
  /** The member that a code names, present or former; undefined when it names none. */
  readonly memberOf: (code: string) => string | undefined;
  /** The member's name as a person knows it. */
  readonly nameOf: (member: string) => string;
  /** The member that the value of a routing key names; undefined when it names none of the registry. */
  readonly ownerOf: (key: unknown) => string | undefined;
  /** One form for all spellings of a routing key; undefined when it cannot be read. */
  readonly canonical: (key: unknown) => string | undefined;
  /** Why a routing key names no member: what is wrong with it and what would be right, for the caller. */
  readonly misfit: (key: unknown) => HubError;
  /** The only member that can know this owner-less entity; undefined when any may. */
  readonly homeOf: (typeName: string, representation: Readonly<Record<string, unknown>>) => string | undefined;
}
