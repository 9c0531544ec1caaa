/** The name of one request, the same in the client's hands, in logs and at every program that is asked on its behalf. */

/** The header that carries it, from program to program and back to the client. */
export const requestIdHeader = 'x-request-id';

/** A name as it may stand in a header and a log: 1 to 128 characters that mean nothing to either; else undefined. */
export function readRequestId(header: string | readonly string[] | undefined): string | undefined {
  return typeof header === 'string' && /^[\w.:-]{1,128}$/.test(header) ? header : undefined;
}
