/** The courts as a stock gateway can have them: the contract without the hub's directives, every field `@shareable`. */

import { composeServices } from '@apollo/composition';
import { Kind, parse, visit, type ConstDirectiveNode, type DocumentNode } from 'graphql';

import { federationSpec, horizontalNames } from '../schema/horizontal/directives.ts';
import { bankSdl } from '../subgraphs/bank/schema.ts';
import { commandSdl } from '../subgraphs/command/schema.ts';
import { courtSdl } from '../subgraphs/court/schema.ts';
import { propertySdl } from '../subgraphs/property/schema.ts';
import { vehicleSdl } from '../subgraphs/vehicle/schema.ts';
import type { World } from './world/world.ts';

/** A subgraph as `composeServices` takes it. */
export interface ShareableSubgraph {
  readonly name: string;
  readonly url: string;
  readonly typeDefs: DocumentNode;
}

/**
 * One subgraph for each court, all of the same SDL, and the command centre as it stands, with the agencies whose fields it
 * requires: no question of the audit asks them, and nobody listens where they are said to be.
 */
export function shareableSubgraphs({
  courts,
  command,
}: Pick<World, 'courts' | 'command'>): readonly ShareableSubgraph[] {
  const typeDefs = toShareable(courtSdl);
  return [
    ...[...courts.values()].map(({ url }, index) => ({ name: `court${index + 1}`, url, typeDefs })),
    { name: 'command', url: command.url, typeDefs: parse(commandSdl) },
    ...Object.entries({ bank: bankSdl, vehicle: vehicleSdl, property: propertySdl }).map(([name, sdl]) => ({
      name,
      url: `http://${name}.agency.invalid/`,
      typeDefs: parse(sdl),
    })),
  ];
}

/** The supergraph that stock composition makes of them; throws an Error with every complaint of it. */
export function composeShareable(world: Pick<World, 'courts' | 'command'>): string {
  const { errors, supergraphSdl } = composeServices([...shareableSubgraphs(world)]);
  if (errors) throw new Error(`The courts do not compose:\n${errors.map(({ message }) => `- ${message}`).join('\n')}`);
  return supergraphSdl;
}

/** The contract in words that stock composition knows, with every field that a court has itself `@shareable`. */
function toShareable(sdl: string): DocumentNode {
  const names = ['@key', '@inaccessible', '@external', '@requires', '@shareable'];
  const link = `extend schema @link(url: "${federationSpec}", import: ${JSON.stringify(names)})`;
  const plain = visit(parse(sdl), {
    SchemaExtension: () => null,
    DirectiveDefinition: ({ name }) => (horizontalNames.includes(name.value) ? null : undefined),
    EnumTypeDefinition: ({ name }) => (name.value === 'MergeRule' ? null : undefined),
    Directive: ({ name }) => (horizontalNames.includes(name.value) ? null : undefined),
  });
  const shared = visit(plain, {
    // Fields of interfaces belong to nobody.
    InterfaceTypeDefinition: () => false,
    FieldDefinition: ({ directives = [], ...node }) => {
      const isExternal = directives.some(({ name }) => name.value === 'external');
      return isExternal ? undefined : { ...node, directives: [...directives, shareable] };
    },
  });
  return { ...shared, definitions: [...parse(link).definitions, ...shared.definitions] };
}

const shareable: ConstDirectiveNode = {
  kind: Kind.DIRECTIVE,
  name: { kind: Kind.NAME, value: 'shareable' },
};
