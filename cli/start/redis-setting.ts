/** Where programs of one name tell one another things beside their common rows. */

import type { Settings } from '../settings.ts';

/** The address of Redis, or undefined without one. The text itself is never repeated: a password may stand in it. */
export function readRedisUrl(settings: Settings): string | undefined {
  const url = settings.text({ variable: 'REDIS_URL' });
  if (url !== undefined && !/^rediss?:$/.test(protocolOf(url)))
    settings.fault(
      'REDIS_URL is no address; it has to be redis://host:port or rediss, with user and password where Redis wants them.',
    );
  return url;
}

function protocolOf(address: string): string {
  return URL.canParse(address) ? new URL(address).protocol : '';
}
