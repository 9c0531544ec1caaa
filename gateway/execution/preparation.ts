/** What is done to a document before it is planned: rewritings that do not change what it means, in their order. */

import { createShield, type Rewriting } from './aliases.ts';
import { withoutLiteralConditions } from './literal-conditions.ts';
import { steadied } from './steady.ts';

/**
 * For documents that are planned over this supergraph. Response keys that a rewriting changes follow `ownKeyOf`: the pass over the answer
 * reads them and gives the client its own, so that nothing has to be undone.
 */
export function createPreparation(supergraphSdl: string): Rewriting {
  const rewritings: readonly Rewriting[] = [withoutLiteralConditions, steadied, createShield(supergraphSdl)];
  return (document) => rewritings.reduce((own, rewriting) => rewriting(own), document);
}
