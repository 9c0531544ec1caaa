/** How the hub asks the courts and hubs of its registry: in this process, or at addresses; connections follow the registry. */

import { urlsOf, type CourtRegistry } from '../../common/court-registry.ts';
import type { Ask } from '../../common/wire.ts';
import { createRemote, type Remote } from '../../gateway/asking/remote.ts';
import type { Prove } from '../../gateway/asking/proving.ts';
import type { AskingSettings } from '../../gateway/asking/settings.ts';
import type { Way } from '../../gateway/asking/upstream.ts';
import type { Stoppable } from './stack.ts';

export interface CourtAsks extends Stoppable {
  /** How to ask each court of this registry: the same `Way` for the same addresses as before. One that does not run here has none. */
  of(registry: CourtRegistry): ReadonlyMap<string, Way>;
}

export interface CourtAsksOptions {
  /** Courts of this process, by code. */
  readonly local: ReadonlyMap<string, { readonly ask: Ask }>;
  readonly asking: AskingSettings;
  /** Signs what they are asked over HTTP. */
  readonly prove?: Prove | undefined;
  /** Requests under way may still ask who has left: so long connections to them stay, in milliseconds. */
  readonly keptMs: number;
}

/** Opens connections as registries name addresses, and closes those that are named no more. */
export function createCourtAsks({ local, asking, prove, keptMs }: CourtAsksOptions): CourtAsks {
  // By whom they are meant for, too: a signed question is one court's alone.
  const remotes = new Map<string, { readonly remote: Remote; closing: NodeJS.Timeout | null }>();
  // One connection more than questions at once: a breaker's probe waits for none of them.
  const options = { ...asking.answers, connections: asking.slots.court + 1 };
  let ways = new Map<string, { readonly asks: readonly Ask[]; readonly way: Way }>();
  const remoteAt = (code: string, url: string): Remote => {
    const known = remotes.get(nameOf(code, url));
    if (!known) {
      const remote = createRemote(url, { ...options, proof: prove && { audience: code, prove } });
      remotes.set(nameOf(code, url), { remote, closing: null });
      return remote;
    }
    if (known.closing) clearTimeout(known.closing);
    known.closing = null;
    return known.remote;
  };
  const close = (name: string): Promise<void> => {
    const { remote, closing } = remotes.get(name)!;
    if (closing) clearTimeout(closing);
    remotes.delete(name);
    return remote.stop();
  };
  const wayOf = (code: string, urls: readonly string[]): Way | undefined => {
    if (urls.length === 0) return local.get(code)?.ask;
    const asks = urls.map((url) => remoteAt(code, url).ask);
    const known = ways.get(code);
    return known && isSame(known.asks, asks) ? known.way : asks;
  };
  return {
    of({ speakers }) {
      const next: typeof ways = new Map();
      const named = new Set<string>();
      const given = new Map<string, Way>();
      for (const { code, endpoint } of speakers) {
        const urls = urlsOf(endpoint);
        const way = wayOf(code, urls);
        for (const url of urls) named.add(nameOf(code, url));
        if (!way) continue;
        given.set(code, way);
        if (typeof way !== 'function') next.set(code, { asks: way, way });
      }
      ways = next;
      for (const [name, known] of remotes) {
        if (!named.has(name)) known.closing ??= setTimeout(() => void close(name), keptMs).unref();
      }
      return given;
    },
    async stop() {
      await Promise.all([...remotes.keys()].map(close));
    },
  };
}

function nameOf(code: string, url: string): string {
  return `${code} ${url}`;
}

function isSame(left: readonly Ask[], right: readonly Ask[]): boolean {
  return left.length === right.length && left.every((ask, index) => ask === right[index]);
}
