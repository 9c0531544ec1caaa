import { hasIdentityNumberApart } from '../../../common/identity-number.ts';
import { badInput } from '../caller-errors.ts';

/** A key that the caller made up for one change; throws BAD_USER_INPUT for one that cannot or must not be stored. */
export function parseIdempotencyKey(key: string): string {
  if (!/^[\x21-\x7e]{1,200}$/.test(key) || hasIdentityNumberApart(key)) {
    throw badInput(
      'idempotencyKey',
      'this cannot be a key',
      '1 to 200 visible ASCII characters without identity numbers and words of fifteen digits and more, such as a UUID',
    );
  }
  return key;
}
