/** The agencies that a city asks: nothing else in here lists them. */

import type { UpstreamName } from '../../mocks/upstreams/upstreams.ts';
import type { AgencyOptions, AgencyProgram } from '../../subgraphs/kit/inquiry/agency.ts';

export interface AgencyEntry {
  /** The subgraph's, and that of its mocked upstream. */
  readonly name: UpstreamName;
  /** Loads the program and starts it: a process of one agency has no use for the others'. */
  readonly create: (options: AgencyOptions) => Promise<AgencyProgram>;
}

/** The schema of an agency's tickets, alone in its database or among those of courts. */
export function schemaOfAgency(name: UpstreamName): string {
  return name;
}

export const agencyEntries: readonly AgencyEntry[] = [
  {
    name: 'bank',
    create: async (options) => (await import('../../subgraphs/bank/program.ts')).createBank(options),
  },
  {
    name: 'vehicle',
    create: async (options) => (await import('../../subgraphs/vehicle/program.ts')).createVehicle(options),
  },
  {
    name: 'property',
    create: async (options) => (await import('../../subgraphs/property/program.ts')).createProperty(options),
  },
];

/** What somebody owns derives from this and the identity number alone. */
export const upstreamSeed = 'nonet';
