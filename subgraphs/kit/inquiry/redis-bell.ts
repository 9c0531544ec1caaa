import { openRedis } from '../redis-connection.ts';
import type { Bell } from './bell.ts';

/** Where a bell hangs. */
export interface RedisBellOptions {
  /** `redis://user:password@host:port/number`, or `rediss:`. */
  readonly url: string;
  /** What the programs of one agency have in common and nobody else has. */
  readonly channel: string;
  /** Told once when Redis is lost, and once when it is lost again. */
  readonly onFault: (fault: Error) => void;
}

/**
 * A bell over Redis' publish and subscribe. Nothing waits for Redis: without it nobody hears a ring until it is back, and
 * readers find in the store what has come. Request numbers are all that goes there.
 */
export function createRedisBell({ url, channel, onFault }: RedisBellOptions): Bell {
  const listeners = new Set<(requestNumbers: readonly string[]) => void>();
  let isLost = false;
  let isStopped = false;
  const lost = () => {
    if (!isLost && !isStopped)
      onFault(new Error('Redis at REDIS_URL cannot be reached: readers look at the store instead'));
    isLost = true;
  };
  const open = () => openRedis({ url, lost, found: () => (isLost = false) });
  const speaker = open();
  const hearer = open();
  const hear = (message: string) => {
    const requestNumbers = readNumbers(message);
    for (const listener of listeners) listener(requestNumbers);
  };
  // The driver connects again by itself, and subscribes again.
  hearer.connected.then(() => hearer.client.subscribe(channel, hear)).catch(lost);

  return {
    ring(requestNumbers) {
      if (speaker.client.isReady) speaker.client.publish(channel, JSON.stringify(requestNumbers)).catch(lost);
    },
    onRing: (listener) => void listeners.add(listener),
    async stop() {
      isStopped = true;
      await Promise.all([speaker.stop(), hearer.stop()]);
    },
  };
}

function readNumbers(message: string): string[] {
  try {
    const numbers = JSON.parse(message) as unknown;
    return Array.isArray(numbers) ? numbers.filter((number) => typeof number === 'string') : [];
  } catch {
    return [];
  }
}
