import { createHash } from 'node:crypto';

/**
 * What tells one thing from others for the subgraphs that sum up: the same for the same thing, whoever asks. A digest, so
 * that no number travels in full; a number could be guessed from it, so that it is shown to nobody (`@inaccessible`).
 */
export function assetKey(...parts: readonly (string | null)[]): string {
  return createHash('sha256')
    .update(JSON.stringify(['nonet asset 1', ...parts]))
    .digest('base64url');
}
