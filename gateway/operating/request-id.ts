/** One name for one request, in the client's hands, in the log and at every upstream. */

import { randomUUID } from 'node:crypto';

import { isUuid } from '../../common/private-text.ts';

/** The client's own name for the request when it is harmless (short, plain, no long number); else a new one. */
export function toRequestId(given: string | string[] | undefined): string {
  if (typeof given !== 'string' || !/^[A-Za-z0-9._-]{1,64}$/.test(given)) return newRequestId();
  return isUuid(given) || given.replace(/\D/g, '').length < 8 ? given : newRequestId();
}

/**
 * Letters only: nothing in it can be taken for somebody's number. Eighty bits of a UUID, since Node draws the randomness of
 * many at once.
 */
function newRequestId(): string {
  const uuid = randomUUID();
  let id = '';
  for (const digit of `${uuid.slice(0, 8)}${uuid.slice(24)}`) id += 'ghijklmnop'[Number(digit)] ?? digit;
  return id;
}
