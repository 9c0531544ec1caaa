/** The programs of the audited city, served over HTTP: nine courts, one court with all rows, the command centre. */

import { randomBytes } from 'node:crypto';

import type { CaseRecord } from '../../common/case-record.ts';
import type { CourtRegistry } from '../../common/court-registry.ts';
import type { Ask } from '../../common/wire.ts';
import { createClock, toCityOffsetMs } from '../../cli/start/clock.ts';
import type { Stack } from '../../cli/start/stack.ts';
import { createCommand } from '../../subgraphs/command/program.ts';
import { createCourt } from '../../subgraphs/court/program.ts';
import { createPglite } from '../../subgraphs/kit/database/pglite.ts';
import { serveProgram } from '../../subgraphs/kit/http.ts';
import type { Program } from '../../subgraphs/kit/program.ts';
import { auditorHeaders, commandCentreHeaders } from '../auditor.ts';

/** Where they answer, by loopback addresses that no gateway is told. */
export interface Programs {
  readonly courts: ReadonlyMap<string, string>;
  readonly command: string;
  /** The courts in this process. */
  readonly direct: ReadonlyMap<string, Program>;
  /** The court with all rows, in this process. */
  readonly oracle: Program;
}

/** Starts them over one PGlite with a schema for each; `stack` stops them. */
export async function startPrograms(
  stack: Stack,
  registry: CourtRegistry,
  records: ReadonlyMap<string, readonly CaseRecord[]>,
): Promise<Programs> {
  const now = createClock(toCityOffsetMs());
  const pglite = stack.keep(await createPglite());
  const personKey = { version: 1, secret: randomBytes(32) };
  const startCourt = async (code: string, schema: string, cases: Iterable<CaseRecord>) => {
    const court = registry.byCode(code)!;
    const database = await pglite.open(schema);
    const program = stack.keep(await createCourt({ court, registry, database, personKey, now }));
    await program.load(cases);
    // Gateways of other makes cannot say for whom they ask: here everybody asks for the auditor.
    const ask: Ask = (question, signal, headers) => program.ask(question, signal, { ...headers, ...auditorHeaders });
    return { ...program, ask };
  };
  const serve = async (program: Program) => stack.keep(await serveProgram(program, { host: '127.0.0.1', port: 0 })).url;
  const courts = new Map<string, string>();
  const direct = new Map<string, Program>();
  for (const [code, cases] of records) {
    const program = await startCourt(code, `court_${code}`, cases);
    direct.set(code, program);
    courts.set(code, await serve(program));
  }
  const oracle = await startCourt(registry.courts[0]!.code, 'oracle', [...records.values()].flat());
  const command = await createCommand({ registry, database: await pglite.open('command'), now });
  stack.keep(command);
  // And for the command centre of the intermediate court, where task forces are made.
  const askCommand: Ask = (question, signal, headers) =>
    command.ask(question, signal, { ...headers, ...commandCentreHeaders });
  return { courts, command: await serve({ ...command, ask: askCommand }), direct, oracle };
}
