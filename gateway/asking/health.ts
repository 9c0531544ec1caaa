/** What the last question to each court and agency came to: shown in the registry and at `/ready`. */

import type { Ask } from '../../common/wire.ts';

export type Health = 'UP' | 'DOWN' | 'UNKNOWN';

export interface HealthBook {
  of(id: string): Health;
  /** An `Ask` whose outcomes are written down under this id. */
  watch(id: string, ask: Ask): Ask;
}

export function createHealthBook(): HealthBook {
  const book = new Map<string, Health>();
  return {
    of: (id) => book.get(id) ?? 'UNKNOWN',
    watch: (id, ask) => async (question, signal) => {
      try {
        const answer = await ask(question, signal);
        book.set(id, 'UP');
        return answer;
      } catch (error) {
        book.set(id, 'DOWN');
        throw error;
      }
    },
  };
}
