/** What a start says to people. */

import type { RunningPart } from './parts/part.ts';
import { addressesOfHub } from './parts/places.ts';

/** What became of the rows, for people. */
export function toRowsLine(seededCases: number, courts: number): string {
  const noun = courts === 1 ? 'court' : 'courts';
  return seededCases > 0
    ? `Seeded ${seededCases} cases in ${courts} ${noun}.`
    : `Opened the rows of ${courts} ${noun}.`;
}

/** A city that is ready. */
export function toCityLines(url: string, startedAtMs: number): string {
  return [
    `Nonet is ready after ${secondsSince(startedAtMs)} s.`,
    ...toAddressLines(addressesOfHub(url)),
    'Every person and number in it is generated. Stop with Ctrl-C.',
  ].join('\n');
}

/** A part that is ready. */
export function toReadyLines({ title, addresses, seededCases }: RunningPart, startedAtMs: number): string {
  return [
    ...(seededCases === null || seededCases === 0 ? [] : [`Seeded ${seededCases} cases.`]),
    `Nonet's ${title} is ready after ${secondsSince(startedAtMs)} s. Stop with Ctrl-C.`,
    ...toAddressLines(addresses),
  ].join('\n');
}

function toAddressLines(addresses: RunningPart['addresses']): string[] {
  const width = Math.max(8, ...addresses.map(([what]) => what.length));
  return addresses.map(([what, where]) => `  ${what.padEnd(width)}  ${where}`);
}

function secondsSince(startedAtMs: number): string {
  return ((performance.now() - startedAtMs) / 1000).toFixed(1);
}
