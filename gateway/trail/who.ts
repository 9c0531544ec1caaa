/** Who asks, as the trail has it. The one place where a request's viewer is read for it. */

import type { Viewer } from '../../common/viewer.ts';

/** An officer; what nobody knows is null. */
export interface Who {
  readonly subject: string;
  readonly role: string;
  readonly court: string | null;
  readonly dutyCertificate: string | null;
}

/** Who asks; null where nobody knows. */
export function whoOf({ viewer }: { readonly viewer: Viewer | null }): Who | null {
  if (viewer === null) return null;
  const { subject, role, court, dutyCertificate } = viewer;
  return { subject, role, court, dutyCertificate };
}

/** Whether somebody may read the trail: auditors, and nobody whom nobody knows. */
export function mayRead(who: Who | null): boolean {
  return who?.role === 'auditor';
}
