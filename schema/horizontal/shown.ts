/** Which types and fields of a contract each of the three logical subgraphs shows. */

import {
  getNamedType,
  isInputObjectType,
  isInterfaceType,
  isObjectType,
  isUnionType,
  type GraphQLNamedType,
} from 'graphql';
import { specifiedScalarTypes } from 'graphql/type/scalars.js';

import { isLeafField, type Contract } from './contract.ts';

/** `court`: what one court answers. `city`: gathered roots. `reach`: gathered fields of entities without an owner. */
export const logicalNames = ['court', 'city', 'reach'] as const;
export type LogicalName = (typeof logicalNames)[number];

/** What the logical subgraphs show. */
export interface Shown {
  /** Whether a logical subgraph shows this type. */
  has(logical: LogicalName, typeName: string): boolean;
  /** Whether it shows this field of a type that it shows. */
  keeps(logical: LogicalName, typeName: string, fieldName: string): boolean;
  /** Whether it shows an entity with all its fields, rather than as a stub. */
  isWhole(logical: LogicalName, typeName: string): boolean;
}

/** Works out what is shown where, by walking from each logical subgraph's roots. */
export function toShown(contract: Contract): Shown {
  const { schema, entities } = contract;
  const roots = [schema.getQueryType(), schema.getMutationType()].filter((root) => root != null);
  const rootNames = roots.map((root) => root.name);

  const isWhole: Shown['isWhole'] = (logical, typeName) => {
    const entity = entities.get(typeName);
    return entity?.foreign === false && logical === (entity.ownerKey === null ? 'reach' : 'court');
  };

  const keepsOfObject = (logical: LogicalName, typeName: string, fieldName: string): boolean => {
    if (rootNames.includes(typeName)) {
      return contract.routeOf(typeName, fieldName) ? logical === 'court' : logical === 'city';
    }
    const entity = entities.get(typeName);
    if (!entity || isWhole(logical, typeName)) return true;
    if (entity.keyFields.includes(fieldName)) return true;
    // In `court` a person is an id only, so that one answer never has two names for one person.
    if (entity.foreign || logical === 'court') return false;
    if (contract.isExternal(typeName, fieldName)) return false;
    const type = schema.getType(typeName);
    return isObjectType(type) && isLeafField(type.getFields()[fieldName]!) && !contract.gatherOf(typeName, fieldName);
  };

  // An interface shows on each side only what all its implementers show there.
  const keeps: Shown['keeps'] = (logical, typeName, fieldName) => {
    const type = schema.getType(typeName);
    if (!isInterfaceType(type)) return keepsOfObject(logical, typeName, fieldName);
    return schema.getPossibleTypes(type).every((own) => keepsOfObject(logical, own.name, fieldName));
  };

  const reachableOf = (logical: LogicalName): Set<string> => {
    const seen = new Set<string>();
    const widened = new Set<string>();
    /** `wide`: a field may give any implementer, so all of them are shown. */
    const visit = (type: GraphQLNamedType, wide: boolean) => {
      if (wide && isInterfaceType(type) && !widened.has(type.name)) {
        widened.add(type.name);
        for (const own of schema.getPossibleTypes(type)) visit(own, true);
      }
      if (seen.has(type.name) || specifiedScalarTypes.some((scalar) => scalar.name === type.name)) return;
      seen.add(type.name);
      if (isUnionType(type)) for (const own of type.getTypes()) visit(own, true);
      if (isInputObjectType(type))
        for (const field of Object.values(type.getFields())) visit(getNamedType(field.type), true);
      if (!isObjectType(type) && !isInterfaceType(type)) return;
      for (const own of type.getInterfaces()) visit(own, false);
      for (const field of Object.values(type.getFields())) {
        if (!keeps(logical, type.name, field.name)) continue;
        visit(getNamedType(field.type), true);
        for (const argument of field.args) visit(getNamedType(argument.type), true);
      }
    };
    for (const root of roots) {
      if (Object.keys(root.getFields()).some((field) => keeps(logical, root.name, field))) visit(root, true);
    }
    for (const { name } of entities.values()) if (isWhole(logical, name)) visit(schema.getType(name)!, true);
    return seen;
  };

  const reachable = { court: reachableOf('court'), city: reachableOf('city'), reach: reachableOf('reach') };
  return { has: (logical, typeName) => reachable[logical].has(typeName), keeps, isWhole };
}
