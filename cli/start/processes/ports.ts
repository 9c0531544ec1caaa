import { randomInt } from 'node:crypto';
import { createServer } from 'node:net';
import type { AddressInfo } from 'node:net';

import { listenAt } from '../../../common/listening.ts';
import { SettingsFault } from '../../command.ts';

export interface WantedPort {
  readonly title: string;
  readonly host: string;
  /** 0 for any free one. */
  readonly port: number;
}

/**
 * Finds out which ports can be had, before anything starts: in the order asked, each with its number. Throws SettingsFault
 * with every one that is in use.
 */
export async function findPorts(wanted: readonly WantedPort[]): Promise<number[]> {
  // All are held at once, so that none is found free twice.
  const held = await Promise.all(wanted.map((one) => (one.port === 0 ? holdAny(one) : hold(one))));
  await Promise.all(held.map((one) => ('release' in one ? one.release() : Promise.resolve())));
  const faults = held.flatMap((one) => ('fault' in one ? [one.fault] : []));
  if (faults.length > 0) throw new SettingsFault(faults);
  return held.map((one) => ('port' in one ? one.port : 0));
}

/** A port of the process itself that can be had now, as `listenAt` says; rejects with what to choose instead. */
export async function findPort(host: string, port: number): Promise<number> {
  const server = createServer();
  await listenAt(server, host, port);
  const found = (server.address() as AddressInfo).port;
  await new Promise((closed) => server.close(closed));
  return found;
}

/**
 * A port that is free, of those that systems give to nobody by themselves (Linux: below 32768; RFC 6335: below 49152), so that it is free
 * still when its part starts.
 */
async function holdAny(wanted: WantedPort): Promise<Held> {
  for (let tries = 0; tries < 20; tries += 1) {
    const held = await hold({ ...wanted, port: randomInt(20_000, 32_768) });
    if ('port' in held) return held;
  }
  return hold(wanted);
}

type Held = { readonly port: number; release(): Promise<void> } | { readonly fault: string };

function hold({ title, host, port }: WantedPort): Promise<Held> {
  const server = createServer();
  return new Promise((resolve) => {
    server.once('error', ({ code, message }: NodeJS.ErrnoException) =>
      resolve({
        fault:
          code === 'EADDRINUSE'
            ? `port ${port} for ${title} is in use; choose others with --port (the hub) and --first-port (its parts), 0 for any free ones.`
            : `port ${port} for ${title} cannot be had (${code ?? message}).`,
      }),
    );
    server.listen(port, host, () =>
      resolve({
        port: (server.address() as AddressInfo).port,
        release: () => new Promise<void>((released) => server.close(() => released())),
      }),
    );
  });
}
