/** The audited city: real court programs behind fronts that can be made to fail, and what all of them together should say. */

import { fileURLToPath } from 'node:url';

import { readCourtRegistry, parseCourtRegistry, urlsOf, type CourtRegistry } from '../../common/court-registry.ts';
import { stacked, type Stoppable } from '../../cli/start/stack.ts';
import type { Program } from '../../subgraphs/kit/program.ts';
import { courtSdl } from '../../subgraphs/court/schema.ts';
import { identityOf, matching, toPlainCity, type PlainCase } from '../../test/support/brute-force.ts';
import { learnPersonIds } from '../../test/support/person-ids.ts';
import type { AskGraph, AuditCity } from '../audit.ts';
import { drifted, driftOf, type Drift } from './drift.ts';
import { openFront, type Front } from './front.ts';
import { startPrograms } from './programs.ts';
import { emptyCourt, largestCourt, mergedCourt, recordsOf, sharedDebtor } from './rows.ts';

export interface WorldOptions {
  /** The ports of `audit/registry.json` in the place of any free ones. */
  readonly isAtKnownPorts?: boolean;
  /** Only so many courts, those that the audits need first; nine unless told, and six at least. */
  readonly courts?: number;
}

export interface World extends Stoppable {
  /** The courts with the addresses of their fronts. */
  readonly registry: CourtRegistry;
  readonly courts: ReadonlyMap<string, Front>;
  readonly command: Front;
  /** Asks each court's program behind its front's back, healthy whatever the front suffers. */
  readonly direct: ReadonlyMap<string, AskGraph>;
  readonly oracle: AskGraph;
  readonly city: AuditCity;
  readonly drift: Drift;
  /** Lets the courts of `drift` speak their other contracts, or their own again. */
  setDrift(isOn: boolean): void;
}

/** The registry that a gateway under audit is composed over. */
const registryPath = fileURLToPath(new URL('../registry.json', import.meta.url));

/** With fewer courts there are no longer all that the audits tell apart. */
const fewest = 6;

/** Where the command centre is, when courts are at known ports. */
const commandPort = 4810;

/** Starts courts, oracle and command centre, all of them healthy. */
export function startWorld({ isAtKnownPorts = false, courts: count = 9 }: WorldOptions = {}): Promise<World> {
  return stacked(async (stack) => {
    const known = fewer(readCourtRegistry(registryPath), count);
    const records = recordsOf(known);
    const programs = await startPrograms(stack, known, records);
    const courts = new Map<string, Front>();
    for (const { code, endpoint } of known.courts) {
      const [url] = urlsOf(endpoint);
      const port = isAtKnownPorts && url !== undefined ? Number(new URL(url).port) : 0;
      courts.set(code, stack.keep(await openFront(programs.courts.get(code)!, port)));
    }
    const command = stack.keep(await openFront(programs.command, isAtKnownPorts ? commandPort : 0));
    const oracle = askOf(programs.oracle);
    const rows = toPlainCity(records);
    const drift = driftOf(known.courts.map(({ code }) => code).filter((code) => code !== emptyCourt));
    return {
      registry: parseCourtRegistry({
        courts: known.courts.map((court) => ({ ...court, endpoint: { url: courts.get(court.code)!.url } })),
      }),
      courts,
      command,
      direct: new Map([...programs.direct].map(([code, program]) => [code, askOf(program)])),
      oracle,
      city: await createCity(known, rows, oracle),
      drift,
      setDrift: (isOn) => drifted(courts, drift, courtSdl, isOn),
    };
  });
}

function askOf({ ask }: Program): AskGraph {
  return (query, variables = {}) => ask({ query, variables }, new AbortController().signal);
}

async function createCity(
  registry: CourtRegistry,
  rows: readonly PlainCase[],
  oracle: (query: string, variables: Record<string, unknown>) => ReturnType<AskGraph>,
): Promise<AuditCity> {
  const persons = await learnPersonIds(oracle, rows);
  const ids = new Map(
    rows.flatMap((row) =>
      row.record.parties.map((party) => [identityOf(row, party), persons.idOf(row, party)] as const),
    ),
  );
  return {
    rows,
    codes: registry.courts.map(({ code }) => code),
    empty: emptyCourt,
    largest: largestCourt,
    merged: mergedCourt,
    debtor: sharedDebtor,
    matching: (filter) => matching(rows, filter, persons.identityOf),
    identityOf: persons.identityOf,
    personIdOf(identity) {
      const id = ids.get(identity);
      if (id === undefined) throw new RangeError('Nobody in the city has this identity.');
      return id;
    },
  };
}

/** The largest, the merged and the empty court stay as long as any. Throws RangeError for fewer than audits need. */
function fewer({ courts }: CourtRegistry, count: number): CourtRegistry {
  if (!Number.isInteger(count) || count < fewest || count > courts.length) {
    throw new RangeError(`courts is ${count}; expected a whole number from ${fewest} to ${courts.length}.`);
  }
  const special = [largestCourt, mergedCourt, emptyCourt];
  const chosen = [
    ...courts.filter(({ code }) => special.includes(code)),
    ...courts.filter(({ code }) => !special.includes(code)),
  ].slice(0, count);
  return parseCourtRegistry({ courts: chosen });
}
