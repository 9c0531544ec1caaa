import type { Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { listenAt } from '../../common/listening.ts';
import { isLoopback } from './loopback.ts';

/** Where to listen, and whether it may be elsewhere than on loopback. */
export interface ListenOptions {
  readonly host: string;
  /** 0 takes any free one. */
  readonly port: number;
  readonly isOpen?: boolean;
}

/**
 * Binds a server and returns its address as `http://host:port`. Unless it is open, another host than loopback is refused;
 * so are a port out of range and a port in use, each with an error that says what to choose instead.
 */
export async function listen(server: Server, { host, port, isOpen = false }: ListenOptions): Promise<string> {
  if (host === '' || (!isOpen && !isLoopback(host))) throw notLoopback(host);
  if (!Number.isInteger(port) || port < 0 || port > 65_535) {
    throw new Error(`PORT is ${port}, which is no port. Give a whole number from 0 (any free port) to 65535.`);
  }
  await listenAt(server, host, port);
  const bound = server.address() as AddressInfo;
  // `localhost` means what the machine's hosts file says; trust the address, not the name.
  if (!isOpen && !isLoopback(bound.address)) {
    server.close();
    throw notLoopback(bound.address);
  }
  return `http://${host.includes(':') ? `[${host}]` : host}:${bound.port}`;
}

function notLoopback(host: string): Error {
  return new Error(
    `Nobody is known here whom an issuer has not named, and therefore this does not listen on ${host}. Choose 127.0.0.1, ::1 or localhost.`,
  );
}
