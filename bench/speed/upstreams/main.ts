/** The courts and agencies of one scenario in one process: told its shape by whoever forks it, it tells their addresses. */

import { agencies, createTable, type TableShape } from '../world/table.ts';
import { createAgency } from './agency.ts';
import type { Program } from '../../../subgraphs/kit/program.ts';
import type { PlainSubgraph } from '../world/supergraph.ts';
import { createCourt, createPlainCourt } from './court.ts';
import { serveFromMemory, type Counts, type Served } from './serve.ts';

/** What the process is told. */
export interface UpstreamsAsked {
  readonly shape: TableShape;
  /** How late a court answers, milliseconds; 0 for those that are not here. */
  readonly delaysMs: Readonly<Record<string, number>>;
}

/** Where they are: courts by code, agencies by name. */
export type Addresses = Readonly<Record<string, string>>;

/** What the process tells. */
export interface UpstreamsTold {
  /** Courts by the contract, and agencies beside them. */
  readonly addresses: Addresses;
  /** The same rows for gateways that cannot merge. */
  readonly plain: readonly PlainSubgraph[];
}

process.once('message', (asked) => void start(asked as UpstreamsAsked));
process.once('disconnect', () => process.exit(0));

async function start({ shape, delaysMs }: UpstreamsAsked): Promise<void> {
  const table = createTable(shape);
  const { courts } = table;
  const served: Served[] = [];
  const serve = async (program: Program, delayMs = 0): Promise<string> => {
    const one = await serveFromMemory(program, delayMs);
    served.push(one);
    return one.url;
  };
  const addresses = new Map<string, string>();
  const plain: PlainSubgraph[] = [];
  for (const [index, court] of courts.entries()) {
    const program = createPlainCourt(table, court, courts.length === 1 ? null : index);
    addresses.set(court, await serve(createCourt(table, court), delaysMs[court]));
    plain.push({ name: `court${index + 1}`, url: await serve(program, delaysMs[court]), sdl: program.sdl });
  }
  for (const name of agencies) {
    const program = createAgency(table, name, courts.length);
    addresses.set(name, await serve(createAgency(table, name)));
    plain.push({ name, url: await serve(program), sdl: program.sdl });
  }
  process.on('message', () => {
    const counts = served.map((one) => one.readCounts());
    const sum = (of: 'asked' | 'worked') => counts.reduce((total, count) => total + count[of], 0);
    process.send!({ asked: sum('asked'), worked: sum('worked') } satisfies Counts);
  });
  process.send!({ addresses: Object.fromEntries(addresses), plain } satisfies UpstreamsTold);
}
