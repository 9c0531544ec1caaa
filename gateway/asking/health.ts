/** What the last question to each court and agency came to: shown in the registry and at `/ready`. */

import type { CallOutcome } from '../operating/record.ts';
import { verdicts } from './verdicts.ts';

export type Health = 'UP' | 'DOWN' | 'UNKNOWN';

export interface HealthBook {
  of(id: string): Health;
  /** Writes down what a call came to: whoever refuses has answered. A call whose asker left says nothing. */
  note(id: string, outcome: CallOutcome): void;
}

export function createHealthBook(): HealthBook {
  const book = new Map<string, Health>();
  return {
    of: (id) => book.get(id) ?? 'UNKNOWN',
    note(id, outcome) {
      if (outcome !== 'left') book.set(id, verdicts[outcome] === 'alive' ? 'UP' : 'DOWN');
    },
  };
}
