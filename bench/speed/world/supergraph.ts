/** The supergraph of courts and agencies that gateways get who cannot merge courts. */

import { composeServices } from '@apollo/composition';
import { parse } from 'graphql';

/** A subgraph with its address. */
export interface PlainSubgraph {
  readonly name: string;
  readonly url: string;
  readonly sdl: string;
}

/** What stock composition makes of them; throws with its first complaint. */
export function composePlain(subgraphs: readonly PlainSubgraph[]): string {
  const { errors, supergraphSdl } = composeServices(
    subgraphs.map(({ name, url, sdl }) => ({ name, url, typeDefs: parse(sdl) })),
  );
  if (errors) throw new Error(`The courts do not compose: ${errors[0]!.message.slice(0, 500)}`);
  return supergraphSdl;
}
