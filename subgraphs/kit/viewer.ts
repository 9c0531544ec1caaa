/** On whose behalf a program is asked: what the hub says and nobody else (`http-proof.ts`). */

import { ValueError } from '../../common/value-error.ts';
import { parseViewer, type Viewer } from '../../common/viewer.ts';
import { viewerHeader } from '../../common/wire.ts';

/** The viewer that stands beside a question; null where the hub asks of itself, and for what is no viewer. */
export function viewerOf({ [viewerHeader]: text }: Readonly<Record<string, string>>): Viewer | null {
  if (text === undefined) return null;
  try {
    return parseViewer(JSON.parse(text));
  } catch (error) {
    // Who cannot be recognised has no rights; a newer hub may know a role that is not known here.
    if (error instanceof ValueError || error instanceof SyntaxError) return null;
    throw error;
  }
}
