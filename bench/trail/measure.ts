/** Drives hubs of every kind, in turns, and looks at what they have written. */

import { statSync } from 'node:fs';
import { join } from 'node:path';

import { publicKeyFile, readPublicKey } from '../../gateway/trail/keys.ts';
import { chainDirectory, segmentFile, segmentsOf } from '../../gateway/trail/segments.ts';
import { verifyTrail } from '../../gateway/trail/verify.ts';
import { startUpstreams } from '../speed/upstreams/process.ts';
import { createTable } from '../speed/world/table.ts';
import {
  isWritten,
  recordsARequest,
  settings,
  shape,
  trailKinds,
  type Driven,
  type SettingName,
  type TrailKind,
} from './kinds.ts';
import { startHubProcess, type HubProcess } from './running.ts';

/** One kind of hub in one setting. */
export interface Row {
  readonly setting: SettingName;
  readonly kind: TrailKind;
  /** By round. */
  readonly driven: readonly Driven[];
  /** What the hub without a trail did in the same rounds. */
  readonly off: readonly Driven[];
  /** What was found on disk; null for hubs without a trail. */
  readonly written: Written | null;
}

/** A trail on disk. */
export interface Written {
  readonly records: number;
  /** Questions that they came from. */
  readonly requests: number;
  /** Of all lines, with those that are no records. */
  readonly bytes: number;
  /** How long it took to verify it. */
  readonly verifySeconds: number;
}

export interface Rounds {
  readonly rounds: number;
  readonly ms: number;
}

/** So many rounds go by unmeasured, while code is compiled. */
const warmUps = 2;

/** A row for each setting and kind; rejects when an answer was wrong, or a trail does not hold what it should. */
export async function measure(rounds: Rounds, home: string): Promise<Row[]> {
  const upstreams = await startUpstreams({ shape, delaysMs: {} });
  const hubs = trailKinds.map(startHubProcess);
  const directoryOf = (setting: SettingName, kind: TrailKind) => join(home, setting.replaceAll(' ', '-'), kind);
  const taken = new Map<SettingName, readonly Round[]>();
  for (const setting of settings) {
    const addresses = setting === 'over sockets' ? upstreams.addresses : null;
    // One after the other: on one core, those that load would make the first answers of others late.
    for (const hub of hubs) await hub.open({ addresses, directory: directoryOf(setting, hub.kind) });
    taken.set(setting, await takeRounds(hubs, rounds));
  }
  await Promise.all(hubs.map((hub) => hub.stop()));
  await upstreams.stop();
  const rows: Row[] = [];
  for (const [setting, all] of taken) {
    for (const kind of trailKinds) {
      const driven = all.map((round) => round.get(kind)!);
      // With the one that each hub is asked before it is driven.
      const requests = 1 + driven.reduce((sum, { answered }) => sum + answered, 0);
      rows.push({
        setting,
        kind,
        driven: driven.slice(warmUps),
        off: all.slice(warmUps).map((round) => round.get('off')!),
        written: isWritten(kind) ? await readWritten(directoryOf(setting, kind), requests) : null,
      });
    }
  }
  return rows;
}

type Round = ReadonlyMap<TrailKind, Driven>;

/** One hub at a time; every other round the other way about, so that whatever changes meanwhile meets all of them alike. */
async function takeRounds(hubs: readonly HubProcess[], { rounds, ms }: Rounds): Promise<Round[]> {
  const taken: Round[] = [];
  for (let round = 0; round < warmUps + rounds; round += 1) {
    const driven = new Map<TrailKind, Driven>();
    for (const hub of round % 2 === 0 ? hubs : hubs.toReversed()) driven.set(hub.kind, await hub.drive(ms));
    taken.push(driven);
  }
  return taken;
}

/** Verifies a trail; throws when it is not whole, or holds more or less than these requests have made. */
async function readWritten(directory: string, requests: number): Promise<Written> {
  const startedAt = performance.now();
  const [chain] = await verifyTrail(directory, { keys: [readPublicKey(publicKeyFile(directory))] });
  const verifySeconds = (performance.now() - startedAt) / 1000;
  if (!chain || chain.fault) throw new Error(`The trail is not whole: ${chain?.fault?.said ?? 'no chain'}.`);
  const expected = requests * recordsARequest(createTable(shape));
  if (chain.records !== expected) {
    throw new Error(`The trail has ${chain.records} records; ${requests} requests have made ${expected}.`);
  }
  const folder = chainDirectory(directory, chain.name);
  const sizes = (await segmentsOf(folder)).map((segment) => statSync(segmentFile(folder, segment)).size);
  return { records: chain.records, requests, bytes: sizes.reduce((sum, size) => sum + size, 0), verifySeconds };
}
