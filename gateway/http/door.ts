import { createServer } from 'node:http';
import type { IncomingMessage, ServerResponse } from 'node:http';
import type { ApolloServer, BaseContext } from '@apollo/server';
import { openExplorer } from '../explorer/explorer.ts';
import type { ExplorerOptions } from '../explorer/explorer.ts';
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
import { answerByPath } from './routes.ts';
import type { Route } from './routes.ts';
import { healthReply, readyReply } from './status.ts';
import type { HubStatus } from './status.ts';

export interface DoorOptions<C extends BaseContext> {
  /** Started already; the door neither starts nor stops it. */
  readonly apollo: ApolloServer<C>;
  /** The context of one operation; the signal is aborted when its client goes away. */
  readonly contextOf: (request: IncomingMessage, signal: AbortSignal) => Promise<C>;
  readonly status: () => HubStatus;
  /** Without it there is no page at `/`. */
  readonly explorer?: ExplorerOptions | undefined;
  readonly host: string;
  /** 0 takes any free port. */
  readonly port: number;
  readonly limits?: Partial<DoorLimits> | undefined;
  /** Told of every fault of our own that a client saw as "Internal error"; by default a warning of the process. */
  readonly report?: ((fault: Error) => void) | undefined;
}

export interface Door {
  /** `http://host:port`, without a slash at the end. */
  readonly url: string;
  /** Stops accepting, lets running requests finish for at most `graceMs` (10 s unless told), then closes every socket. */
  stop(graceMs?: number): Promise<void>;
}

/** Opens the public door of the hub: `POST /graphql`, `GET /health`, `GET /ready` and the explorer at `/`, on loopback. */
export async function openDoor<C extends BaseContext>(options: DoorOptions<C>): Promise<Door> {
  const limits = { ...defaultLimits, ...options.limits };
  const report = options.report ?? ((fault) => process.emitWarning(fault));
  const routes = routesOf(options, limits);
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
    const reply = await answerByPath(routes, request, controller.signal).catch((fault: unknown) =>
      replyToFault(fault, report),
    );
    if (reply === null) return;
    const close = stopping !== null && connections.isAlone(exchange);
    await send(request, response, reply, { close, lingerMs: limits.lingerMs });
  };
  server.on('request', (request: IncomingMessage, response: ServerResponse) => {
    const late = stopping !== null;
    const exchange = connections.begin(request, response);
    const done = late
      ? send(request, response, stoppingReply(), { close: true, lingerMs: limits.lingerMs })
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
        const timer = setTimeout(() => connections.closeAll('The hub stops.'), graceMs);
        server.close(() => {
          clearTimeout(timer);
          resolve();
        });
        connections.closeIdle();
      })),
  };
}

function routesOf<C extends BaseContext>(
  { apollo, contextOf, status, explorer }: DoorOptions<C>,
  limits: DoorLimits,
): ReadonlyMap<string, Route> {
  const routes = new Map<string, Route>();
  routes.set('/graphql', {
    method: 'POST',
    usage: 'Send POST with Content-Type: application/json and a body such as {"query": "{ courts { code name } }"}.',
    answer: (request, signal) => answerGraphql(apollo, request, () => contextOf(request, signal), limits.bodyBytes),
  });
  routes.set('/health', { method: 'GET', usage: 'Send GET.', answer: healthReply });
  routes.set('/ready', { method: 'GET', usage: 'Send GET.', answer: () => readyReply(status()) });
  if (explorer !== undefined) {
    const pages = openExplorer(explorer);
    for (const path of pages.paths) {
      routes.set(path, { method: 'GET', usage: 'Send GET.', answer: ({ headers }) => pages.answer(path, headers) });
    }
  }
  return routes;
}

function replyToFault(fault: unknown, report: (fault: Error) => void): Reply | null {
  if (fault instanceof ClientGone) return null;
  if (fault instanceof Refusal) return refusalReply(fault);
  report(toError(fault));
  return refusalReply(new Refusal('INTERNAL', 'Internal error'));
}

function stoppingReply(): Reply {
  return refusalReply(new Refusal('STOPPING', 'The hub stops. Ask again in a moment.', { 'retry-after': '5' }));
}

function toError(fault: unknown): Error {
  return fault instanceof Error ? fault : new Error('Something that is no error was thrown.', { cause: fault });
}
