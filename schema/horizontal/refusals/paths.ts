/** Argument paths such as `filter.courts`: what does not lead anywhere would silently exclude nobody. */

import {
  getNamedType,
  getNullableType,
  isInputObjectType,
  isLeafType,
  isListType,
  isObjectType,
  type GraphQLInputType,
  type GraphQLObjectType,
  type GraphQLOutputType,
} from 'graphql';

import type { Contract } from '../contract.ts';
import { fieldsOf, type Field, type Refuse } from './refuse.ts';

/** Refuses paths that name no argument or input field, or that end where no court can be read. */
export function checkPaths(contract: Contract, refuse: Refuse): void {
  for (const { type, field, coordinate } of fieldsOf(contract)) {
    const gather = contract.gatherOf(type.name, field.name);
    const route = contract.routeOf(type.name, field.name);
    if (route) checkPath(field, route, false, coordinate, refuse);
    const required = requiredLists(contract, type, field);
    for (const path of [gather?.courts, gather?.keys]) {
      if (path && !required.includes(path.join('.'))) checkPath(field, path, true, coordinate, refuse, required);
    }
    if (gather?.maxPage != null && gather.maxPage < 1) {
      refuse(coordinate, `A page of at most ${gather.maxPage} rows holds none.`, 'Let maxPage be 1 or more.');
    }
  }
}

/** What a gathered field of an entity may exclude courts by besides its arguments: lists that it requires. */
function requiredLists(contract: Contract, type: GraphQLObjectType, field: Field): string[] {
  const requirement = contract.requirementOf(type.name, field.name) ?? [];
  return requirement.filter((path) => isListType(getNullableType(typeAt(type, path)))).map((path) => path.join('.'));
}

function typeAt(type: GraphQLObjectType, path: readonly string[]): GraphQLOutputType | undefined {
  return path.reduce<GraphQLOutputType | undefined>((value, step) => {
    const object = value && getNamedType(value);
    return isObjectType(object) ? object.getFields()[step]?.type : undefined;
  }, type);
}

function checkPath(
  field: Field,
  path: readonly string[],
  isList: boolean,
  coordinate: string,
  refuse: Refuse,
  required: readonly string[] = [],
): void {
  let known: readonly { readonly name: string; readonly type: GraphQLInputType }[] = field.args;
  for (const [index, step] of path.entries()) {
    const input = known.find((candidate) => candidate.name === step);
    if (!input) {
      const names = known.map((candidate) => candidate.name).join(', ') || 'none';
      const lists = required.length > 0 ? `; or a list that it requires: ${required.join(', ')}` : '';
      if (index === 0)
        refuse(coordinate, `There is no argument "${step}".`, `Name one of its arguments: ${names}${lists}.`);
      else refuse(coordinate, `"${path.join('.')}" leads nowhere: no "${step}".`, `Name one of: ${names}.`);
      return;
    }
    const type = getNullableType(input.type);
    if (index === path.length - 1 && (isListType(type) !== isList || !isLeafType(getNamedType(type)))) {
      refuse(
        coordinate,
        `"${path.join('.')}" is ${input.type.toString()}.`,
        isList ? 'Name an argument that lists codes or keys.' : 'Name an argument that is one key.',
      );
    }
    known = isInputObjectType(type) ? Object.values(type.getFields()) : [];
  }
}
