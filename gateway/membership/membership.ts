/** Who takes part, as it stands at one moment: a request sees one membership from its beginning to its end. */

import type { CourtRegistry } from '../../common/court-registry.ts';
import { wholeCapability, type Capability } from '../../schema/horizontal/drift/capability.ts';
import type { Fault } from '../../schema/horizontal/fault.ts';
import type { Upstream } from '../asking/upstream.ts';
import type { AskedMember } from '../horizontal/member-question.ts';
import type { Members } from '../members.ts';

export interface Membership {
  /** Who holds rows, and whose a key is: all of the registry, asked or not. */
  readonly members: Members;
  /** How to ask each speaker. One that does not take part now fails at once, without being asked. */
  readonly upstreams: ReadonlyMap<string, Upstream>;
  /** Of a speaker, or of a member that another hub speaks for: that hub's. */
  readonly standingOf: (code: string) => Standing;
  /** The registry itself, for whoever shows its courts. */
  readonly registry: Pick<CourtRegistry, 'courts' | 'byCode' | 'hubs' | 'speakers'>;
}

/**
 * How a member stands. `joined`: it is asked for what its program has, at the addresses `asked` (by position; at all of them
 * without it). `unread`: nobody could read its program yet, so
 * nobody knows what it may be asked. `quarantined`: its program cannot serve the contract; it stands apart alone, and the faults say why.
 */
export type Standing =
  | { readonly kind: 'joined'; readonly capability: Capability; readonly asked?: readonly number[] }
  | { readonly kind: 'unread' }
  | { readonly kind: 'quarantined'; readonly faults: readonly Fault[] };

/** Whose program nobody could read yet. */
export const unread: Standing = { kind: 'unread' };

/** Taking part with a program that has all of the contract. */
export const joined: Standing = { kind: 'joined', capability: wholeCapability };

/** For whom a question to a speaker has to be made. */
export function askedOf(membership: Membership, speaker: string): AskedMember {
  return { capability: capabilityOf(membership, speaker), behind: membership.members.behind(speaker) };
}

/** What a member can be asked; one that does not take part is told apart elsewhere, and lacks nothing here. */
export function capabilityOf(membership: Membership, member: string): Capability {
  const standing = membership.standingOf(member);
  return standing.kind === 'joined' ? standing.capability : wholeCapability;
}
