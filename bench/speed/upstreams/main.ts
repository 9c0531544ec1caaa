/** The courts and agencies of one scenario in one process: told its shape by whoever forks it, it tells their addresses. */

import { agencies, createTable, type TableShape } from '../world/table.ts';
import { createAgency } from './agency.ts';
import type { Program } from '../../../subgraphs/kit/program.ts';
import type { PlainSubgraph } from '../world/supergraph.ts';
import { createCourt, createPlainCourt } from './court.ts';
import { serveFromMemory, type Account } from './serve.ts';

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

/** What happened since this was told last. */
export interface ToldAccount {
  readonly asked: number;
  readonly worked: number;
  /** By the name of the request: what the slowest of each of its hops held it, together. */
  readonly heldMs: Readonly<Record<string, number>>;
}

process.once('message', (asked) => void start(asked as UpstreamsAsked));
process.once('disconnect', () => process.exit(0));

async function start({ shape, delaysMs }: UpstreamsAsked): Promise<void> {
  const table = createTable(shape);
  const { courts } = table;
  const account: Account = { asked: 0, worked: 0, held: new Map() };
  const serveCourt = (program: Program, court: string) =>
    serveFromMemory({ program, isAgency: false, delayMs: delaysMs[court] ?? 0, account });
  const serveAgency = (program: Program) => serveFromMemory({ program, isAgency: true, delayMs: 0, account });
  const addresses = new Map<string, string>();
  const plain: PlainSubgraph[] = [];
  for (const [index, court] of courts.entries()) {
    const program = createPlainCourt(table, court, courts.length === 1 ? null : index);
    addresses.set(court, await serveCourt(createCourt(table, court), court));
    plain.push({ name: `court${index + 1}`, url: await serveCourt(program, court), sdl: program.sdl });
  }
  for (const name of agencies) {
    const program = createAgency(table, name, courts.length);
    addresses.set(name, await serveAgency(createAgency(table, name)));
    plain.push({ name, url: await serveAgency(program), sdl: program.sdl });
  }
  process.on('message', () => {
    const heldMs = [...account.held].map(([name, hops]) => [name, [...hops.values()].reduce((sum, ms) => sum + ms, 0)]);
    const { asked, worked } = account;
    process.send!({
      asked,
      worked,
      heldMs: Object.fromEntries(heldMs) as Record<string, number>,
    } satisfies ToldAccount);
    account.held.clear();
    [account.asked, account.worked] = [0, 0];
  });
  process.send!({ addresses: Object.fromEntries(addresses), plain } satisfies UpstreamsTold);
}
