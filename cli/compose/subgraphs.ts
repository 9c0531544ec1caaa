/** Every subgraph's own SDL, straight from the programs that serve them. */

import { registrySdl } from '../../gateway/registry/schema.ts';
import { bankSdl } from '../../subgraphs/bank/schema.ts';
import { commandSdl } from '../../subgraphs/command/schema.ts';
import { courtSdl } from '../../subgraphs/court/schema.ts';
import { propertySdl } from '../../subgraphs/property/schema.ts';
import { vehicleSdl } from '../../subgraphs/vehicle/schema.ts';

/** The court contract, with the hub's directives. */
export const contractSdl = courtSdl;

/** The ordinary subgraphs by name. */
export const subgraphSdls: ReadonlyMap<string, string> = new Map([
  ['registry', registrySdl],
  ['bank', bankSdl],
  ['vehicle', vehicleSdl],
  ['property', propertySdl],
  ['command', commandSdl],
]);
