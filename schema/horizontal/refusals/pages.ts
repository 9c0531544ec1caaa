/** Connections and coverage: the shapes that the hub reads and makes itself. */

import { getNamedType, type GraphQLObjectType } from 'graphql';

import { isListField, objectOf, type Contract } from '../contract.ts';
import type { Field, Refuse } from './refuse.ts';

/** Refuses PAGE of anything but a connection of owned rows that is asked for with `first` and `after`. */
export function checkPage(
  contract: Contract,
  field: Field,
  key: string | null,
  coordinate: string,
  refuse: Refuse,
): void {
  const connection = objectOf(field);
  const row = connection && !isListField(field) ? rowOf(connection) : undefined;
  if (!row) {
    refuse(
      coordinate,
      'PAGE merges connections.',
      'Give the type edges { cursor node }, pageInfo { hasNextPage } and coverage.',
    );
    return;
  }
  const owner = contract.entities.get(row.name)?.ownerKey;
  if (owner == null) {
    refuse(
      coordinate,
      `${row.name} has no owner, so one row may come from several courts and a total cannot be summed.`,
      'Page owned rows, or wait until people can be paged.',
    );
  } else if (key === null) {
    refuse(
      coordinate,
      'A page without an order has no next page: every order ends with the key of the row.',
      `Name the owner's key: @merge(by: PAGE, key: "${owner}").`,
    );
  } else if (key !== owner) {
    refuse(coordinate, `"${key}" does not say whose row it is.`, `Name the owner's key: "${owner}".`);
  }
  const { first, after } = Object.fromEntries(field.args.map((argument) => [argument.name, argument]));
  if (first?.type.toString() !== 'Int' || first.defaultValue == null || after?.type.toString() !== 'String') {
    refuse(
      coordinate,
      'A page is asked for by its size and the cursor before it.',
      'Give it the arguments first: Int = 20 and after: String.',
    );
  }
}

/** Refuses a connection that is not paged; tells whether the type is one. */
export function checkConnection(type: GraphQLObjectType, coordinate: string, refuse: Refuse): boolean {
  const { edges, pageInfo, coverage } = type.getFields();
  if (!edges || !(pageInfo ?? coverage)) return false;
  refuse(coordinate, `${type.name} is a connection.`, 'Give the field @gather and @merge(by: PAGE, key: "…").');
  return true;
}

/** Refuses a field named coverage that the hub could not fill in. */
export function checkCoverage(type: GraphQLObjectType, refuse: Refuse): void {
  const field = type.getFields()['coverage'];
  if (!field) return;
  const coverage = isListField(field) ? undefined : objectOf(field);
  const member = coverage?.getFields()['courts'] && objectOf(coverage.getFields()['courts']!);
  const court = member?.getFields()['court'] && objectOf(member.getFields()['court']!);
  if (coverage?.getFields()['complete'] && member?.getFields()['status'] && court?.getFields()['code']) return;
  refuse(
    `${type.name}.coverage`,
    `${getNamedType(field.type).name} does not say who answered.`,
    'Give it complete and courts { court { code } status reason asOf elapsedMs missingFields }.',
  );
}

function rowOf(connection: GraphQLObjectType): GraphQLObjectType | undefined {
  const { edges, pageInfo, coverage } = connection.getFields();
  const edge = edges && isListField(edges) ? objectOf(edges) : undefined;
  const { cursor, node } = edge?.getFields() ?? {};
  const hasNextPage = pageInfo && objectOf(pageInfo)?.getFields()['hasNextPage'];
  return cursor && node && hasNextPage && coverage ? objectOf(node) : undefined;
}
