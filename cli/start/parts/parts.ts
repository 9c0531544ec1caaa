/** The parts that `nonet start PART` knows. */

import { agencyEntries } from '../agencies.ts';
import type { Part } from './part.ts';

/** One line of the table: a part is loaded only when it is wanted. */
export interface PartEntry {
  /** As in `nonet start NAME`. */
  readonly name: string;
  readonly summary: string;
  load(): Promise<Part>;
}

/** In the order in which people read of them; another part is another entry. */
export const parts: readonly PartEntry[] = [
  {
    name: 'gateway',
    summary: 'the hub over courts and agencies that run elsewhere',
    load: async () => (await import('./gateway.ts')).gatewayPart,
  },
  {
    name: 'court',
    summary: 'one court over a database of its own',
    load: async () => (await import('./court.ts')).courtPart,
  },
  ...agencyEntries.map((agency) => ({
    name: agency.name,
    summary: `the ${agency.name} agency's program over its upstream`,
    load: async () => (await import('./agency.ts')).toAgencyPart(agency),
  })),
  {
    name: 'command',
    summary: 'the command centre over a database of its own',
    load: async () => (await import('./command.ts')).commandPart,
  },
  {
    name: 'mocks',
    summary: "the agencies' upstreams, mocked",
    load: async () => (await import('./mocks.ts')).mocksPart,
  },
];
