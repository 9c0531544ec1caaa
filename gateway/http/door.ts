import type { IncomingMessage } from 'node:http';
import type { BaseContext } from '@apollo/server';
import type { Log } from '../../common/log.ts';
import { openExplorer } from '../explorer/explorer.ts';
import type { ExplorerOptions } from '../explorer/explorer.ts';
import { createMetrics, type Metrics } from '../operating/metrics.ts';
import type { RequestRecord } from '../operating/record.ts';
import { answerGraphql } from './graphql.ts';
import type { Entrance } from './graphql.ts';
import { defaultLimits } from './limits.ts';
import type { DoorLimits } from './limits.ts';
import type { Reply } from './reply.ts';
import { pathOf } from './routes.ts';
import type { Route } from './routes.ts';
import { openServer, type Door } from './server.ts';
import { healthReply, metricsReply, readyReply, stoppingRefusal } from './status.ts';
import type { HubStatus } from './status.ts';

export type { Door } from './server.ts';

const graphqlPath = '/graphql';

export interface DoorOptions<C extends BaseContext> {
  /**
   * Who answers one operation, and its context; the signal is aborted when its client goes away, the record is the request's
   * account. The server is started already; the door neither starts nor stops it.
   */
  readonly enter: (signal: AbortSignal, record: RequestRecord) => Entrance<C>;
  readonly status: () => HubStatus;
  /** Without it there is no page at `/`. */
  readonly explorer?: ExplorerOptions | undefined;
  readonly host: string;
  /** 0 takes any free port. */
  readonly port: number;
  readonly limits?: Partial<DoorLimits> | undefined;
  /** Given one line for each GraphQL request, and every fault of our own. */
  readonly log?: Log | undefined;
  /** Told instead of the log of every fault of our own that a client saw as "Internal error". */
  readonly report?: ((fault: Error) => void) | undefined;
  /** What `/metrics` tells: the metrics that the hub counts in. */
  readonly metrics?: Metrics | undefined;
}

/** Opens the public door of the hub, on loopback: `POST /graphql`; by GET `/health`, `/ready`, `/metrics`, the explorer at `/`. */
export async function openDoor<C extends BaseContext>(options: DoorOptions<C>): Promise<Door> {
  const limits = { ...defaultLimits, ...options.limits };
  const metrics = options.metrics ?? createMetrics();
  return openServer({
    routes: routesOf(options, limits, metrics),
    host: options.host,
    port: options.port,
    limits,
    isQuestion: (path) => path === graphqlPath,
    log: options.log,
    report: options.report,
    metrics,
    stoppingReply: (request) => stoppingReply(request, options.status),
  });
}

function routesOf<C extends BaseContext>(
  { enter, status, explorer }: DoorOptions<C>,
  limits: DoorLimits,
  metrics: Metrics,
): ReadonlyMap<string, Route> {
  const routes = new Map<string, Route>();
  routes.set(graphqlPath, {
    method: 'POST',
    usage: 'Send POST with Content-Type: application/json and a body such as {"query": "{ courts { code name } }"}.',
    answer: (request, signal, record) => answerGraphql(request, record, () => enter(signal, record), limits.bodyBytes),
  });
  routes.set('/health', { method: 'GET', usage: 'Send GET.', answer: healthReply });
  routes.set('/ready', { method: 'GET', usage: 'Send GET.', answer: () => readyReply(status(), false) });
  routes.set('/metrics', { method: 'GET', usage: 'Send GET.', answer: () => metricsReply(metrics) });
  if (explorer !== undefined) {
    const pages = openExplorer(explorer);
    for (const path of pages.paths) {
      routes.set(path, { method: 'GET', usage: 'Send GET.', answer: ({ headers }) => pages.answer(path, headers) });
    }
  }
  return routes;
}

function stoppingReply(request: IncomingMessage, status: () => HubStatus): Reply {
  if (pathOf(request) === '/ready') return readyReply(status(), true);
  return stoppingRefusal();
}
