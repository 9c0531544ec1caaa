/** Which endpoints a call may go to. One request sees one state of each: the first look stands for the whole request. */

import type { RequestRecord } from '../operating/record.ts';
import type { Endpoint } from './endpoint.ts';

/** The endpoints whose breakers let this request through, in their order. */
export function openEndpoints(endpoints: readonly Endpoint[], { passed }: RequestRecord): Endpoint[] {
  return endpoints.filter(({ id, breaker }) => {
    if (breaker === null) return true;
    const known = passed.get(id);
    if (known !== undefined) return known;
    const isOpen = breaker.isClosed();
    passed.set(id, isOpen);
    return isOpen;
  });
}
