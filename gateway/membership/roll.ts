/** The roll of members: follows the registry and what is found out about each court, and gives the membership of the moment. */

import type { CourtRegistry } from '../../common/court-registry.ts';
import type { Ask } from '../../common/wire.ts';
import { AskError, type FailureReason } from '../asking/reply.ts';
import { createUpstream, type Upstream, type Way } from '../asking/upstream.ts';
import { toMembers } from '../court-members.ts';
import { joined, type Membership, type Standing } from './membership.ts';

export interface Roll {
  /** The membership of this moment; it does not change any more. */
  now(): Membership;
  /** The registry has changed. A court or hub that is asked in the same `Way` as before keeps its breaker and its standing. */
  follow(registry: CourtRegistry, asks: ReadonlyMap<string, Way>): void;
  /** Something was found out about a court or a hub; says nothing about one that is not in the registry. */
  judge(code: string, standing: Standing): void;
  /** Courts whose breakers are open are sent no probes any more, those that stand apart among them. */
  stop(): void;
}

export interface RollOptions {
  readonly registry: CourtRegistry;
  /** How to ask each court and hub, by code; one without an entry cannot be asked. */
  readonly asks: ReadonlyMap<string, Way>;
  readonly toUpstream: (code: string, ask: Way) => Upstream;
  /** How a court stands about which nothing was found out yet. */
  readonly unjudged?: Standing;
}

/** Starts with the courts of this registry. */
export function createRoll({ toUpstream, unjudged = joined, ...given }: RollOptions): Roll {
  const standings = new Map<string, Standing>();
  let asked = new Map<string, { readonly ask: Way; readonly upstream: Upstream }>();
  let registry = given.registry;
  let members = toMembers(given.registry);
  let current: Membership | null = null;
  const follow: Roll['follow'] = (wanted, asks) => {
    const before = asked;
    asked = new Map(
      [...asks].map(([code, ask]) => {
        const known = before.get(code);
        if (known?.ask === ask) return [code, known];
        // Whatever was found out was found out somewhere else.
        if (known) standings.delete(code);
        return [code, { ask, upstream: toUpstream(code, ask) }];
      }),
    );
    for (const [code, { upstream }] of before) if (asked.get(code)?.upstream !== upstream) upstream.stop();
    registry = wanted;
    members = toMembers(registry);
    for (const code of standings.keys()) if (!members.speakers.includes(code)) standings.delete(code);
    current = null;
  };
  const standingOf = (code: string) => standings.get(code) ?? unjudged;
  const taken = (): Membership => {
    const own = new Map(members.speakers.map((code) => [code, standingOf(code)]));
    const upstreams = members.speakers.map((code) => {
      const standing = own.get(code)!;
      const upstream = standing.kind === 'joined' ? asked.get(code)?.upstream : undefined;
      return [code, upstream ? askedAt(upstream, standing) : createUnasked(code, standing)] as const;
    });
    return {
      members,
      registry,
      upstreams: new Map(upstreams),
      standingOf: (code) => own.get(members.speakerOf(code)) ?? unjudged,
    };
  };
  follow(given.registry, given.asks);
  return {
    now: () => (current ??= taken()),
    follow,
    judge(code, standing) {
      if (!members.speakers.includes(code)) return;
      standings.set(code, standing);
      current = null;
    },
    stop() {
      for (const { upstream } of asked.values()) upstream.stop();
    },
  };
}

/** The same upstream, breakers and all, for as long as these of its addresses are asked. */
function askedAt(upstream: Upstream, standing: Standing): Upstream {
  const asked = standing.kind === 'joined' ? standing.asked : undefined;
  if (!asked) return upstream;
  const endpoints = upstream.endpoints.map((place, index) => ({ ...place, isAskable: asked.includes(index) }));
  return { ...upstream, endpoints };
}

/** Stands in for a court that does not take part: whoever asks is told why at once. */
function createUnasked(code: string, standing: Standing): Upstream {
  const reason: FailureReason = standing.kind === 'quarantined' ? 'QUARANTINED' : 'DOWN';
  const ask: Ask = () => Promise.reject(new AskError(reason, 'It does not take part now.', { wasSent: false }));
  return createUpstream({ kind: 'court', id: code, ask });
}
