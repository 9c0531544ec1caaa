/** Who takes part in a running hub: the registry file is followed, and every court's program is read. */

import { setTimeout as pause } from 'node:timers/promises';

import { readCourtRegistry, type CourtRegistry } from '../../common/court-registry.ts';
import type { AskingSettings } from '../../gateway/asking/settings.ts';
import type { City } from '../../gateway/city.ts';
import type { Standing } from '../../gateway/membership/membership.ts';
import { toShownStanding } from '../../gateway/membership/shown.ts';
import { createWatch, type Watch, type WatchSettings } from '../../gateway/membership/watch.ts';
import type { Operating } from '../operating/operating.ts';
import { createCourtAsks, type CourtAsks } from './court-asks.ts';
import { watchFiles } from './file-watch.ts';
import type { Stack } from './stack.ts';

/** What a hub follows, and how closely; milliseconds. */
export interface FollowSettings {
  /** The registry file; without it the courts stay as they are. */
  readonly registryFile?: string | null;
  /** The mark of the city's key; absent where the hub does not know it. */
  readonly personKeyMark?: string | null;
  /** How often files are looked at. */
  readonly lookEveryMs?: number;
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
  const { city, registry, asks, personKeyMark = null, registryFile = null, operating } = options;
  const { log } = operating;
  if (personKeyMark === null) {
    log.info("the hub does not know the mark of the city's key, and does not compare the courts' keys with it");
  }
  const show = () => {
    const { members, standingOf } = city.roll.now();
    operating.metrics.standings(new Map(members.codes.map((code) => [code, standingOf(code).kind])));
  };
  const waiting = new AbortController();
  const watch = createWatch({
    roll: city.roll,
    contract: city.contract,
    registry,
    asks: asks.of(registry),
    personKeyMark,
    settings: options.watch,
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
  const follow = () => {
    try {
      const next = readCourtRegistry(registryFile);
      const before = codesOf(city.roll.now().registry);
      const after = codesOf(next);
      watch.follow(next, asks.of(next));
      show();
      for (const court of after) if (!before.includes(court)) log.info('a court joins the registry', { court });
      for (const court of before) if (!after.includes(court)) log.info('a court leaves the registry', { court });
    } catch (fault) {
      log.error('the registry file cannot be used; the courts stay as they were', fault);
    }
  };
  const everyMs = options.lookEveryMs ?? defaultLookEveryMs;
  stack.keep(watchFiles({ files: [registryFile], everyMs, changed: follow }));
  return watch;
}

/** Connections to the courts, for as long as the stack stands; to one that left until no request under way can need them. */
export function openCourtAsks(
  stack: Stack,
  asking: AskingSettings,
  local: Parameters<typeof createCourtAsks>[0]['local'],
): CourtAsks {
  return stack.keep(createCourtAsks({ local, asking, keptMs: asking.deadlines.requestMs + 5_000 }));
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

function codesOf({ courts }: Pick<CourtRegistry, 'courts'>): string[] {
  return courts.map(({ code }) => code);
}
