import type { IncomingMessage, Server, ServerResponse } from 'node:http';
import type { Socket } from 'node:net';

/** The connections of a server that are not being answered on. */
export interface IdleConnections {
  /** Closes what is idle now and whatever becomes idle from now on. */
  close(): void;
}

/**
 * Follows them. Node's own `closeIdleConnections` leaves those open on which nothing was asked yet, and a pool of an asker
 * may keep such a one: the server would not end before that has gone.
 */
export function followIdle(server: Server): IdleConnections {
  const idle = new Set<Socket>();
  let closing = false;
  const rest = (socket: Socket): void => {
    if (closing) socket.destroySoon();
    else if (!socket.destroyed) idle.add(socket);
  };
  server.on('connection', (socket: Socket) => {
    rest(socket);
    socket.once('close', () => idle.delete(socket));
  });
  server.on('request', ({ socket }: IncomingMessage, response: ServerResponse) => {
    idle.delete(socket);
    response.once('close', () => rest(socket));
  });
  return {
    close() {
      closing = true;
      for (const socket of idle) socket.destroySoon();
    },
  };
}
