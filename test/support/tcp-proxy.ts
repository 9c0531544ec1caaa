/** Stands between a program and a server, so that a test can cut, silence or bend what goes through. */

import { once } from 'node:events';
import { connect, createServer, type AddressInfo, type Socket } from 'node:net';

export interface TcpProxy {
  /** The url with this proxy's host and port. */
  through(url: string): string;
  /** Refuses new connections and cuts the present ones, like a server that went down. */
  goDown(): Promise<void>;
  /** Takes connections again, on the same port. */
  comeUp(): Promise<void>;
  /** Swallows every byte in both directions from now on, like a network that went dark. */
  fallSilent(): void;
  [Symbol.asyncDispose](): Promise<void>;
}

/** Listens on a free port; `bend` sees each piece that the server sends, and gives one of the same length. */
export async function createTcpProxy(
  target: { readonly host: string; readonly port: number },
  bend: (bytes: Buffer) => Buffer = (bytes) => bytes,
): Promise<TcpProxy> {
  const sockets = new Set<Socket>();
  let silent = false;
  const keep = (socket: Socket): Socket => {
    sockets.add(socket);
    // A cut socket may say ECONNRESET; its close is what counts.
    return socket.on('error', () => socket.destroy()).on('close', () => sockets.delete(socket));
  };
  const server = createServer((client) => {
    const upstream = keep(connect(target));
    keep(client).on('close', () => upstream.destroy());
    upstream.on('close', () => client.destroy());
    client.on('data', (bytes) => silent || upstream.write(bytes));
    upstream.on('data', (bytes) => silent || client.write(bend(bytes)));
  });
  const listen = async (port: number): Promise<void> => {
    server.listen(port, '127.0.0.1');
    await once(server, 'listening');
  };
  const goDown = async (): Promise<void> => {
    if (!server.listening) return;
    const closed = once(server, 'close');
    server.close();
    for (const socket of sockets) socket.destroy();
    await closed;
  };
  await listen(0);
  const { port } = server.address() as AddressInfo;
  return {
    through(url) {
      const changed = new URL(url);
      changed.host = `127.0.0.1:${port}`;
      return changed.href;
    },
    goDown,
    comeUp: () => listen(port),
    fallSilent() {
      silent = true;
    },
    [Symbol.asyncDispose]: goDown,
  };
}
