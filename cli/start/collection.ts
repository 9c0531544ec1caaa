/**
 * How V8 collects what whoever serves requests lets go of ([0060](../../decisions/0060-what-requests-leave-is-collected-young.md)). Flags of V8 and
 * not of Node, which takes neither of them from `NODE_OPTIONS`: so they are set here, for whatever way the program is started.
 */

import { setFlagsFromString } from 'node:v8';

/** To be called once, before anything is served: V8 reads them at each collection. */
export function collectForRequests(): void {
  // Objects live as long as a request, and requests under load outlive a young collection: V8 would take them for lasting, and make the
  // next ones old from the start, where they and all that they hold stay until a full collection.
  setFlagsFromString('--no-allocation-site-pretenuring');
  // Little grows old then, and the memory that a process keeps is what it grows by between two full collections.
  setFlagsFromString(`--heap-growing-percent=${growingPercent}`);
}

const growingPercent = 50;
