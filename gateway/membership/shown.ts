/** A court's standing for those who run the hub: in plain words, and without what a stranger may have written into them. */

import { withoutPrivateWords } from '../../common/private-text.ts';
import type { Standing } from './membership.ts';

export interface ShownStanding {
  readonly standing: Standing['kind'];
  /** Why it stands apart: where, why, and what to do. */
  readonly faults: readonly string[];
  /** What of the contract it is not asked for, by coordinates. */
  readonly lacks: readonly string[];
}

/** Long lists are cut; the first faults are those to mend first. */
export function toShownStanding(standing: Standing): ShownStanding {
  const faults = standing.kind === 'quarantined' ? standing.faults : [];
  const lacks = standing.kind === 'joined' ? standing.capability.lacks : [];
  return {
    standing: standing.kind,
    faults: cut(faults.map(({ coordinate, reason, remedy }) => plain(`${coordinate}: ${reason} ${remedy}`))),
    lacks: cut(lacks.map(({ coordinate }) => coordinate)),
  };
}

const mostShown = 20;

function cut(texts: readonly string[]): string[] {
  const rest = texts.length - mostShown;
  return rest > 0 ? [...texts.slice(0, mostShown), `and ${rest} more`] : [...texts];
}

function plain(text: string): string {
  const cleaned = withoutPrivateWords(text.replaceAll(/\s+/g, ' '));
  return cleaned.length > 500 ? `${cleaned.slice(0, 500)}…` : cleaned;
}
