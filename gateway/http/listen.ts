import type { Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { listenAt } from '../../common/listening.ts';
import { isLoopback } from './loopback.ts';

/**
 * Binds a server and returns its address as `http://host:port`. Until viewers exist only loopback may be bound; another
 * host, a port out of range and a port in use are refused with an error that says what to choose instead.
 */
export async function listenOnLoopback(server: Server, host: string, port: number): Promise<string> {
  if (!isLoopback(host)) throw notLoopback(host);
  if (!Number.isInteger(port) || port < 0 || port > 65_535) {
    throw new Error(`PORT is ${port}, which is no port. Give a whole number from 0 (any free port) to 65535.`);
  }
  await listenAt(server, host, port);
  const bound = server.address() as AddressInfo;
  // `localhost` means what the machine's hosts file says; trust the address, not the name.
  if (!isLoopback(bound.address)) {
    server.close();
    throw notLoopback(bound.address);
  }
  return `http://${host.includes(':') ? `[${host}]` : host}:${bound.port}`;
}

function notLoopback(host: string): Error {
  return new Error(
    `The hub does not know its viewers yet and therefore does not listen on ${host}. Choose 127.0.0.1, ::1 or localhost.`,
  );
}
