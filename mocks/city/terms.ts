import type { CourtRegistry } from '../../common/court-registry.ts';
import type { Numbering } from './numbering.ts';

/** What a city is made from, checked and completed. */
export interface Terms {
  readonly seed: string;
  readonly registry: CourtRegistry;
  readonly perCourt: number;
  /** Day number. */
  readonly today: number;
  readonly numbering: Numbering;
  /** The province in which a person lives. */
  readonly provinceOf: (person: number) => string;
}
