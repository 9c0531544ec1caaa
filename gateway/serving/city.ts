/** The city's logical subgraphs, ready to be served to another engine. */

import type { GraphQLObjectType } from 'graphql';

import type { Contract } from '../../schema/horizontal/contract.ts';
import { splitContract } from '../../schema/horizontal/split.ts';
import type { City, CitySubgraph } from '../city.ts';
import { registrySdl } from '../registry/schema.ts';
import { createServedSubgraph, type ServedSubgraph } from './subgraph.ts';

/** `court`, `city`, `reach` and `registry` by name, each answered as inside the hub; throws when the contract cannot be split. */
export function createServedCity({ contract, sources }: City): ReadonlyMap<CitySubgraph, ServedSubgraph> {
  const logical = splitContract(contract);
  const fieldsOf = (typeName: string) => readFieldsOf(contract, typeName);
  return new Map([
    ['court', createServedSubgraph({ sdl: logical.court, source: sources.court, fieldsOf })],
    ['city', createServedSubgraph({ sdl: logical.city, source: sources.city, fieldsOf })],
    ['reach', createServedSubgraph({ sdl: logical.reach, source: sources.reach, fieldsOf })],
    ['registry', createServedSubgraph({ sdl: registrySdl, source: sources.registry })],
  ]);
}

/** Of an entity its key is read, and what another subgraph keeps of it: whatever else an engine sends goes no further. */
function readFieldsOf(contract: Contract, typeName: string): ReadonlySet<string> {
  const fields = Object.keys((contract.schema.getType(typeName) as GraphQLObjectType).getFields());
  const external = fields.filter((name) => contract.isExternal(typeName, name));
  return new Set([...(contract.entities.get(typeName)?.keyFields ?? []), ...external]);
}
