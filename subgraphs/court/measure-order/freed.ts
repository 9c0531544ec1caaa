/** A released order that made room: until when it would stand, and its releases. */
export interface Freed {
  readonly until: string;
  readonly releaseIds: readonly string[];
}
