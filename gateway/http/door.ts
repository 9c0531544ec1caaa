import { createServer } from 'node:http';
import type { IncomingMessage, ServerResponse } from 'node:http';
import type { ApolloServer, BaseContext } from '@apollo/server';
import { silentLog, type Log } from '../../common/log.ts';
import { openExplorer } from '../explorer/explorer.ts';
import type { ExplorerOptions } from '../explorer/explorer.ts';
import { createMetrics, type Metrics } from '../operating/metrics.ts';
import { openRecord, type RequestRecord } from '../operating/record.ts';
import { requestIdHeader } from '../../common/request-id.ts';
import { watchRequests } from '../operating/request-watch.ts';
import { ClientGone } from './body.ts';
import { followConnections } from './connections.ts';
import type { Exchange } from './connections.ts';
import { answerGraphql } from './graphql.ts';
import { defaultLimits } from './limits.ts';
import type { DoorLimits } from './limits.ts';
import { listenOnLoopback } from './listen.ts';
import { Refusal, refusalReply } from './refusals.ts';
import type { Reply } from './reply.ts';
import { send } from './reply.ts';
import { answerByPath, pathOf } from './routes.ts';
import type { Route } from './routes.ts';
import { healthReply, readyReply } from './status.ts';
import type { HubStatus } from './status.ts';

const graphqlPath = '/graphql';

export interface DoorOptions<C extends BaseContext> {
  /** Started already; the door neither starts nor stops it. */
  readonly apollo: ApolloServer<C>;
  /** The context of one operation; the signal is aborted when its client goes away, the record is the request's account. */
  readonly contextOf: (request: IncomingMessage, signal: AbortSignal, record: RequestRecord) => Promise<C>;
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

export interface Door {
  /** `http://host:port`, without a slash at the end. */
  readonly url: string;
  /**
   * Answers 503 to whatever is new, lets running requests finish for at most `graceMs` (10 s unless told), then closes
   * every socket.
   */
  stop(graceMs?: number): Promise<void>;
}

/** Opens the public door of the hub, on loopback: `POST /graphql`; by GET `/health`, `/ready`, `/metrics`, the explorer at `/`. */
export async function openDoor<C extends BaseContext>(options: DoorOptions<C>): Promise<Door> {
  const limits = { ...defaultLimits, ...options.limits };
  const metrics = options.metrics ?? createMetrics();
  const watch = watchRequests(options.log ?? silentLog, metrics);
  const report = reporterOf(options, metrics);
  const routes = routesOf(options, limits, metrics);
  const server = createServer({
    maxHeaderSize: limits.headerBytes,
    requestTimeout: limits.requestMs,
    headersTimeout: limits.requestMs,
    keepAliveTimeout: limits.keepAliveMs,
    // How often Node looks for late requests; its own 30 s would let them stand four times as long as we promise.
    connectionsCheckingInterval: Math.min(1_000, limits.requestMs / 4),
  });
  server.maxConnections = limits.connections;
  server.setTimeout(limits.silenceMs);
  const connections = followConnections(server);
  let stopping: Promise<void> | null = null;

  const serve = async (exchange: Exchange): Promise<void> => {
    const { request, response, controller } = exchange;
    const record = openRecord(request.headers);
    const answered = pathOf(request) === graphqlPath ? watch.began(record) : null;
    let refusal: string | null = null;
    const reply = await answerByPath(routes, request, controller.signal, record).catch((fault: unknown) => {
      if (fault instanceof ClientGone) return null;
      const told = fault instanceof Refusal ? fault : new Refusal('INTERNAL', 'Internal error');
      if (told !== fault) report(toError(fault), record.id);
      refusal = told.code;
      return refusalReply(told);
    });
    if (reply !== null) {
      const close = stopping !== null && connections.isAlone(exchange);
      await send(request, response, named(reply, record), { close, lingerMs: limits.lingerMs });
    }
    answered?.({ status: reply === null || controller.signal.aborted ? null : reply.status, refusal });
  };
  server.on('request', (request: IncomingMessage, response: ServerResponse) => {
    const late = stopping !== null;
    const exchange = connections.begin(request, response);
    const done = late
      ? send(request, response, stoppingReply(request, options.status), { close: true, lingerMs: limits.lingerMs })
      : serve(exchange);
    done.catch((fault: unknown) => {
      report(toError(fault));
      response.destroy();
    });
  });

  const url = await listenOnLoopback(server, options.host, options.port);
  return {
    url,
    stop: (graceMs = limits.graceMs) =>
      (stopping ??= new Promise((resolve) => {
        const close = (): void => {
          server.close(() => resolve());
          connections.closeIdle();
        };
        const timer = setTimeout(() => {
          connections.closeAll('The hub stops.');
          close();
        }, graceMs);
        connections.closeIdle();
        // Until then whoever looks is told that the hub stops, rather than that nobody is there.
        void connections.drained().then(() => {
          clearTimeout(timer);
          close();
        });
      })),
  };
}

function routesOf<C extends BaseContext>(
  { apollo, contextOf, status, explorer }: DoorOptions<C>,
  limits: DoorLimits,
  metrics: Metrics,
): ReadonlyMap<string, Route> {
  const routes = new Map<string, Route>();
  routes.set(graphqlPath, {
    method: 'POST',
    usage: 'Send POST with Content-Type: application/json and a body such as {"query": "{ courts { code name } }"}.',
    answer: (request, signal, record) =>
      answerGraphql(apollo, request, record, () => contextOf(request, signal, record), limits.bodyBytes),
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

/** Every answer tells the request's id, so that a client and the log can speak of the same. */
function named(reply: Reply, { id }: RequestRecord): Reply {
  return { ...reply, headers: { ...reply.headers, [requestIdHeader]: id } };
}

/** Faults are counted, and told to whoever listens: without a log they are warnings of the process. */
function reporterOf<C extends BaseContext>({ report, log }: DoorOptions<C>, metrics: Metrics) {
  return (fault: Error, request?: string): void => {
    metrics.faulted();
    if (report) report(fault);
    else if (log) log.error('a fault at the door', fault, { request });
    else process.emitWarning(fault);
  };
}

async function metricsReply(metrics: Metrics): Promise<Reply> {
  return { status: 200, headers: { 'content-type': metrics.contentType }, body: Buffer.from(await metrics.text()) };
}

function stoppingReply(request: IncomingMessage, status: () => HubStatus): Reply {
  if (pathOf(request) === '/ready') return readyReply(status(), true);
  return refusalReply(new Refusal('STOPPING', 'The hub stops. Ask again in a moment.', { 'retry-after': '5' }));
}

function toError(fault: unknown): Error {
  return fault instanceof Error ? fault : new Error('Something that is no error was thrown.', { cause: fault });
}
