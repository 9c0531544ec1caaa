import { createClient } from 'redis';
import { describe, expect, it } from 'vitest';

/** The Redis that tests use. */
export const redisUrl = process.env['NONET_TEST_REDIS_URL'] ?? 'redis://127.0.0.1:6379';

const fault = await faultOf(redisUrl);

/** Tests that need a Redis: without one they are skipped, saying why; in CI, where one can be had, they fail. */
export function describeOnRedis(name: string, tests: () => void): void {
  if (fault === null) describe(name, tests);
  else
    describe.skipIf(process.env['CI'] === undefined)(`${name} (${fault})`, () => {
      it('has a Redis to run on', () => expect.fail(fault));
    });
}

async function faultOf(url: string): Promise<string | null> {
  const client = createClient({ url, socket: { reconnectStrategy: false, connectTimeout: 3_000 } });
  client.on('error', () => undefined);
  try {
    await client.connect();
    client.destroy();
    return null;
  } catch {
    return 'no Redis answers: set NONET_TEST_REDIS_URL';
  }
}
