/** How many identity numbers one viewer may search by. */

import { defaultSearchesPerHour } from '../../gateway/viewer/searches.ts';
import type { Settings } from '../settings.ts';

export const searchesOption = { searches: 'string' } as const;

/** For the help of a start, in its own column. */
export function searchesHelp(width: number): string[] {
  return [
    `${'  --searches N'.padEnd(width)}different identity numbers by which one viewer may search within an hour, at each hub`,
    `${''.padEnd(width)}(NONET_SEARCHES, default ${defaultSearchesPerHour})`,
  ];
}

/** Within an hour, of one viewer, at one hub. */
export function readSearches(settings: Settings): number {
  const place = { option: 'searches', variable: 'NONET_SEARCHES' };
  return settings.whole(place, defaultSearchesPerHour, 1, 1_000_000);
}
