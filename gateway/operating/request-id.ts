/** One name for one request, in the client's hands, in the log and at every upstream. */

import { randomBytes } from 'node:crypto';

import { isUuid } from '../../common/private-text.ts';

/** The client's own name for the request when it is harmless (short, plain, no long number); else a new one. */
export function toRequestId(given: string | string[] | undefined): string {
  if (typeof given !== 'string' || !/^[A-Za-z0-9._-]{1,64}$/.test(given)) return newRequestId();
  return isUuid(given) || given.replace(/\D/g, '').length < 8 ? given : newRequestId();
}

/** Letters only: nothing in it can be taken for somebody's number. */
function newRequestId(): string {
  return randomBytes(10)
    .toString('hex')
    .replace(/\d/g, (digit) => 'ghijklmnop'[Number(digit)]!);
}
