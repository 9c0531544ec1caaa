/** What every part of a city that runs as a process of its own is. */

import type { Stoppable } from '../stack.ts';

export interface Part {
  readonly help: string;
  /** Starts it with its settings; rejects with UsageFault or SettingsFault where they are wrong. */
  start(args: readonly string[], env: NodeJS.ProcessEnv): Promise<RunningPart>;
}

export interface RunningPart extends Stoppable {
  /** Who it is, for people and for whoever asks its `/health`: `court 苏0312`. */
  readonly title: string;
  /** `http://host:port`, without a slash at the end. */
  readonly url: string;
  /** Cases that it was seeded with at this start; null where it has none of its own. */
  readonly seededCases: number | null;
  /** Where people find what, each a word and an address. */
  readonly addresses: readonly (readonly [string, string])[];
}
