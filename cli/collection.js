// How V8 collects what a hub's requests let go of (decisions/0060-what-requests-leave-is-collected-young.md and
// decisions/0062-a-hub-at-rest-keeps-its-heap.md). Plain JavaScript, since it has to be said before V8 collects for the first time, and to
// read TypeScript takes that long. Flags of V8 and not of Node, which does not take them from `NODE_OPTIONS`: so they are set here,
// for whatever `nonet start` and `nonet serve` start: a court's program is such a server as well.
import { setFlagsFromString } from 'node:v8';

/** To be called first of all. */
export function collectForRequests() {
  // Objects live as long as a request, and requests under load outlive a young collection: V8 would take places in the code that make
  // them for places that make lasting ones, and make the next of each old from the start. There they and all that they hold stay until
  // a full collection.
  setFlagsFromString('--no-allocation-site-pretenuring');
  // When nobody asks for some seconds, and after a hundred seconds in any case, V8 would make the heap as small as can be: it lets go of
  // the shapes of objects, and with them of all compiled code that knows them, and pays for it when requests come again. Whether it does
  // is settled before the first line runs (`--memory-reducer`), and how long it waits at first is not: here, 23 days.
  setFlagsFromString('--gc-memory-reducer-start-delay-ms=2000000000');
}
