import { sha256 } from '../../common/proof.ts';
import { openRedis } from './redis-connection.ts';
import { proofLifeMs, type SharedProofs } from './used-proofs.ts';

export interface RedisProofsOptions {
  /** `redis://user:password@host:port/number`, or `rediss:`. */
  readonly url: string;
  /** Told once when Redis is lost, and once when it is lost again. */
  readonly onFault: (fault: Error) => void;
  /** Told of each proof that was taken without having asked the others. */
  readonly onUnshared?: () => void;
}

export interface RedisProofs extends SharedProofs {
  stop(): Promise<void>;
}

/** A question does not wait longer for Redis; ours answers within one. */
const patienceMs = 250;
/** One that does not is left alone for so long: not every question has to wait for it. */
const restMs = 1_000;
/** A program that starts waits so long for its connection. */
const firstPatienceMs = 2_000;

/**
 * What programs of one name have taken, in Redis, one round trip each. Without Redis every program knows its own alone: that
 * a question may then be put again to a second one, within half a minute, is less than that nobody is answered at all.
 */
export async function openRedisProofs({ url, onFault, onUnshared }: RedisProofsOptions): Promise<RedisProofs> {
  let isLost = false;
  let isStopped = false;
  let restsUntilMs = 0;
  const lost = () => {
    if (!isLost && !isStopped)
      onFault(
        new Error(
          'Redis at REDIS_URL cannot be reached: a proof that another program of this name has taken is not known here',
        ),
      );
    isLost = true;
  };
  const connection = openRedis({ url, lost, found: () => (isLost = false) });
  const { client, connected } = connection;
  if ((await within(firstPatienceMs, connected)) === undefined) lost();
  const ask = async (key: string): Promise<boolean | null> => {
    if (!client.isReady || performance.now() < restsUntilMs) return null;
    const set = client.set(key, '1', { condition: 'NX', expiration: { type: 'PX', value: proofLifeMs } });
    const told = await within(patienceMs, set);
    if (told === undefined) {
      restsUntilMs = performance.now() + restMs;
      lost();
      return null;
    }
    isLost = false;
    return told === 'OK';
  };
  return {
    async take(audience, salt) {
      const isNew = await ask(keyOf(audience, salt));
      if (isNew === null) onUnshared?.();
      return isNew ?? true;
    },
    stop() {
      isStopped = true;
      return connection.stop();
    },
  };
}

/** A digest: what a proof calls itself is its signer's to choose. */
function keyOf(audience: string, salt: string): string {
  return `nonet:proof:${sha256(JSON.stringify([audience, salt]))}`;
}

/** What comes of it in time; undefined for a failure, and for nothing. */
async function within<Value>(ms: number, work: Promise<Value>): Promise<Value | undefined> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<undefined>((resolve) => {
    timer = setTimeout(resolve, ms, undefined);
  });
  try {
    return await Promise.race([work.catch(() => undefined), late]);
  } finally {
    clearTimeout(timer);
  }
}
