/** The city's logical subgraphs, ready to be served to another engine. */

import { splitContract } from '../../schema/horizontal/split.ts';
import type { City, CitySubgraph } from '../city.ts';
import { registrySdl } from '../registry/schema.ts';
import { readFieldsOf } from './contract.ts';
import { createServedSubgraph, sourceOfAll, type ServedSubgraph } from './subgraph.ts';

/** `court`, `city`, `reach` and `registry` by name, each answered as inside the hub; throws when the contract cannot be split. */
export function createServedCity({ contract, sources }: City): ReadonlyMap<CitySubgraph, ServedSubgraph> {
  const logical = splitContract(contract);
  const fieldsOf = (typeName: string) => readFieldsOf(contract, typeName);
  return new Map([
    ['court', createServedSubgraph({ sdl: logical.court, sources: [sourceOfAll(sources.court)], fieldsOf })],
    ['city', createServedSubgraph({ sdl: logical.city, sources: [sourceOfAll(sources.city)], fieldsOf })],
    ['reach', createServedSubgraph({ sdl: logical.reach, sources: [sourceOfAll(sources.reach)], fieldsOf })],
    ['registry', createServedSubgraph({ sdl: registrySdl, sources: [sourceOfAll(sources.registry)] })],
  ]);
}
