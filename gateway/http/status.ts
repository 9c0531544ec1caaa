import type { Metrics } from '../operating/metrics.ts';
import { Refusal, refusalReply } from './refusals.ts';
import { jsonReply } from './reply.ts';
import type { Reply } from './reply.ts';

/** A program behind the hub as the hub last saw it; UNKNOWN until it was asked for the first time. */
export interface UpstreamStatus {
  readonly code: string;
  readonly name: string;
  readonly status: 'UP' | 'DOWN' | 'UNKNOWN';
}

/** A court also has a standing: whether its program takes part, and if not, or not in all, why. */
export interface CourtStatus extends UpstreamStatus {
  readonly standing: 'joined' | 'unread' | 'quarantined';
  readonly faults: readonly string[];
  readonly lacks: readonly string[];
  /** How far its clock lies before the hub's; null or absent where nobody knows. */
  readonly clockSkewMs?: number | null;
  /** The hub that it stands behind; of its own health no more is known then than that this hub is down. */
  readonly hub?: string;
}

/** What `/ready` tells about the hub. */
export interface HubStatus {
  readonly schemaLoaded: boolean;
  /** Which of several hubs at one port tells it; absent where there is one. */
  readonly worker?: number;
  readonly courts: readonly CourtStatus[];
  /** Other hubs, which are asked for the courts behind them. */
  readonly hubs: readonly CourtStatus[];
  readonly agencies: readonly UpstreamStatus[];
  /** The hub's own house: the command centre. */
  readonly subgraphs: readonly UpstreamStatus[];
}

/** Liveness: the process answers. */
export function healthReply(): Reply {
  return jsonReply(200, { status: 'ok' });
}

/**
 * Readiness: 200 once the schema is loaded, 503 before and from the moment the door is asked to stop. A court that is down
 * or stands apart is shown; it never makes the hub unready.
 */
export function readyReply({ schemaLoaded, ...upstreams }: HubStatus, isStopping: boolean): Reply {
  const status = isStopping ? 'stopping' : schemaLoaded ? 'ready' : 'starting';
  return jsonReply(status === 'ready' ? 200 : 503, { status, schemaLoaded, ...upstreams });
}

/** Prometheus' text of the metrics. */
export async function metricsReply(metrics: Metrics): Promise<Reply> {
  return { status: 200, headers: { 'content-type': metrics.contentType }, body: Buffer.from(await metrics.text()) };
}

/** What a question is answered with that comes while the door is being closed. */
export function stoppingRefusal(): Reply {
  return refusalReply(new Refusal('STOPPING', 'The hub stops. Ask again in a moment.', { 'retry-after': '5' }));
}
