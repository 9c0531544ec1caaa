/** The court that is checked: its SDL from a file, or what a running court tells as the hub reads it. */

import { readFileSync } from 'node:fs';

import type { Speaker, CourtRegistry } from '../../common/court-registry.ts';
import { createProving } from '../../gateway/asking/proving.ts';
import { createRemote } from '../../gateway/asking/remote.ts';
import { faultsOfClaims, shownClaim } from '../../gateway/membership/claims.ts';
import { notFederated } from '../../gateway/membership/judging.ts';
import { readProgram, type Claims } from '../../gateway/membership/reading.ts';
import type { SigningKey } from '../../common/proof.ts';
import type { Fault } from '../../schema/horizontal/fault.ts';
import { UsageFault } from '../command.ts';

/** A running court that does not say what it serves. */
export class CourtUnavailable extends Error {}

/** What it shall be. */
export interface Expected {
  readonly registry: CourtRegistry;
  /** The entry of the registry that it shall be; null for the court that it says it is. */
  readonly entry: Speaker | null;
  /** The mark of the city's key; null where nobody gave one. */
  readonly personKeyMark: string | null;
  /** The key of the hub that asks; null for a question that anybody could ask. */
  readonly hubKey: SigningKey | null;
}

/** A court as it was read. */
export interface ReadCourt {
  /** Null when it answers, but not as a federation subgraph does. */
  readonly sdl: string | null;
  /** Why it would be kept apart, whatever its SDL is. */
  readonly faults: readonly Fault[];
  /** Who it says it is, and what could not be compared. */
  readonly lines: readonly string[];
}

const waitMs = 10_000;

/** Reads it; throws UsageFault for a file that cannot be read, CourtUnavailable for a court that does not answer. */
export async function readCourt(place: string, expected: Expected): Promise<ReadCourt> {
  if (isAddress(place)) return await readRunningCourt(place, expected);
  try {
    const sdl = readFileSync(place, 'utf8');
    return { sdl, faults: [], lines: ['note: only a running court says which court it is, and with which key.'] };
  } catch (error) {
    throw new UsageFault(`cannot read ${place} (${(error as NodeJS.ErrnoException).code ?? 'unreadable'}).`);
  }
}

/** Whether a court is there to be asked. */
export function isAddress(place: string): boolean {
  return /^https?:\/\//.test(place);
}

async function readRunningCourt(url: string, expected: Expected): Promise<ReadCourt> {
  const { hubKey, entry } = expected;
  // A proof names the court that it is meant for.
  const proof = hubKey && entry ? { audience: entry.code, prove: createProving(() => hubKey) } : undefined;
  const remote = createRemote(url, { proof });
  const told = await readProgram(remote.ask, AbortSignal.timeout(waitMs));
  await remote.stop();
  if (told === null) {
    throw new CourtUnavailable(
      `${url} does not answer { _service { sdl } } as a federation subgraph does. Is the court running, is this the address of its GraphQL, and does it answer its hub alone (--hub-key)?`,
    );
  }
  const { sdl, claims } = told;
  if (sdl === null) return { sdl, faults: [notFederated(url)], lines: [] };
  return { sdl, faults: faultsOf(claims, expected), lines: linesOf(claims, expected) };
}

function faultsOf(claims: Claims | null, { registry, entry, personKeyMark }: Expected): Fault[] {
  if (entry === null && claims !== null && claims.court === null) {
    return faultsOfClaims({ code: 'the court', contractVersion: '' }, claims, null).slice(0, 1);
  }
  // A court that is to join has no entry yet: it is held against its own word.
  const own = { code: claims?.court ?? '', contractVersion: claims?.contractVersion ?? '' };
  return faultsOfClaims(entry ?? entryOf(registry, claims) ?? own, claims, personKeyMark);
}

function linesOf(claims: Claims | null, { registry, entry, personKeyMark }: Expected): string[] {
  if (claims === null) return ['note: it does not say which court it is, and with which key it makes ids of persons.'];
  const { court, contractVersion, personKeyMark: mark } = claims;
  const isRegistered = entry !== null || entryOf(registry, claims) !== undefined;
  return [
    `It says: court ${shownClaim(court)}, contract ${shownClaim(contractVersion)}, person key ${shownClaim(mark)}.`,
    ...(isRegistered
      ? []
      : [`note: the registry has no court ${shownClaim(court)} yet; nothing was compared with it.`]),
    ...(personKeyMark === null
      ? ["note: its key was not compared, since no mark was given; give --person-key-mark, the mark of the city's key."]
      : []),
  ];
}

/** As the registry names it: a code of a court that was merged into another is not that court's identity. */
function entryOf({ speakers }: CourtRegistry, claims: Claims | null): Speaker | undefined {
  return speakers.find(({ code }) => code === claims?.court);
}
