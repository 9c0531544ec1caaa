/** How whatever answers at a port takes it, and what people are told when it cannot be had. */

import type { Server } from 'node:net';

/** Binds a server; rejects with an error that says what to choose instead. */
export function listenAt(server: Server, host: string, port: number): Promise<void> {
  return new Promise((resolve, reject) => {
    server.once('error', (fault: NodeJS.ErrnoException) => reject(explained(fault, host, port)));
    server.listen(port, host, resolve);
  });
}

function explained(fault: NodeJS.ErrnoException, host: string, port: number): Error {
  const place = `Port ${port} on ${host}`;
  switch (fault.code) {
    case 'EADDRINUSE':
      return new Error(`${place} is in use; choose another with --port (PORT), 0 for any free one.`, { cause: fault });
    case 'EACCES':
      return new Error(`${place} may not be bound by this user; choose one above 1023 with --port (PORT).`, {
        cause: fault,
      });
    default:
      return new Error(`${place} cannot be had (${fault.code ?? fault.message}).`, { cause: fault });
  }
}
