/** Argument paths such as `filter.courts`: what does not lead anywhere would silently exclude nobody. */

import {
  getNamedType,
  getNullableType,
  isInputObjectType,
  isLeafType,
  isListType,
  type GraphQLInputType,
} from 'graphql';

import type { Contract } from '../contract.ts';
import { fieldsOf, type Field, type Refuse } from './refuse.ts';

/** Refuses paths that name no argument or input field, or that end where no court can be read. */
export function checkPaths(contract: Contract, refuse: Refuse): void {
  for (const { type, field, coordinate } of fieldsOf(contract)) {
    const gather = contract.gatherOf(type.name, field.name);
    const route = contract.routeOf(type.name, field.name);
    if (route) checkPath(field, route, false, coordinate, refuse);
    for (const path of [gather?.courts, gather?.keys]) if (path) checkPath(field, path, true, coordinate, refuse);
    if (gather?.maxPage != null && gather.maxPage < 1) {
      refuse(coordinate, `A page of at most ${gather.maxPage} rows holds none.`, 'Let maxPage be 1 or more.');
    }
  }
}

function checkPath(field: Field, path: readonly string[], isList: boolean, coordinate: string, refuse: Refuse): void {
  let known: readonly { readonly name: string; readonly type: GraphQLInputType }[] = field.args;
  for (const [index, step] of path.entries()) {
    const input = known.find((candidate) => candidate.name === step);
    if (!input) {
      const names = known.map((candidate) => candidate.name).join(', ') || 'none';
      if (index === 0) refuse(coordinate, `There is no argument "${step}".`, `Name one of its arguments: ${names}.`);
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
