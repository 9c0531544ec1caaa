import { once } from 'node:events';
import type { IncomingMessage, Server, ServerResponse } from 'node:http';
import type { Socket } from 'node:net';
import { headersOf } from './reply.ts';
import { Refusal, refusalReply, refusals } from './refusals.ts';

/** One request that is being answered. Its signal is aborted when the client goes away or the door's grace is over. */
export interface Exchange {
  readonly request: IncomingMessage;
  readonly response: ServerResponse;
  readonly controller: AbortController;
}

/** The sockets of a server and what runs on each, so that a stop can tell the idle from the busy. */
export interface Connections {
  begin(request: IncomingMessage, response: ServerResponse): Exchange;
  /** Whether nothing else is being answered on the exchange's socket (a client may send several requests at once). */
  isAlone(exchange: Exchange): boolean;
  /** Closes what is idle now and whatever becomes idle from now on. */
  closeIdle(): void;
  /** Resolves when every request that runs now has been answered. */
  drained(): Promise<void>;
  /** Aborts every running request and closes every socket. */
  closeAll(reason: string): void;
}

/** Follows the connections of a server, and answers on the bare socket what is broken below HTTP. */
export function followConnections(server: Server): Connections {
  const running = new Map<Socket, Set<Exchange>>();
  let closing = false;

  server.on('connection', (socket: Socket) => {
    running.set(socket, new Set());
    socket.once('close', () => running.delete(socket));
  });
  server.on('clientError', (fault: NodeJS.ErrnoException, socket: Socket) => {
    const exchanges = [...(running.get(socket) ?? [])];
    // A request that is whole waits for its own answer here; a refusal would be mistaken for that.
    const mistakable = exchanges.some(({ request, response }) => request.complete || response.headersSent);
    if (socket.writable && fault.code !== 'ECONNRESET' && !mistakable) socket.write(bareRefusal(fault.code));
    socket.destroySoon();
  });

  return {
    begin(request, response) {
      const { socket } = request;
      const exchange = { request, response, controller: new AbortController() };
      const exchanges = running.get(socket) ?? new Set();
      exchanges.add(exchange);
      response.once('close', () => {
        exchanges.delete(exchange);
        if (!response.writableFinished) exchange.controller.abort(new Error('The client went away.'));
        if (closing && exchanges.size === 0) socket.destroySoon();
      });
      return exchange;
    },
    isAlone: ({ request }) => (running.get(request.socket)?.size ?? 0) <= 1,
    closeIdle() {
      closing = true;
      for (const [socket, exchanges] of running) if (exchanges.size === 0) socket.destroySoon();
    },
    async drained() {
      for (const { response } of [...running.values()].flatMap((exchanges) => [...exchanges])) {
        if (!response.closed) await once(response, 'close');
      }
    },
    closeAll(reason) {
      for (const exchanges of running.values()) {
        for (const { controller } of exchanges) controller.abort(new Error(reason));
      }
      server.closeAllConnections();
    },
  };
}

function bareRefusal(faultCode: string | undefined): string {
  const refusal = refusalOf(faultCode);
  const reply = refusalReply(refusal);
  const headers = { ...headersOf(reply), 'content-length': String(reply.body.length), connection: 'close' };
  const lines = Object.entries(headers).map(([name, value]) => `${name}: ${value}`);
  return [`HTTP/1.1 ${refusals[refusal.code]} ${refusal.code}`, ...lines, '', reply.body.toString()].join('\r\n');
}

function refusalOf(faultCode: string | undefined): Refusal {
  switch (faultCode) {
    case 'ERR_HTTP_REQUEST_TIMEOUT':
      return new Refusal('REQUEST_TIMEOUT', 'The request did not arrive whole in time. Send it again, in one go.');
    case 'HPE_HEADER_OVERFLOW':
      return new Refusal('HEADERS_TOO_LARGE', 'The headers are too large. Send fewer or shorter ones.');
    default:
      return new Refusal('MALFORMED_REQUEST', 'This is not a well-formed HTTP/1.1 request.');
  }
}
