/**
 * How V8 collects what a hub's requests let go of ([0060](../../decisions/0060-what-requests-leave-is-collected-young.md),
 * [0062](../../decisions/0062-a-hub-at-rest-keeps-its-heap.md)). Flags of V8 and not of Node, which does not take them from `NODE_OPTIONS`: so
 * they are set here, in whatever way a hub is started.
 */

import { setFlagsFromString } from 'node:v8';

/** To be called before a hub is opened: V8 looks at these whenever it collects, and whenever it might. */
export function collectForRequests(): void {
  // Objects live as long as a request, and requests under load outlive a young collection: V8 would take places in the code that make
  // them for places that make lasting ones, and make the next of each old from the start. There they and all that they hold stay until
  // a full collection.
  setFlagsFromString('--no-allocation-site-pretenuring');
  // When nobody asks for some seconds V8 would make the heap as small as can be, and pay for it when requests come again: with one full
  // collection after another until the heap has grown to what it was.
  setFlagsFromString('--no-memory-reducer');
}
