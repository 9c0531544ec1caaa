/**
 * How V8 collects what a hub's requests let go of ([0060](../../decisions/0060-what-requests-leave-is-collected-young.md)). A flag of V8 and not of
 * Node, which does not take it from `NODE_OPTIONS`: so it is set here, in whatever way a hub is started.
 */

import { setFlagsFromString } from 'node:v8';

/**
 * To be called before a hub is opened: V8 looks at it whenever it collects. Objects live as long as a request, and requests under load
 * outlive a young collection: V8 would take places in the code that make them for places that make lasting ones, and make the next of
 * each old from the start. There they and all that they hold stay until a full collection.
 */
export function collectForRequests(): void {
  setFlagsFromString('--no-allocation-site-pretenuring');
}
