/** Types of values that some subgraph requires of the contract's entities, such as a writ that agencies are shown. */

import { getNamedType, isObjectType, Kind, parse, type GraphQLNamedType, type SelectionSetNode } from 'graphql';

import type { Contract } from '../../schema/horizontal/contract.ts';

/** Their names, read from what a composed supergraph says that its fields require. */
export function requiredTypesOf({ schema, entities }: Contract, supergraphSdl: string): ReadonlySet<string> {
  const names = new Set<string>();
  const visit = (type: GraphQLNamedType | undefined, set: SelectionSetNode): void => {
    if (!isObjectType(type)) return;
    if (!entities.has(type.name)) names.add(type.name);
    for (const selection of set.selections) {
      if (selection.kind !== Kind.FIELD || !selection.selectionSet) continue;
      const field = type.getFields()[selection.name.value];
      visit(field && getNamedType(field.type), selection.selectionSet);
    }
  };
  for (const definition of parse(supergraphSdl, { noLocation: true }).definitions) {
    if (definition.kind !== Kind.OBJECT_TYPE_DEFINITION) continue;
    for (const directive of (definition.fields ?? []).flatMap((field) => field.directives ?? [])) {
      const requires = directive.arguments?.find(({ name }) => name.value === 'requires')?.value;
      if (directive.name.value !== 'join__field' || requires?.kind !== Kind.STRING) continue;
      const [operation] = parse(`{ ${requires.value} }`, { noLocation: true }).definitions;
      if (operation?.kind !== Kind.OPERATION_DEFINITION) continue;
      visit(schema.getType(definition.name.value), operation.selectionSet);
    }
  }
  return names;
}
