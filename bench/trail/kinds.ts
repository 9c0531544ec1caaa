/** The hubs that are compared, what each of them is asked, and what their processes and whoever starts them tell each other. */

import { chainHashes, type ChainHash } from '../../gateway/trail/line.ts';
import type { Addresses } from '../speed/upstreams/main.ts';
import { pageQuestion, pageSize } from '../speed/world/question.ts';
import { agencies, type Table, type TableShape } from '../speed/world/table.ts';

/** `off` has no trail; `deferred` has none either, and waits as if it had one; the others have one on disk, by their hash. */
export type TrailKind = 'off' | 'deferred' | ChainHash;

export const trailKinds: readonly TrailKind[] = ['off', 'deferred', ...chainHashes];

/** Whether this kind writes a trail. */
export function isWritten(kind: TrailKind): kind is ChainHash {
  return chainHashes.some((hash) => hash === kind);
}

/** Where court and agencies are: in another process, or in the hub's own. */
export const settings = ['over sockets', 'in memory'] as const;

export type SettingName = (typeof settings)[number];

/** What a hub's process is told first, and again when it is to have another hub of its kind instead. */
export interface HubAsked {
  /** Always the same for one process. */
  readonly kind: TrailKind;
  /** Where court and agencies are; null where they are to be in the hub's own process. */
  readonly addresses: Addresses | null;
  /** Where the trail goes, if there is one. */
  readonly directory: string;
}

/** What it is told then, as often as its hub is to be driven. */
export interface DriveAsked {
  readonly ms: number;
}

/** What came of a round. */
export interface Driven {
  readonly rps: number;
  /** A question's, of the process with all its threads. */
  readonly cpuMs: number;
  /** With those before the time was taken. */
  readonly answered: number;
}

export const court = '苏0312';

/** So many questions are asked at once. */
export const connections = 16;

/** One court's newest cases, which are all that it has. */
export const query = pageQuestion.replace('cases(', `cases(filter: { courts: ["${court}"] }, `);

export const shape: TableShape = { courts: [court], casesPerCourt: pageSize, newestIn: null };

/** How many records one question makes: one for each debtor and agency. */
export function recordsARequest({ casesOf }: Table): number {
  const parties = casesOf.get(court)!.flatMap((row) => row.parties);
  return parties.filter(({ role }) => role === 'DEBTOR').length * agencies.length;
}
