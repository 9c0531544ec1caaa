/** A server that answers by path, within limits, and stops without losing what it began. */

import { createServer } from 'node:http';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { silentLog, type Log } from '../../common/log.ts';
import { requestIdHeader } from '../../common/request-id.ts';
import type { Metrics } from '../operating/metrics.ts';
import { openRecord, type RequestRecord } from '../operating/record.ts';
import { watchRequests } from '../operating/request-watch.ts';
import { ClientGone } from './body.ts';
import { followConnections } from './connections.ts';
import type { Exchange } from './connections.ts';
import type { DoorLimits } from './limits.ts';
import { listen } from './listen.ts';
import { Refusal, refusalReply } from './refusals.ts';
import type { Reply } from './reply.ts';
import { send } from './reply.ts';
import { answerByPath, pathOf } from './routes.ts';
import type { Route } from './routes.ts';

export interface ServerOptions {
  readonly routes: ReadonlyMap<string, Route>;
  readonly host: string;
  /** Whether it may be bound to other addresses than loopback, and be called by other names. */
  readonly isOpen?: boolean;
  /** 0 takes any free port. */
  readonly port: number;
  readonly limits: DoorLimits;
  /** Whether requests of this path are questions: each is a line of the log and a count in the metrics. */
  readonly isQuestion: (path: string) => boolean;
  /** Given one line for each question, and every fault of our own. */
  readonly log?: Log | undefined;
  /** Told instead of the log of every fault of our own that a client saw as "Internal error". */
  readonly report?: ((fault: Error) => void) | undefined;
  readonly metrics: Metrics;
  /** What requests are answered with that come while it stops. */
  readonly stoppingReply: (request: IncomingMessage) => Reply;
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

/** Opens the server; resolves when it listens. */
export async function openServer(options: ServerOptions): Promise<Door> {
  const { limits } = options;
  const watch = watchRequests(options.log ?? silentLog, options.metrics);
  const report = reporterOf(options);
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
    const answered = options.isQuestion(pathOf(request)) ? watch.began(record) : null;
    const { reply, refusal } = await answerByPath(options, request, controller.signal, record).then(
      (answer): Outcome => ({ reply: answer, refusal: null }),
      (fault: unknown): Outcome => {
        if (fault instanceof ClientGone) return { reply: null, refusal: null };
        const told = fault instanceof Refusal ? fault : new Refusal('INTERNAL', 'Internal error');
        if (told !== fault) report(toError(fault), record.id);
        return { reply: refusalReply(told), refusal: told };
      },
    );
    if (reply !== null) {
      const close = stopping !== null && connections.isAlone(exchange);
      await send(request, response, named(reply, record), { close, lingerMs: limits.lingerMs });
    }
    const status = reply === null || controller.signal.aborted ? null : reply.status;
    answered?.({ status, refusal: refusal?.code ?? null, reason: refusal?.reason ?? null });
  };
  server.on('request', (request: IncomingMessage, response: ServerResponse) => {
    const late = stopping !== null;
    const exchange = connections.begin(request, response);
    const done = late
      ? send(request, response, options.stoppingReply(request), { close: true, lingerMs: limits.lingerMs })
      : serve(exchange);
    done.catch((fault: unknown) => {
      report(toError(fault));
      response.destroy();
    });
  });

  const url = await listen(server, options);
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

/** What a request came to; no reply where nobody is left to be told. */
interface Outcome {
  readonly reply: Reply | null;
  readonly refusal: Refusal | null;
}

/** Every answer tells the request's id, so that a client and the log can speak of the same. */
function named(reply: Reply, { id }: RequestRecord): Reply {
  return { ...reply, headers: { ...reply.headers, [requestIdHeader]: id } };
}

/** Faults are counted, and told to whoever listens: without a log they are warnings of the process. */
function reporterOf({ report, log, metrics }: ServerOptions) {
  return (fault: Error, request?: string): void => {
    metrics.faulted();
    if (report) report(fault);
    else if (log) log.error('a fault at the door', fault, { request });
    else process.emitWarning(fault);
  };
}

function toError(fault: unknown): Error {
  return fault instanceof Error ? fault : new Error('Something that is no error was thrown.', { cause: fault });
}
