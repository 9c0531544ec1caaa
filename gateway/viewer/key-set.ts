/**
 * The keys of an issuer, kept for a while: a new one is fetched when it is first seen, one that was removed is believed for
 * a minute at most, and when the issuer cannot be asked those that it gave last hold.
 */

import { createLocalJWKSet, errors, type CryptoKey, type FlattenedJWSInput, type LocalJWKSet } from 'jose';

import { silentLog, type Log } from '../../common/log.ts';
import { processClock, type Clock } from '../asking/clock.ts';
import { readKeySet } from './jwks.ts';
import { KeysUnavailable, type Keys, type TokenHeader } from './keys.ts';

/** When keys are read, in milliseconds. A removed key is believed for `trustedForMs` and one reading. */
export const keyTimes = {
  /** Keys of this age are read anew, beside what is being asked. */
  refreshAfterMs: 20_000,
  /** Keys of this age are believed no longer before the issuer has been asked again. */
  trustedForMs: 45_000,
  /** How long the issuer may take to answer. */
  readWithinMs: 5_000,
  /** How long after a reading that failed, or that an unknown key led to, the next such reading may begin. */
  againAfterMs: 10_000,
  /** How long the last keys hold when the issuer cannot be asked. */
  lastGoodForMs: 24 * 3_600_000,
} as const;

export interface KeySetOptions {
  /** Gives the issuer's key set as it stands; rejects with a sentence. */
  readonly read: (signal: AbortSignal) => Promise<unknown>;
  readonly clock?: Clock;
  /** Told once when the issuer's keys cannot be read any more, and when they can again. */
  readonly log?: Log;
}

/** Keys that are read and kept; none is read before one is wanted. */
export interface KeySet extends Keys {
  stop(): void;
}

/** Follows the keys of one issuer. */
export function createKeySet({ read, clock = processClock, log = silentLog }: KeySetOptions): KeySet {
  const stopping = new AbortController();
  let kept: { readonly find: LocalJWKSet; readonly askedAtMs: number } | null = null;
  let reading: Promise<void> | null = null;
  let beganAtMs = -Infinity;
  let failedAtMs = -Infinity;
  let soughtAtMs = -Infinity;
  let isOut = false;

  /** Joins the reading that is on its way, or begins one; never rejects. */
  function readNow(): Promise<void> {
    return (reading ??= readOnce().finally(() => (reading = null)));
  }

  async function readOnce(): Promise<void> {
    const askedAtMs = clock.now();
    beganAtMs = askedAtMs;
    try {
      const { jwks, unfit } = readKeySet(await withinTime(read, clock, stopping.signal));
      kept = { find: createLocalJWKSet(jwks), askedAtMs };
      if (isOut) log.info("the issuer's keys can be read again");
      if (isOut || unfit.length > 0) log.debug('read the keys of the issuer', { keys: jwks.keys.length, unfit });
      isOut = false;
    } catch (error) {
      failedAtMs = clock.now();
      if (!isOut && !stopping.signal.aborted) {
        const reason = error instanceof Error ? error.message : String(error);
        log.warn("the issuer's keys cannot be read; the last ones hold", { reason, known: kept !== null });
      }
      isOut = true;
    }
  }

  function ageMs(): number {
    return kept === null ? Infinity : clock.now() - kept.askedAtMs;
  }

  async function freshen(): Promise<void> {
    if (ageMs() < keyTimes.refreshAfterMs) return;
    const nowMs = clock.now();
    const failedLately = nowMs - failedAtMs < keyTimes.againAfterMs + keyTimes.readWithinMs;
    if (nowMs - beganAtMs >= keyTimes.againAfterMs) void readNow();
    // Whoever is told every ten seconds that the issuer is out need not be waited for by those who come meanwhile.
    if (reading !== null && ageMs() >= keyTimes.trustedForMs && !(failedLately && kept !== null)) await reading;
  }

  function held() {
    if (kept !== null && ageMs() < keyTimes.lastGoodForMs) return kept;
    throw new KeysUnavailable('The keys of the issuer cannot be had.');
  }

  async function find(header: TokenHeader, token: FlattenedJWSInput): Promise<CryptoKey | null> {
    const { find: keyOf } = held();
    try {
      return await keyOf(header, token);
    } catch (error) {
      if (error instanceof errors.JWKSNoMatchingKey) return null;
      throw error;
    }
  }

  return {
    async edition() {
      await freshen();
      return held();
    },
    async keyOf(header, token) {
      await freshen();
      const known = await find(header, token);
      if (known !== null) return known;
      // What is on its way may bring it.
      if (reading !== null) {
        await reading;
        const brought = await find(header, token);
        if (brought !== null) return brought;
      }
      if (clock.now() - soughtAtMs < keyTimes.againAfterMs) throw new errors.JWKSNoMatchingKey();
      soughtAtMs = clock.now();
      await readNow();
      const found = await find(header, token);
      if (found === null) throw new errors.JWKSNoMatchingKey();
      return found;
    },
    stop: () => stopping.abort(),
  };
}

/** Rejects when it takes longer than the issuer may. */
async function withinTime(read: KeySetOptions['read'], clock: Clock, stopping: AbortSignal): Promise<unknown> {
  const late = new AbortController();
  const callOff = clock.after(keyTimes.readWithinMs, () =>
    late.abort(new Error(`no answer within ${keyTimes.readWithinMs} ms.`)),
  );
  const signal = AbortSignal.any([late.signal, stopping]);
  const ended = new Promise<never>((_, reject) => {
    signal.addEventListener('abort', () => reject(signal.reason as Error), { once: true });
  });
  try {
    return await Promise.race([read(signal), ended]);
  } finally {
    callOff();
  }
}
