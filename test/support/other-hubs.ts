/** Hubs below the hub of a test city, each over some of its courts and asked over HTTP. */

import { openServedCity, type OpenServedCity } from '../../cli/serve/open.ts';
import { parseCourtRegistry, type CourtRegistry } from '../../common/court-registry.ts';
import { silentLog } from '../../common/log.ts';
import { personKeyMark, type PersonKey } from '../../common/person-id.ts';
import type { Ask } from '../../common/wire.ts';
import { createRemote, type Remote } from '../../gateway/asking/remote.ts';
import { defaultAsking, type AskingOptions } from '../../gateway/asking/settings.ts';
import { createMetrics } from '../../gateway/operating/metrics.ts';

export interface OtherHubs {
  /** The registry of the hub above them. */
  readonly registry: CourtRegistry;
  /** How to ask each of them, by name. */
  readonly asks: ReadonlyMap<string, Ask>;
  readonly served: ReadonlyMap<string, OpenServedCity>;
  stop(): Promise<void>;
}

export interface OtherHubsOptions {
  readonly deadlines: NonNullable<AskingOptions['deadlines']>;
  /** Hubs by name, each with the courts behind it. */
  readonly behind?: Readonly<Record<string, readonly string[]>>;
  readonly personKey: PersonKey;
  readonly now: () => Date;
}

/** Opens them; without any, the registry is the same. */
export async function openOtherHubs(
  registry: CourtRegistry,
  courts: ReadonlyMap<string, Ask>,
  { behind = {}, personKey, now, deadlines }: OtherHubsOptions,
): Promise<OtherHubs> {
  const served = new Map<string, OpenServedCity>();
  const remotes = new Map<string, Remote>();
  const hubs = Object.entries(behind);
  if (hubs.length === 0) return { registry, asks: new Map(), served, stop: () => Promise.resolve() };
  for (const [name, codes] of hubs) {
    const own = await openServedCity({
      registry: parseCourtRegistry({ courts: registry.courts.filter(({ code }) => codes.includes(code)) }),
      courts: new Map([...courts].map(([code, ask]) => [code, { ask }])),
      addresses: new Map(['bank', 'vehicle', 'property', 'command'].map((one) => [one, `http://127.0.0.1:9/${one}`])),
      agencies: ['bank', 'vehicle', 'property'],
      asking: { breaker: null, retry: null, deadlines },
      as: name,
      personKeyMark: personKeyMark(personKey),
      now,
      host: '127.0.0.1',
      port: 0,
      operating: { log: silentLog, metrics: createMetrics() },
    });
    served.set(name, own);
    remotes.set(name, createRemote(own.addresses.get('contract')!, { ...defaultAsking.answers, connections: 8 }));
  }
  const hubOf = (code: string) => hubs.find(([, codes]) => codes.includes(code))?.[0];
  const parsed = parseCourtRegistry({
    courts: registry.courts.map((court) => {
      const hub = hubOf(court.code);
      return hub === undefined ? court : { ...court, endpoint: { hub } };
    }),
    hubs: hubs.map(([code]) => ({
      code,
      name: `${code}分中心`,
      englishName: `Hub ${code}`,
      contractVersion: '1.0',
      endpoint: { url: served.get(code)!.addresses.get('contract') },
    })),
  });
  return {
    registry: parsed,
    asks: new Map([...remotes].map(([name, { ask }]) => [name, ask])),
    served,
    async stop() {
      for (const remote of remotes.values()) await remote.stop();
      for (const own of served.values()) await own.stop();
    },
  };
}
