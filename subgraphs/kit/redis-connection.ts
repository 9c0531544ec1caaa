import { createClient } from 'redis';

/** One connection to Redis. */
export type RedisConnection = ReturnType<typeof openRedis>;

export interface RedisConnectionOptions {
  /** `redis://user:password@host:port/number`, or `rediss:`. */
  readonly url: string;
  readonly lost: () => void;
  /** It can be asked, for the first time or again. */
  readonly found?: () => void;
}

/** Opens a connection that opens itself again when it is lost; while it is, what is asked of it fails at once. */
export function openRedis({ url, lost, found }: RedisConnectionOptions) {
  const client = createClient({ url, disableOfflineQueue: true });
  // What the driver says may hold the address with its password.
  client.on('error', () => lost());
  client.on('ready', () => found?.());
  const connected = client.connect();
  connected.catch(lost);
  return {
    client,
    /** Resolves when it can be asked for the first time. */
    connected,
    stop(): Promise<void> {
      try {
        client.destroy();
      } catch {
        // It was never open.
      }
      return Promise.resolve();
    },
  };
}
