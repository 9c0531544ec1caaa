import type { IncomingMessage } from 'node:http';
import type { BaseContext } from '@apollo/server';
import type { Log } from '../../common/log.ts';
import type { Viewer } from '../../common/viewer.ts';
import { openExplorer } from '../explorer/explorer.ts';
import type { ExplorerOptions } from '../explorer/explorer.ts';
import { createMetrics, type Metrics } from '../operating/metrics.ts';
import type { RequestRecord } from '../operating/record.ts';
import type { Authenticate } from '../viewer/authenticate.ts';
import type { TokenDesk } from '../viewer/token-desk.ts';
import { answerGraphql } from './graphql.ts';
import type { Entrance } from './graphql.ts';
import { defaultLimits } from './limits.ts';
import type { DoorLimits } from './limits.ts';
import type { Reply } from './reply.ts';
import { pathOf } from './routes.ts';
import type { Route } from './routes.ts';
import { openServer, type Door } from './server.ts';
import { answerToken } from './token.ts';
import { healthReply, metricsReply, readyReply, stoppingRefusal } from './status.ts';
import type { HubStatus } from './status.ts';

export type { Door } from './server.ts';

const graphqlPath = '/graphql';

export interface DoorOptions<C extends BaseContext> {
  /** Says who asks, before anything of the question is read. */
  readonly authenticate: Authenticate;
  /** Gives tokens to whoever asks on this machine; without it there are none to be had here. */
  readonly tokens?: TokenDesk | undefined;
  /**
   * Whether others than this machine may be let in: only where tokens come from an issuer that is none of ours. Then any
   * host may be bound, and any name may be called.
   */
  readonly isOpen?: boolean;
  /**
   * Who answers one operation, and its context; the signal is aborted when its client goes away, the record is the request's
   * account. The server is started already; the door neither starts nor stops it.
   */
  readonly enter: (signal: AbortSignal, record: RequestRecord, viewer: Viewer) => Entrance<C>;
  readonly status: () => HubStatus;
  /** Without it there is no page at `/`. */
  readonly explorer?: Omit<ExplorerOptions, 'offer'> | undefined;
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

/**
 * Opens the public door of the hub: `POST /graphql`, for viewers alone; by GET `/health`, `/ready`, `/metrics`, the explorer at
 * `/`. Throws where it would be open to others and give tokens away.
 */
export async function openDoor<C extends BaseContext>(options: DoorOptions<C>): Promise<Door> {
  if (options.isOpen === true && options.tokens !== undefined) {
    throw new Error('A door that is open to other machines must not give tokens away.');
  }
  const limits = { ...defaultLimits, ...options.limits };
  const metrics = options.metrics ?? createMetrics();
  return openServer({
    routes: routesOf(options, limits, metrics),
    host: options.host,
    port: options.port,
    isOpen: options.isOpen ?? false,
    limits,
    isQuestion: (path) => path === graphqlPath,
    log: options.log,
    report: options.report,
    metrics,
    stoppingReply: (request) => stoppingReply(request, options.status),
  });
}

function routesOf<C extends BaseContext>(
  { authenticate, tokens, enter, status, explorer }: DoorOptions<C>,
  limits: DoorLimits,
  metrics: Metrics,
): ReadonlyMap<string, Route> {
  const routes = new Map<string, Route>();
  routes.set(graphqlPath, {
    method: 'POST',
    usage: 'Send POST with Content-Type: application/json and a body such as {"query": "{ courts { code name } }"}.',
    async answer(request, signal, record) {
      const viewer = await authenticate(request.headersDistinct.authorization ?? []);
      return answerGraphql(request, record, () => enter(signal, record, viewer), limits.bodyBytes);
    },
  });
  routes.set('/health', { method: 'GET', usage: 'Send GET.', answer: healthReply });
  routes.set('/ready', { method: 'GET', usage: 'Send GET.', answer: () => readyReply(status(), false) });
  routes.set('/metrics', { method: 'GET', usage: 'Send GET.', answer: () => metricsReply(metrics) });
  if (tokens !== undefined) {
    const usage =
      'Send POST with Content-Type: application/json and a body such as {"role": "judge", "court": "苏0312"}.';
    routes.set('/token', { method: 'POST', usage, answer: (request) => answerToken(request, tokens) });
  }
  if (explorer !== undefined) {
    const pages = openExplorer({ ...explorer, offer: tokens?.offer ?? null });
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
