/** Who takes part in a running hub: the registry file is followed, and every court's program is read. */

import { setTimeout as pause } from 'node:timers/promises';

import type { CourtRegistry } from '../../common/court-registry.ts';
import type { Prove } from '../../gateway/asking/proving.ts';
import type { AskingSettings } from '../../gateway/asking/settings.ts';
import type { City } from '../../gateway/city.ts';
import type { Standing } from '../../gateway/membership/membership.ts';
import { nameOfAddress } from '../../gateway/membership/addresses.ts';
import { toShownStanding } from '../../gateway/membership/shown.ts';
import { createWatch, type Watch, type WatchSettings } from '../../gateway/membership/watch.ts';
import type { Operating } from '../operating/operating.ts';
import { createCourtAsks, type CourtAsks } from './court-asks.ts';
import { watchFiles, type Texts } from './file-watch.ts';
import { readFollowedRegistry } from './registry-file.ts';
import type { Stack } from './stack.ts';

/** What a hub follows, and how closely; milliseconds. */
export interface FollowSettings {
  /** The registry file; without it the courts stay as they are. */
  readonly registryFile?: string | null;
  /** No court runs in this process, and so a file with a court that has no address is refused. */
  readonly needsAddresses?: boolean;
  /** The mark of the city's key; absent where the hub does not know it. */
  readonly personKeyMark?: string | null;
  /** How often files are looked at. */
  readonly lookEveryMs?: number;
  /** The day and time of the city; absent where the hub does not know it, and then no court's clock is held against it. */
  readonly now?: () => Date;
  readonly watch?: Partial<WatchSettings>;
}

export const defaultLookEveryMs = 500;

/** The first reading of all courts is waited for no longer. */
const firstReadWithinMs = 2_000;

export interface MembershipOptions extends FollowSettings {
  readonly city: Pick<City, 'roll' | 'contract'>;
  readonly registry: CourtRegistry;
  readonly asks: CourtAsks;
  readonly operating: Pick<Operating, 'log' | 'metrics'>;
}

/** Begins to watch; resolves when all courts were read once, or would not be in time. */
export async function startMembership(stack: Stack, options: MembershipOptions): Promise<Watch> {
  const { city, registry, asks, personKeyMark = null, registryFile = null, needsAddresses = false } = options;
  const { operating } = options;
  const { log } = operating;
  if (personKeyMark === null) {
    log.info("the hub does not know the mark of the city's key, and does not compare the courts' keys with it");
  }
  const show = () => {
    const { members, standingOf } = city.roll.now();
    operating.metrics.standings(
      new Map([...new Set([...members.codes, ...members.speakers])].map((code) => [code, standingOf(code).kind])),
    );
  };
  const waiting = new AbortController();
  const watch = createWatch({
    roll: city.roll,
    contract: city.contract,
    registry,
    asks: asks.of(registry),
    personKeyMark,
    settings: options.watch,
    now: options.now,
    skewed(court, clockSkewMs, isTooFar) {
      if (isTooFar) log.warn("the clock of a court lies too far beside the hub's", { court, clockSkewMs });
      else log.info('the clock of a court is right again', { court, clockSkewMs });
    },
    missed(court, addresses) {
      const { kind } = city.roll.now().standingOf(court);
      if (kind === 'unread') log.warn('a court is not asked: its program could not be read yet', { court });
      else log.warn('a court is not asked at all of its addresses', { court, not: addresses.map(nameOfAddress) });
    },
    report: (court, fault) => log.error('a court could not be read; it is read again', fault, { court }),
    changed(code, standing) {
      show();
      tell(log, code, standing, waiting.signal.aborted);
    },
  });
  stack.keep({
    stop() {
      watch.stop();
      return Promise.resolve();
    },
  });
  show();
  await Promise.race([watch.firstRead(), pause(firstReadWithinMs, null, waiting)]);
  waiting.abort();
  if (registryFile === null) return watch;
  operating.metrics.followed('registry', true);
  const follow = (texts: Texts) => {
    const read = readFollowedRegistry(texts.get(registryFile) ?? null, needsAddresses);
    operating.metrics.followed('registry', read.kind === 'sound');
    if (read.kind === 'refused') {
      log.warn('the registry file cannot be used; the courts stay as they were', { faults: read.faults });
      return;
    }
    const before = city.roll.now().registry;
    watch.follow(read.registry, asks.of(read.registry));
    show();
    tellMoves(log, before, read.registry);
  };
  const everyMs = options.lookEveryMs ?? defaultLookEveryMs;
  const changed = (texts: Texts) => {
    try {
      follow(texts);
    } catch (fault) {
      operating.metrics.followed('registry', false);
      log.error('another registry could not be followed', fault);
    }
  };
  stack.keep(watchFiles({ files: [registryFile], everyMs, changed }));
  return watch;
}

/** Connections to the courts, for as long as the stack stands; to one that left until no request under way can need them. */
export function openCourtAsks(
  stack: Stack,
  asking: AskingSettings,
  local: Parameters<typeof createCourtAsks>[0]['local'],
  prove?: Prove,
): CourtAsks {
  return stack.keep(createCourtAsks({ local, asking, prove, keptMs: asking.deadlines.requestMs + 5_000 }));
}

/** At a start it goes without saying that a sound court takes part. */
function tell(log: Operating['log'], court: string, standing: Standing, isNews: boolean): void {
  const { faults, lacks } = toShownStanding(standing);
  if (standing.kind === 'quarantined') {
    log.warn('a court stands apart: its program cannot serve the contract', { court, faults });
  } else if (lacks.length > 0) {
    log.info('a court takes part, and lacks something of the contract', { court, lacks });
  } else {
    log[isNews ? 'info' : 'debug']('a court takes part', { court });
  }
}

function tellMoves(log: Operating['log'], before: Places, after: Places): void {
  const placesIn = ({ courts, hubs }: Places) =>
    new Map<string, readonly ['court' | 'hub', string]>([
      ...courts.map(({ code, endpoint }) => [code, ['court', JSON.stringify(endpoint)]] as const),
      ...hubs.map(({ code, endpoint }) => [code, ['hub', JSON.stringify(endpoint)]] as const),
    ]);
  const [known, next] = [placesIn(before), placesIn(after)];
  for (const [code, [what, place]] of next) {
    if (!known.has(code)) log.info(`a ${what} joins the registry`, { [what]: code });
    else if (known.get(code)![1] !== place) log.info(`a ${what} has another address`, { [what]: code });
  }
  for (const [code, [what]] of known) if (!next.has(code)) log.info(`a ${what} leaves the registry`, { [what]: code });
}

type Places = Pick<CourtRegistry, 'courts' | 'hubs'>;
