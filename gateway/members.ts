/**
 * Who holds rows: the members of the horizontal dimension, as the engine sees them. A member is asked itself, or another hub
 * speaks for it and for others: coverage is always of members, questions go to speakers.
 */

import type { HubError } from './errors.ts';

/** Who speaks for whom. */
export type Speaking = Pick<Members, 'speakers' | 'speakerOf' | 'behind' | 'isPart'>;

export interface Members {
  /** Every member of the registry, asked or not, in the registry's order. */
  readonly codes: readonly string[];
  /** Everybody who is asked: members that speak for themselves, and hubs where the first of theirs is in the registry's order. */
  readonly speakers: readonly string[];
  /** Who is asked for a member: itself, or its hub. */
  readonly speakerOf: (member: string) => string;
  /** The members for which a hub speaks, in the registry's order; null for a member that speaks for itself. */
  readonly behind: (speaker: string) => readonly string[] | null;
  /** Whether this is one part of a larger city: members that a question names and the registry lacks are somebody else's. */
  readonly isPart: boolean;
  /** The member that a code names, present or former; undefined when it names none. */
  readonly memberOf: (code: string) => string | undefined;
  /** The name of a member or a hub as a person knows it. */
  readonly nameOf: (code: string) => string;
  /** The member that the value of a routing key names; undefined when it names none of the registry. */
  readonly ownerOf: (key: unknown) => string | undefined;
  /** One form for all spellings of a routing key; undefined when it cannot be read. */
  readonly canonical: (key: unknown) => string | undefined;
  /** Why a routing key names no member: what is wrong with it and what would be right, for the caller. */
  readonly misfit: (key: unknown) => HubError;
  /** The only member that can know this owner-less entity; undefined when any may. */
  readonly homeOf: (typeName: string, representation: Readonly<Record<string, unknown>>) => string | undefined;
}

/** Everybody speaks for himself. */
export function speakingForThemselves(codes: readonly string[]): Speaking {
  return { speakers: codes, speakerOf: (member) => member, behind: () => null, isPart: false };
}

/** The members of whom a speaker speaks: itself, or those behind it. */
export function spokenForBy(members: Speaking, speaker: string): readonly string[] {
  return members.behind(speaker) ?? [speaker];
}

/** What a speaker is, with code and name: `Court 苏0312 (铜山区人民法院)`. */
export function titleOf(members: Members, speaker: string): string {
  return `${members.behind(speaker) ? 'Hub' : 'Court'} ${speaker} (${members.nameOf(speaker)})`;
}

/** Who an error is about: `{ court }`, or `{ hub }`. */
export function sourceOf(members: Speaking, speaker: string): Readonly<Record<string, string>> {
  return members.behind(speaker) ? { hub: speaker } : { court: speaker };
}
