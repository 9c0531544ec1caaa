/** Courts under watch, with programs that tell what a test lets them tell, in time that it moves. */

import { readCourtRegistry } from '../../../../common/court-registry.ts';
import type { Answer, Ask } from '../../../../common/wire.ts';
import { createUpstream, type Way } from '../../../../gateway/asking/upstream.ts';
import { unread } from '../../../../gateway/membership/membership.ts';
import { createRoll } from '../../../../gateway/membership/roll.ts';
import { createWatch, type WatchOptions } from '../../../../gateway/membership/watch.ts';
import { readContract } from '../../../../schema/horizontal/contract.ts';
import { emitted } from '../../../support/emitted.ts';
import { createFakeClock } from '../../../support/fake-clock.ts';

const registry = readCourtRegistry();
export const contractSdl = emitted('court');
export const contract = readContract(contractSdl, 'contract');
export const [first, second, third] = registry.courts.map(({ code }) => code) as [string, string, string];
export const mark = `k1.${'m'.repeat(43)}`;

/** A program that tells what it is told to tell, and counts how often it was read, and asked for anything else. */
export function program(code: string) {
  const own = { sdl: contractSdl, mark, now: null as string | null, isDown: false, read: 0, asked: 0 };
  const ask: Ask = ({ query }) => {
    if (!query.includes('_service')) {
      own.asked += 1;
      return Promise.resolve<Answer>({ data: { who: 'asked' } });
    }
    own.read += 1;
    if (own.isDown) return Promise.reject(new Error('nobody there'));
    const claims = { court: code, contractVersion: '1.0', personKeyMark: own.mark, now: own.now };
    return Promise.resolve<Answer>({ data: { _service: { sdl: own.sdl }, _member: claims } });
  };
  return { own, ask };
}

/** A watch over some courts, in time that a test moves. */
export function watched(courts: Readonly<Record<string, Way>>, options: Partial<WatchOptions> = {}) {
  const asks = new Map(Object.entries(courts));
  const ofCodes = (codes: readonly string[]) => ({
    ...registry,
    courts: registry.courts.filter(({ code }) => codes.includes(code)),
  });
  const roll = createRoll({
    registry: ofCodes([...asks.keys()]),
    asks,
    toUpstream: (id, ask) => createUpstream({ kind: 'court', id, ask }),
    unjudged: unread,
  });
  const clock = createFakeClock();
  const changes: string[] = [];
  const watch = createWatch({
    roll,
    contract,
    registry: ofCodes([...asks.keys()]),
    asks,
    personKeyMark: mark,
    clock,
    random: () => 0.5,
    changed: (code, { kind }) => changes.push(`${code} ${kind}`),
    ...options,
  });
  return { roll, clock, watch, changes, ofCodes, standingOf: (code: string) => roll.now().standingOf(code) };
}
