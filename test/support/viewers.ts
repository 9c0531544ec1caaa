/** Somebody who asks, wherever a test is about something else. */

import { toLocalViewers } from '../../cli/start/viewers.ts';
import { toClaims, type Viewer } from '../../common/viewer.ts';
import { viewerHeader } from '../../common/wire.ts';
import type { Authenticate } from '../../gateway/viewer/authenticate.ts';
import { makeLocalKey } from '../../gateway/viewer/local-issuer.ts';

/** The command centre of the intermediate court. */
export const someViewer: Viewer = {
  subject: 'local-command-centre-苏03',
  role: 'command-centre',
  court: '苏03',
  taskForces: [],
  workId: '苏03-G001',
  dutyCertificate: '苏03-执001',
};

/** As the hub tells a program on whose behalf it asks. */
export function viewerHeaders(viewer = someViewer): Record<string, string> {
  return { [viewerHeader]: JSON.stringify(toClaims(viewer)) };
}

/** Lets everybody in, as that viewer: for tests of what a door does after that. */
export const anybody: Authenticate = () => Promise.resolve(someViewer);

/** An issuer of this process, for hubs that tests open. */
export const localViewers = toLocalViewers(makeLocalKey());

/** A header with a token of a local issuer for that viewer, or another. */
export async function authorizationOf(
  { issuer } = localViewers,
  viewer = someViewer,
): Promise<{ authorization: string }> {
  return { authorization: `Bearer ${await issuer.issue(viewer, 3_600)}` };
}

/** A header with a token of a hub that gives them itself, which runs at this address: whoever asks without saying whom. */
export async function authorizationAt(url: string): Promise<{ authorization: string }> {
  const response = await fetch(new URL('/token', url), {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: '{}',
  });
  return { authorization: `Bearer ${((await response.json()) as { token: string }).token}` };
}
