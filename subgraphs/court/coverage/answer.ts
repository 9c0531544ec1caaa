import type { CourtContext } from '../context.ts';
import type { Coverage } from './types.ts';
import type { Plain } from '../plain.ts';

/** A court speaks for itself alone, and is never a gap. */
export function toCoverage({ court, startedMs }: CourtContext, found: boolean): Plain<Coverage> {
  return {
    complete: true,
    all: [
      {
        court: { code: court.code },
        status: found ? 'FOUND' : 'NONE',
        reason: null,
        elapsedMs: Math.max(0, Math.round(performance.now() - startedMs)),
        missingFields: null,
      },
    ],
  };
}
