/** What the composer refuses in a contract: everything that could not be merged truly, with the remedy. */

import {
  getNamedType,
  isListType,
  isNonNullType,
  isScalarType,
  type GraphQLField,
  type GraphQLObjectType,
} from 'graphql';

import { isLeafField, objectOf, objectTypesOf, type Contract } from './contract.ts';
import type { Fault } from './fault.ts';

/** Every reason why this contract cannot be split and merged; empty when it can. */
export function refusalsOf(contract: Contract, member = 'contract'): Fault[] {
  const faults: Fault[] = [];
  const refuse = (coordinate: string, reason: string, remedy: string) =>
    faults.push({ member, coordinate, reason, remedy });
  checkRoots(contract, refuse);
  checkEntities(contract, refuse);
  checkNullability(contract, refuse);
  checkMerges(contract, refuse);
  return faults;
}

type Refuse = (coordinate: string, reason: string, remedy: string) => void;
type Field = GraphQLField<unknown, unknown>;

function checkRoots(contract: Contract, refuse: Refuse): void {
  for (const root of [contract.schema.getQueryType(), contract.schema.getMutationType()]) {
    for (const field of Object.values(root?.getFields() ?? {})) {
      const coordinate = `${root!.name}.${field.name}`;
      const route = contract.routeOf(root!.name, field.name);
      const gather = contract.gatherOf(root!.name, field.name);
      if (!route === !gather) {
        refuse(coordinate, 'A root field is either routed or gathered.', 'Give it @route(by:) or @gather, not both.');
      }
      if (gather && root === contract.schema.getMutationType()) {
        refuse(
          coordinate,
          'A mutation is never gathered.',
          'Give it @route(by:) with the argument that names the court.',
        );
      }
      if (isNonNullType(field.type)) {
        refuse(coordinate, 'One failed non-null root field would take its siblings with it.', 'Make it nullable.');
      }
    }
  }
  for (const type of objectTypesOf(contract.schema)) {
    for (const field of Object.values(type.getFields())) checkPaths(contract, type, field, refuse);
  }
}

function checkPaths(contract: Contract, type: GraphQLObjectType, field: Field, refuse: Refuse): void {
  const coordinate = `${type.name}.${field.name}`;
  const route = contract.routeOf(type.name, field.name);
  const gather = contract.gatherOf(type.name, field.name);
  const known = field.args.map((argument) => argument.name).join(', ') || 'none';
  for (const path of [route, gather?.courts, gather?.keys]) {
    if (path && !field.args.some((argument) => argument.name === path[0])) {
      refuse(coordinate, `There is no argument "${path[0]}".`, `Name one of its arguments: ${known}.`);
    }
  }
}

function checkEntities(contract: Contract, refuse: Refuse): void {
  for (const entity of contract.entities.values()) {
    const type = contract.schema.getType(entity.name) as GraphQLObjectType;
    if (entity.ownerKey !== null && !entity.keyFields.includes(entity.ownerKey)) {
      refuse(
        entity.name,
        `@owner(key: "${entity.ownerKey}") does not name a key field.`,
        `Name one of its @key fields: ${entity.keyFields.join(', ')}.`,
      );
    }
    for (const field of Object.values(type.getFields())) {
      const coordinate = `${entity.name}.${field.name}`;
      if (entity.ownerKey !== null && contract.gatherOf(entity.name, field.name)) {
        refuse(
          coordinate,
          'The rows of an owned entity belong to one court, so nothing of it is gathered.',
          'Remove @gather, or move the field to an entity without @owner.',
        );
      }
    }
  }
}

/** What failed is absent, so whatever a failing court can leave out has to be nullable. */
function checkNullability(contract: Contract, refuse: Refuse): void {
  for (const entity of contract.entities.values()) {
    const type = contract.schema.getType(entity.name) as GraphQLObjectType;
    for (const field of Object.values(type.getFields())) {
      if (isNonNullType(field.type) && !entity.keyFields.includes(field.name)) {
        refuse(
          `${entity.name}.${field.name}`,
          'A field of an entity that is not its key may be missing.',
          'Make it nullable.',
        );
      }
    }
  }
}

function checkMerges(contract: Contract, refuse: Refuse): void {
  const merged = mergedTypesOf(contract);
  for (const type of merged) {
    for (const field of Object.values(type.getFields())) checkMerge(contract, type, field, refuse);
  }
  for (const type of objectTypesOf(contract.schema)) {
    const entity = contract.entities.get(type.name);
    if (entity?.ownerKey == null) continue;
    for (const field of Object.values(type.getFields())) {
      const value = objectOf(field);
      if (value && merged.includes(value) && !contract.entities.has(value.name)) {
        refuse(
          `${type.name}.${field.name}`,
          `${value.name} is merged from several courts, an owned row comes from one.`,
          'Give the row a type of its own.',
        );
      }
    }
  }
}

function checkMerge(contract: Contract, type: GraphQLObjectType, field: Field, refuse: Refuse): void {
  const coordinate = `${type.name}.${field.name}`;
  if (isMadeByHub(field) || contract.entities.get(type.name)?.keyFields.includes(field.name)) return;
  const merge = contract.mergeOf(type.name, field.name);
  const object = objectOf(field);
  if (!merge) {
    if (isLeafField(field) && !isUnionKey(contract, type, field)) {
      refuse(coordinate, 'Several courts give several values.', 'Say with @merge(by:) how they become one.');
    } else if (object && isListType(isNonNullType(field.type) ? field.type.ofType : field.type)) {
      refuse(
        coordinate,
        'A list of several courts needs an order or a key.',
        'Give it @merge(by: CONCAT, key: "…") or @merge(by: UNION, key: "…").',
      );
    }
    return;
  }
  switch (merge.by) {
    case 'SUM':
      if (!isNumeric(field))
        refuse(coordinate, `${field.type.toString()} cannot be summed.`, 'SUM takes Int, Float or Money.');
      return;
    case 'MIN':
    case 'MAX':
    case 'SAME':
    case 'FIRST_BY':
      if (isNonNullType(field.type))
        refuse(coordinate, `${merge.by} has no value where no court answered.`, 'Make it nullable.');
      if (merge.by === 'FIRST_BY' && (merge.key === null || !(merge.key in type.getFields()))) {
        refuse(
          coordinate,
          'FIRST_BY goes by a field of the same object.',
          `Name it: @merge(by: FIRST_BY, key: "…") with one of ${Object.keys(type.getFields()).join(', ')}.`,
        );
      }
      return;
    case 'CONCAT':
      if (!object || orderFieldsOf(merge.key).some((name) => !(name in object.getFields()))) {
        refuse(
          coordinate,
          'Concatenated lists need an order.',
          'Name it: @merge(by: CONCAT, key: "field DESC, field ASC") with fields of the item.',
        );
      }
      return;
    case 'UNION':
      if (object && (merge.key === null || !(merge.key in object.getFields()))) {
        refuse(
          coordinate,
          'A union of objects goes by a key of the item.',
          `Name it: @merge(by: UNION, key: "…") with one of ${Object.keys(object.getFields()).join(', ')}.`,
        );
      }
      return;
    case 'PAGE':
      checkPage(contract, coordinate, object, refuse);
      return;
    default:
      return;
  }
}

function checkPage(
  contract: Contract,
  coordinate: string,
  connection: GraphQLObjectType | undefined,
  refuse: Refuse,
): void {
  const edges = connection?.getFields()['edges'];
  const edge = edges && objectOf(edges);
  const node = edge?.getFields()['node'];
  const row = node && objectOf(node);
  if (
    !edge?.getFields()['cursor'] ||
    !row ||
    !connection?.getFields()['pageInfo'] ||
    !connection.getFields()['coverage']
  ) {
    refuse(coordinate, 'PAGE merges connections.', 'Give the type edges { cursor node }, pageInfo and coverage.');
    return;
  }
  if (contract.entities.get(row.name)?.ownerKey == null) {
    refuse(
      coordinate,
      `${row.name} has no owner, so one row may come from several courts and a total cannot be summed.`,
      'Page owned rows, or wait until people can be paged.',
    );
  }
}

/** Types whose objects are merged field by field: gathered roots' values, owner-less entities, and what they hold. */
function mergedTypesOf(contract: Contract): GraphQLObjectType[] {
  const merged = new Set<GraphQLObjectType>();
  const visit = (type: GraphQLObjectType) => {
    if (merged.has(type) || contract.entities.get(type.name)?.foreign === true) return;
    if (contract.entities.get(type.name)?.ownerKey != null) return;
    merged.add(type);
    for (const field of Object.values(type.getFields())) {
      const object = objectOf(field);
      if (object && !isMadeByHub(field) && contract.mergeOf(type.name, field.name)?.by !== 'CONCAT') visit(object);
    }
  };
  for (const field of Object.values(contract.schema.getQueryType()?.getFields() ?? {})) {
    const object = objectOf(field);
    if (object && contract.gatherOf('Query', field.name)) visit(object);
  }
  for (const entity of contract.entities.values()) {
    if (entity.ownerKey === null && !entity.foreign) visit(contract.schema.getType(entity.name) as GraphQLObjectType);
  }
  return [...merged];
}

/** Fields whose values the hub makes itself, from what it knows of the gathering. */
export const madeByHub: ReadonlySet<string> = new Set(['edges', 'pageInfo', 'coverage', 'totalIsLowerBound']);

function isMadeByHub(field: Field): boolean {
  return madeByHub.has(field.name);
}

function isUnionKey(contract: Contract, type: GraphQLObjectType, field: Field): boolean {
  return objectTypesOf(contract.schema).some((holder) =>
    Object.values(holder.getFields()).some(
      (candidate) => objectOf(candidate) === type && contract.mergeOf(holder.name, candidate.name)?.key === field.name,
    ),
  );
}

function isNumeric(field: Field): boolean {
  const type = getNamedType(field.type);
  return isScalarType(type) && ['Int', 'Float', 'Money'].includes(type.name) && isLeafField(field);
}

/** The field names of an order such as `filedOn DESC, number ASC`. */
export function orderFieldsOf(order: string | null): string[] {
  return (order ?? '').split(',').map((part) => part.trim().split(/\s+/)[0] ?? '');
}
