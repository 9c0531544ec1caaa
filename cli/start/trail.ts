/** The trail of a hub as it is started: where it is kept, by which hash, and who is told of it. */

import { join, resolve } from 'node:path';

import type { Log } from '../../common/log.ts';
import type { PersonKey } from '../../common/person-id.ts';
import { SecretFileError } from '../../common/secret-file.ts';
import type { TrailEvent } from '../../gateway/trail/journal.ts';
import { keepTrailKeys, trailKeyFaults, TrailKeyError, type TrailKeys } from '../../gateway/trail/keys.ts';
import { chainHashes, type ChainHash } from '../../gateway/trail/line.ts';
import { chainDirectory } from '../../gateway/trail/segments.ts';
import { createMemoryTrail, openTrail, type Trail } from '../../gateway/trail/trail.ts';
import { DatabaseError } from '../../subgraphs/kit/database/error.ts';
import { lockDirectory } from '../../subgraphs/kit/database/lock.ts';
import { SettingsFault } from '../command.ts';
import type { Settings } from '../settings.ts';
import type { IssuerSettings } from './issuer-settings.ts';
import type { Stack } from './stack.ts';

export interface TrailSettings {
  /** Where it is kept; null for memory. */
  readonly directory: string | null;
  readonly hash: ChainHash;
  /** The key that signs, where it is not in the directory. */
  readonly keyFile: string | null;
}

/** What is said in the place of a directory for a trail in memory; a directory of that name is `./memory`. */
export const memoryTrail = 'memory';

/** A trail that ends with the process. */
export const inMemory: TrailSettings = { directory: null, hash: 'sha256', keyFile: null };

export const trailOptions = { trail: 'string', 'trail-hash': 'string', 'trail-key': 'string' } as const;

/** Where the trail of a data directory is, unless told. */
export function trailOf(data: string): string {
  return join(data, 'trail');
}

/** For the help of a start, in its own column. */
export function trailHelp(width: number, fallback: string): string[] {
  const line = (option: string, said: string) => `${`  ${option}`.padEnd(width)}${said}`;
  return [
    line('--trail DIR', `where questions to agencies and changes are recorded (NONET_TRAIL, default ${fallback})`),
    line('', `"${memoryTrail}": in memory, where it is cut short and ends with the process`),
    line(
      '--trail-hash NAME',
      `what its lines are chained by (NONET_TRAIL_HASH: ${chainHashes.join(' or ')}, default sha256)`,
    ),
    line(
      '--trail-key FILE',
      'the Ed25519 key that signs it (NONET_TRAIL_KEY_FILE, default signing.key in its directory)',
    ),
  ];
}

/**
 * Reads them; `fallback` is where the trail is kept unless told, null for memory. Where an issuer says who asks, officers
 * do, and memory has to be chosen by name: what nobody has decided is a fault.
 */
export function readTrail(settings: Settings, fallback: string | null, issuer: IssuerSettings | null): TrailSettings {
  const told = settings.text({ option: 'trail', variable: 'NONET_TRAIL' });
  const given = told ?? fallback;
  if (given === null && issuer !== null) {
    settings.fault(
      `nobody says where it is recorded what agencies are asked: give a directory with --trail DIR (NONET_TRAIL), or --trail ${memoryTrail} for a trail that is cut short and ends with the process.`,
    );
  }
  const name = settings.text({ option: 'trail-hash', variable: 'NONET_TRAIL_HASH' }) ?? 'sha256';
  const hash = chainHashes.find((known) => known === name);
  if (!hash) settings.fault(`the hash of the trail is "${name}"; it has to be ${chainHashes.join(' or ')}.`);
  const keyFile = settings.text({ option: 'trail-key', variable: 'NONET_TRAIL_KEY_FILE' }) ?? null;
  if (told === memoryTrail && keyFile !== null) {
    settings.fault(`--trail-key (NONET_TRAIL_KEY_FILE) signs no trail in memory; leave out one of the two.`);
  }
  const directory = given === null || told === memoryTrail ? null : resolve(given);
  // Here, with all other faults, and not where workers open it, each by itself.
  if (directory !== null) for (const fault of trailKeyFaults(directory, keyFile)) settings.fault(fault);
  return { directory, hash: hash ?? 'sha256', keyFile };
}

/** What a hub has of its own for its trail. */
export interface TrailParts {
  /** Which of several hubs it is: each writes a chain of its own. */
  readonly worker: number | undefined;
  readonly personKey: PersonKey | null;
  readonly now: () => Date;
  readonly log: Log;
}

/** Opens the trail, which nobody else writes until it is stopped; rejects when it cannot be had or gone on with, with SettingsFault for its keys. */
export async function startTrail(stack: Stack, settings: TrailSettings, parts: TrailParts): Promise<Trail> {
  const { directory, hash, keyFile } = settings;
  const { personKey, now, log } = parts;
  if (directory === null) {
    log.warn(
      'what agencies are asked, what is searched and what is changed is recorded in memory only, is cut short and ends with this process: --trail DIR keeps it',
    );
    return stack.keep(createMemoryTrail(personKey));
  }
  const chain = String(parts.worker ?? 1);
  const keys = usableKeys(directory, keyFile);
  const lock = await lockDirectory(chainDirectory(directory, chain)).catch((error: unknown) => {
    if (!(error instanceof DatabaseError) || error.code !== 'DATABASE_LOCKED') throw error;
    throw new Error(`--trail (NONET_TRAIL) is ${directory}, and ${error.message}`, { cause: error });
  });
  stack.keep({
    stop() {
      lock.release();
      return Promise.resolve();
    },
  });
  const trail = await openTrail({ directory, chain, keys, hash, personKey, now, tell: (event) => tell(log, event) });
  log.info('what agencies are asked and what is changed is recorded', {
    trail: join(directory, `chain-${chain}`),
    hash,
    key: keys.mark,
  });
  return stack.keep(trail);
}

/** What a key file needs is somebody's hand: a supervisor is not to try again. */
function usableKeys(directory: string, keyFile: string | null): TrailKeys {
  try {
    return keepTrailKeys(directory, keyFile);
  } catch (error) {
    if (!(error instanceof TrailKeyError) && !(error instanceof SecretFileError)) throw error;
    throw new SettingsFault([error.message]);
  }
}

function tell(log: Log, event: TrailEvent): void {
  switch (event.kind) {
    case 'cut':
      log.warn('the end of the trail was half written and was cut off', { bytes: event.bytes, kept: event.kept });
      break;
    case 'failed':
      log.error(
        'the trail cannot be written: no agency is asked and nothing is changed, and what was under way, and searches, are withheld',
        event.cause,
      );
      break;
    case 'mended':
      log.info('the trail can be written again');
      break;
    case 'headless':
      log.error('the head of the trail cannot be written beside it', event.cause);
      break;
    case 'lost':
      log.warn('records of withheld answers were never written', { records: event.records });
      break;
  }
}
