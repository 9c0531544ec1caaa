/**
 * Watches the programs of all courts and hubs that are asked, at every address: each is read when it is first heard of and again every few seconds,
 * and judged again when what it tells has changed. A court that cannot be reached keeps its standing; that it is down others tell.
 */

import type { CourtRegistry, Speaker } from '../../common/court-registry.ts';
import { createDeadline } from '../../common/deadline.ts';
import type { Ask } from '../../common/wire.ts';
import type { Contract } from '../../schema/horizontal/contract.ts';
import { createSlots } from '../asking/slots.ts';
import { processClock, type Clock } from '../asking/clock.ts';
import type { Way } from '../asking/upstream.ts';
import { heard, standingOfAddresses, unheard, type Address } from './addresses.ts';
import { createJudge } from './judging.ts';
import type { Standing } from './membership.ts';
import { readProgram, type Told } from './reading.ts';
import type { Roll } from './roll.ts';
import { keepVigil, type Vigil } from './vigil.ts';

/** All that can be set; milliseconds, but for `atOnce`. */
export interface WatchSettings {
  /** Between two readings of a court that takes part or stands apart. */
  readonly knownEveryMs: number;
  /** Between two readings of a court that could not be read the last time, or not at each of its addresses. */
  readonly unreadEveryMs: number;
  /** Readings of one court begin at least so far apart, whatever the reason. */
  readonly atMostEveryMs: number;
  readonly readWithinMs: number;
  /** How many courts are read at the same time. */
  readonly atOnce: number;
  /** A court, or an address of it, that is not asked for so long since it could not be read is told of. */
  readonly patientMs: number;
  /** A program that is another one at every reading is judged so often at most. */
  readonly restlessEveryMs: number;
  /** A court's clock may lie so far beside the hub's. */
  readonly skewMs: number;
}

export const defaultWatch: WatchSettings = {
  knownEveryMs: 3_000,
  unreadEveryMs: 1_000,
  atMostEveryMs: 1_000,
  readWithinMs: 2_000,
  atOnce: 32,
  patientMs: 60_000,
  restlessEveryMs: 30_000,
  skewMs: 5_000,
};

export interface Watch {
  /** Resolves when every court that is known now has been read, or could not be. */
  firstRead(): Promise<void>;
  /** The registry has changed: the roll follows, and so does the watch. */
  follow(registry: CourtRegistry, asks: ReadonlyMap<string, Way>): void;
  /** There is reason to believe that this court's program has changed. */
  look(code: string): void;
  /** How far a court's clock lies before the hub's own, in milliseconds; null where nobody knows. */
  skewMsOf(code: string): number | null;
  /** Judges everybody by another contract, in pieces; what it gives puts those judgements in force, at once. */
  prepare(contract: Contract): Promise<() => void>;
  stop(): void;
}

export interface WatchOptions {
  readonly roll: Roll;
  readonly contract: Contract;
  readonly registry: CourtRegistry;
  readonly asks: ReadonlyMap<string, Way>;
  /** The mark of the city's key; null where the hub does not know it, and then it is not compared. */
  readonly personKeyMark: string | null;
  readonly settings?: Partial<WatchSettings> | undefined;
  /** Told of each court whose standing has become another. */
  readonly changed?: ((code: string, standing: Standing) => void) | undefined;
  /** Told once of a court that is not asked at each of its addresses for long, though it does not stand apart; by position. */
  readonly missed?: ((code: string, addresses: readonly number[]) => void) | undefined;
  /** The day and time of the city as the hub has it; without it no court's clock is held against it. */
  readonly now?: (() => Date) | undefined;
  /** Told when a court's clock begins to lie too far beside the hub's, and when it is right again. */
  readonly skewed?: ((code: string, skewMs: number, isTooFar: boolean) => void) | undefined;
  /** Told of a fault of our own while a court was read; it is read on. */
  readonly report?: ((code: string, fault: unknown) => void) | undefined;
  readonly clock?: Clock | undefined;
  /** From 0 to 1: spreads the readings, so that courts are not all read in one moment. */
  readonly random?: (() => number) | undefined;
}

/** One court under watch. */
interface Watched {
  entry: Speaker;
  readonly way: Way;
  readonly vigil: Vigil;
  /** The preferred one first. */
  readonly addresses: Address[];
  /** How far the clock at each address lies before the hub's; none where nobody knows. */
  readonly skews: Map<number, number>;
  isSkewed: boolean;
  /** Since when it is not asked everywhere, and whether that was told; null when it is, or stands apart. */
  missing: { readonly sinceMs: number; readonly isTold: boolean } | null;
}

/** Begins to read at once. */
export function createWatch({ roll, personKeyMark, changed = () => {}, ...options }: WatchOptions): Watch {
  const settings = { ...defaultWatch, ...options.settings };
  const {
    clock = processClock,
    random = Math.random,
    report = () => {},
    missed = () => {},
    skewed = () => {},
  } = options;
  const slots = createSlots(settings.atOnce);
  const watched = new Map<string, Watched>();
  let judge = createJudge(options.contract, personKeyMark);

  const settle = ({ entry, addresses }: Watched): void => {
    if (addresses.every(({ told }) => told === null)) return;
    const { code } = entry;
    const before = roll.now().standingOf(code);
    const standing = standingOfAddresses(judge, entry, addresses);
    if (textOf(before) !== textOf(standing) || askedIn(before) !== askedIn(standing)) roll.judge(code, standing);
    if (textOf(before) !== textOf(standing)) changed(code, standing);
  };
  const readOnce = async (own: Watched, signal: AbortSignal): Promise<number> => {
    // Which answers first is asked first; another hangs for itself.
    await Promise.all(
      asksOf(own.way).map(async (ask, index) => {
        const begunAtMs = options.now?.().getTime();
        const told = await readWithin(ask, signal, (atMs) => {
          if (begunAtMs === undefined || signal.aborted) return;
          // The court looked at its clock somewhere between question and answer.
          own.skews.set(index, Math.round(atMs - (begunAtMs + options.now!().getTime()) / 2));
        });
        if (signal.aborted) return;
        const known = own.addresses[index]!;
        own.addresses[index] = heard(known, told, { ...settings, judge, nowMs: clock.now() });
        if (own.addresses[index] !== known) settle(own);
      }),
    );
    if (signal.aborted) return 0;
    lookForMissing(own);
    lookForSkew(own);
    const everyMs = own.addresses.every(({ isReadable }) => isReadable)
      ? settings.knownEveryMs
      : settings.unreadEveryMs;
    return everyMs * (0.9 + random() * 0.2);
  };
  const lookForSkew = (own: Watched): void => {
    const skewMs = worstOf(own);
    if (skewMs === null) return;
    const isTooFar = Math.abs(skewMs) > settings.skewMs;
    if (isTooFar === own.isSkewed) return;
    own.isSkewed = isTooFar;
    skewed(own.entry.code, skewMs, isTooFar);
  };
  const lookForMissing = (own: Watched): void => {
    const standing = roll.now().standingOf(own.entry.code);
    const places = own.addresses.flatMap(({ told }, index) => {
      const isAsked = told !== null && (standing.kind !== 'joined' || (standing.asked?.includes(index) ?? true));
      return isAsked || standing.kind === 'quarantined' ? [] : [index];
    });
    if (places.length === 0) {
      own.missing = null;
      return;
    }
    own.missing ??= { sinceMs: clock.now(), isTold: false };
    if (own.missing.isTold || clock.now() - own.missing.sinceMs < settings.patientMs) return;
    own.missing = { ...own.missing, isTold: true };
    missed(own.entry.code, places);
  };
  const readWithin = async (ask: Ask, signal: AbortSignal, saysNow: (atMs: number) => void): Promise<Told | null> => {
    const release = await slots.take(signal).catch(() => null);
    if (release === null) return null;
    const deadline = createDeadline(signal, settings.readWithinMs);
    try {
      return await Promise.race([readProgram(ask, deadline.signal, saysNow), endOf(deadline.signal)]);
    } finally {
      deadline.release();
      release();
    }
  };
  const begin = (entry: Speaker, way: Way): void => {
    const { code } = entry;
    // The first reading begins when the court is among the watched, if it still is.
    const read = async (signal: AbortSignal) => {
      await Promise.resolve();
      return signal.aborted ? 0 : readOnce(own, signal);
    };
    const vigil = keepVigil({
      clock,
      atMostEveryMs: settings.atMostEveryMs,
      read,
      report: (fault) => report(code, fault),
    });
    const addresses = asksOf(way).map(() => unheard);
    const own: Watched = { entry, way, vigil, addresses, missing: null, skews: new Map(), isSkewed: false };
    watched.set(code, own);
  };
  const follow: Watch['follow'] = (registry, asks) => {
    roll.follow(registry, asks);
    for (const [code, { way, vigil }] of watched) {
      if (asks.get(code) === way && registry.speakers.some((speaker) => speaker.code === code)) continue;
      vigil.stop();
      watched.delete(code);
    }
    for (const entry of registry.speakers) {
      const way = asks.get(entry.code);
      const known = watched.get(entry.code);
      if (known) {
        known.entry = entry;
        settle(known);
      } else if (way) {
        begin(entry, way);
      }
    }
  };
  follow(options.registry, options.asks);
  return {
    follow,
    async firstRead() {
      await Promise.all([...watched.values()].map(({ vigil }) => vigil.first));
    },
    look: (code) => watched.get(code)?.vigil.look(),
    skewMsOf(code) {
      const own = watched.get(code);
      return own ? worstOf(own) : null;
    },
    async prepare(contract) {
      const next = createJudge(contract, personKeyMark);
      for (const { entry, addresses } of [...watched.values()]) {
        standingOfAddresses(next, entry, addresses);
        // Requests are answered between one court and the next.
        await new Promise((resolve) => setImmediate(resolve));
      }
      return () => {
        judge = next;
        for (const own of watched.values()) settle(own);
      };
    },
    stop() {
      for (const { vigil } of watched.values()) vigil.stop();
      watched.clear();
    },
  };
}

/** Of several clocks the one that is furthest off. */
function worstOf({ skews }: Watched): number | null {
  const [worst = null] = [...skews.values()].sort((left, right) => Math.abs(right) - Math.abs(left));
  return worst;
}

/** For an `Ask` that does not heed the signal. */
function endOf(signal: AbortSignal): Promise<null> {
  return new Promise((resolve) => {
    if (signal.aborted) resolve(null);
    else signal.addEventListener('abort', () => resolve(null), { once: true });
  });
}

function asksOf(way: Way): readonly Ask[] {
  return typeof way === 'function' ? [way] : way;
}

/** Standings of one text are the same to everybody who is told of them. */
function textOf(standing: Standing): string {
  return standing.kind === 'joined' ? `joined ${standing.capability.digest}` : JSON.stringify(standing);
}

function askedIn(standing: Standing): string {
  return standing.kind === 'joined' ? (standing.asked?.join() ?? 'all') : 'none';
}
