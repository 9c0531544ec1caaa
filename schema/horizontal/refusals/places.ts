/** Directives where they would say nothing: whoever wrote them meant something that would not happen. */

import { isInterfaceType } from 'graphql';

import { isListField, type Contract } from '../contract.ts';
import { horizontalNames } from '../directives.ts';
import { isMadeByHub, mergedTypesOf } from '../merged-types.ts';
import { fieldsOf, type Refuse } from './refuse.ts';

/** Refuses @route below the roots, @gather in rows and values, @merge of what one court gives, @owner without @key, @bounded of no list. */
export function checkPlaces(contract: Contract, refuse: Refuse): void {
  const { schema, entities } = contract;
  const merged = new Set(mergedTypesOf(contract));
  for (const { type, field, coordinate } of fieldsOf(contract)) {
    const isRoot = type === schema.getQueryType() || type === schema.getMutationType();
    const entity = entities.get(type.name);
    const isGathered = contract.gatherOf(type.name, field.name) !== undefined;
    if (contract.routeOf(type.name, field.name) && !isRoot) {
      refuse(coordinate, 'Only root fields are routed.', 'Remove @route; the key of an owned entity names its court.');
    }
    const isOwnerless = entity?.ownerKey === null && !entity.foreign;
    if (isGathered && !isRoot && !isOwnerless && entity?.ownerKey == null) {
      refuse(
        coordinate,
        'Only root fields and fields of entities without an owner are gathered; this one stands inside a row or a value.',
        'Remove @gather, or move the field to an entity without @owner.',
      );
    }
    const isMerged = isGathered || merged.has(type) || isMadeByHub(type, field.name);
    if (contract.mergeOf(type.name, field.name) && !isMerged) {
      refuse(coordinate, 'One court gives it, so there is nothing to merge.', 'Remove @merge.');
    }
    const bound = contract.boundOf(type.name, field.name);
    if (bound !== undefined && (!isListField(field) || bound < 0)) {
      refuse(coordinate, 'Only a list has a most, and that is no negative number.', 'Remove @bounded, or mend it.');
    }
  }
  for (const type of Object.values(schema.getTypeMap())) {
    const directives = type.astNode?.directives?.map((directive) => directive.name.value) ?? [];
    if (directives.includes('owner') && !directives.includes('key')) {
      refuse(type.name, 'Only an entity has an owner.', 'Give it @key(fields:), or remove @owner.');
    }
    if (!isInterfaceType(type)) continue;
    for (const field of Object.values(type.getFields())) {
      const used = field.astNode?.directives?.find(({ name }) => horizontalNames.includes(name.value));
      if (!used) continue;
      refuse(
        `${type.name}.${field.name}`,
        `@${used.name.value} is not read on an interface.`,
        'Say it on the types that implement it.',
      );
    }
  }
}
