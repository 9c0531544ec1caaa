/**
 * A process with one hub in it. Its parent tells it which (`HubAsked`) and then how long to drive it (`DriveAsked`), and is told what came
 * of that (`Driven`). Nothing of the gateway may be loaded here before the hook is there: drive.ts is, behind it.
 */

import { once } from 'node:events';
import { register } from 'node:module';

import type { Instead } from './instead.ts';
import type { DriveAsked, Driven, HubAsked, TrailKind } from './kinds.ts';

const [first] = (await once(process, 'message')) as [HubAsked];
takeInstead(first.kind);
const { openDrivenHub } = await import('./drive.ts');
let hub = await openDrivenHub(first);
process.on('message', (asked: HubAsked | DriveAsked) => void follow(asked).then((told) => process.send!(told)));
process.once('disconnect', () => void hub.stop().then(() => process.exit()));
process.send!('open');

async function follow(asked: HubAsked | DriveAsked): Promise<Driven | 'open'> {
  if ('ms' in asked) return hub.drive(asked.ms);
  await hub.stop();
  hub = await openDrivenHub(asked);
  return 'open';
}

/** From now on whoever imports the notes of a request gets the module that notes nothing, where the hub is to have no trail. */
function takeInstead(kind: TrailKind): void {
  const urlOf = (file: string) => new URL(file, import.meta.url).href;
  if (kind !== 'off' && kind !== 'deferred') return;
  const data: Instead = {
    of: urlOf('../../gateway/trail/request-trail.ts'),
    take: urlOf(kind === 'off' ? 'no-trail.ts' : 'deferred.ts'),
  };
  register(urlOf('instead.ts'), { data });
}
