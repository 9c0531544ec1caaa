/** The setting by which all parts of a generated city live on the same day. */

import type { Settings } from '../../settings.ts';

export const clockOption = { 'clock-offset-ms': 'string' } as const;

export const clockHelp = [
  '  --clock-offset-ms N       how far its clock lies beside the real one; generated rows live on 2018-01-31',
  '                            (NONET_CLOCK_OFFSET_MS, default 0)',
];

/** Milliseconds to add to the real time. */
export function readClock(settings: Settings): number {
  const aCentury = 3_155_760_000_000;
  return settings.whole({ option: 'clock-offset-ms', variable: 'NONET_CLOCK_OFFSET_MS' }, 0, -aCentury, aCentury);
}
