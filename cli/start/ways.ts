/** The ways to what runs elsewhere: connections to addresses, kept until the stack is taken down. */

import { urlsOf, type CourtRegistry } from '../../common/court-registry.ts';
import type { Ask } from '../../common/wire.ts';
import { createRemote } from '../../gateway/asking/remote.ts';
import type { AskingSettings } from '../../gateway/asking/settings.ts';
import type { Way } from '../../gateway/asking/upstream.ts';
import type { UpstreamKind } from '../../gateway/operating/record.ts';
import type { Stack } from './stack.ts';

/** Keeps connections to an address. */
export function wayTo(stack: Stack, { slots, answers }: AskingSettings, kind: UpstreamKind, url: string): Ask {
  // One connection more than questions at once: a breaker's probe waits for none of them.
  return stack.keep(createRemote(url, { ...answers, connections: slots[kind] + 1 })).ask;
}

/** The ways to all courts of a registry that have addresses, beside those of this process. */
export function waysToCourts(
  stack: Stack,
  asking: AskingSettings,
  registry: CourtRegistry,
  own: ReadonlyMap<string, Ask>,
): ReadonlyMap<string, Way> {
  const ways = new Map<string, Way>(own);
  for (const { code, endpoint } of registry.courts) {
    const urls = urlsOf(endpoint);
    if (urls.length === 0) continue;
    ways.set(
      code,
      urls.map((url) => wayTo(stack, asking, 'court', url)),
    );
  }
  return ways;
}
