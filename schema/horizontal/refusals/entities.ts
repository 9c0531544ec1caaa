/** Entities: whose rows they are has to be plain from one key, and whatever a failing court leaves out has to be nullable. */

import { isNonNullType, type GraphQLObjectType } from 'graphql';

import { isLeafField, isListField, objectOf, type Contract, type Entity } from '../contract.ts';
import type { Refuse } from './refuse.ts';

/** Refuses keys and owners that do not name one court, gathering of owned rows, and non-null fields beside the key. */
export function checkEntities(contract: Contract, refuse: Refuse): void {
  for (const entity of contract.entities.values()) {
    const type = contract.schema.getType(entity.name) as GraphQLObjectType;
    checkKey(entity, type, refuse);
    if (entity.ownerKey !== null && !entity.keyFields.includes(entity.ownerKey)) {
      refuse(
        entity.name,
        `@owner(key: "${entity.ownerKey}") does not name a key field.`,
        `Name one of its @key fields: ${entity.keyFields.join(', ')}.`,
      );
    }
    for (const field of Object.values(type.getFields())) {
      const coordinate = `${entity.name}.${field.name}`;
      const isKey = entity.keyFields.includes(field.name);
      if (entity.ownerKey !== null && contract.gatherOf(entity.name, field.name)) {
        refuse(
          coordinate,
          'The rows of an owned entity belong to one court, so nothing of it is gathered.',
          'Remove @gather, or move the field to an entity without @owner.',
        );
      }
      if (isNonNullType(field.type) && !isKey) {
        refuse(coordinate, 'A field of an entity that is not its key may be missing.', 'Make it nullable.');
      }
      if (entity.foreign && !isKey) {
        refuse(
          coordinate,
          `${entity.name} is resolved elsewhere, so its other fields would never be asked here.`,
          'Keep its key only.',
        );
      }
    }
    if (entity.ownerKey === null && !entity.foreign) checkRows(contract, type, refuse);
  }
}

function checkKey(entity: Entity, type: GraphQLObjectType, refuse: Refuse): void {
  const keys = type.astNode?.directives?.filter((directive) => directive.name.value === 'key').length ?? 0;
  if (keys > 1) {
    refuse(entity.name, 'Entities are matched by one key, it has several.', 'Keep the @key that every member echoes.');
  }
  for (const name of entity.keyFields) {
    const field = type.getFields()[name];
    if (field && isLeafField(field) && !isListField(field)) continue;
    refuse(
      entity.name,
      `The key "${entity.keyFields.join(' ')}" is not made of plain fields: "${name}".`,
      'Let @key(fields:) name scalar fields of the type, without braces.',
    );
    return;
  }
}

/** Inside the answer of `reach` a planner stays where it is, so a second owner-less entity there has one court's part. */
function checkRows(contract: Contract, entity: GraphQLObjectType, refuse: Refuse): void {
  const seen = new Set<GraphQLObjectType>();
  const visit = (type: GraphQLObjectType) => {
    if (seen.has(type)) return;
    seen.add(type);
    for (const field of Object.values(type.getFields())) {
      const value = objectOf(field);
      const known = value && contract.entities.get(value.name);
      if (value && !known) visit(value);
      if (!known || known.foreign || known.ownerKey !== null) continue;
      refuse(
        `${type.name}.${field.name}`,
        `${known.name} has no owner and stands inside the rows of ${entity.name}, so it would be one court's part of it.`,
        'Give its key as a plain field, or reach it through rows that a court owns.',
      );
    }
  };
  visit(entity);
}
