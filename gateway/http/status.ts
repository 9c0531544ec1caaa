import { jsonReply } from './reply.ts';
import type { Reply } from './reply.ts';

/** A program behind the hub as the hub last saw it; UNKNOWN until it was asked for the first time. */
export interface UpstreamStatus {
  readonly code: string;
  readonly name: string;
  readonly status: 'UP' | 'DOWN' | 'UNKNOWN';
}

/** What `/ready` tells about the hub. */
export interface HubStatus {
  readonly schemaLoaded: boolean;
  readonly courts: readonly UpstreamStatus[];
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
 * is shown; it never makes the hub unready.
 */
export function readyReply({ schemaLoaded, ...upstreams }: HubStatus, isStopping: boolean): Reply {
  const status = isStopping ? 'stopping' : schemaLoaded ? 'ready' : 'starting';
  return jsonReply(status === 'ready' ? 200 : 503, { status, schemaLoaded, ...upstreams });
}
