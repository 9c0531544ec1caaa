import type { Server } from 'node:http';
import type { AddressInfo } from 'node:net';
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
  await new Promise<void>((resolve, reject) => {
    server.once('error', (fault: NodeJS.ErrnoException) => reject(explained(fault, host, port)));
    server.listen(port, host, resolve);
  });
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

function explained(fault: NodeJS.ErrnoException, host: string, port: number): Error {
  switch (fault.code) {
    case 'EADDRINUSE':
      return new Error(
        `Port ${port} on ${host} is already in use. Choose another one with PORT, for example PORT=${port < 65_535 ? port + 1 : 4000} npm start (0 takes any free port).`,
        { cause: fault },
      );
    case 'EACCES':
      return new Error(`Port ${port} on ${host} may not be bound by this user. Choose one above 1023 with PORT.`, {
        cause: fault,
      });
    default:
      return new Error(`The hub cannot listen on port ${port} of ${host} (${fault.code ?? fault.message}).`, {
        cause: fault,
      });
  }
}
