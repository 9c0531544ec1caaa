/** The merge rules, each with the types it fits (horizontal rules, 4 and 8). */

import { getNamedType, getNullableType, isNonNullType, type GraphQLObjectType } from 'graphql';

import { isLeafField, isListField, objectOf, type Contract, type Merge } from '../contract.ts';
import { orderOf } from '../order.ts';
import { checkPage } from './pages.ts';
import type { Field, Refuse } from './refuse.ts';

/** A field with a rule. */
interface Ruled {
  readonly type: GraphQLObjectType;
  readonly field: Field;
  readonly merge: Merge;
  readonly isGathered: boolean;
  readonly coordinate: string;
}

/** Refuses a rule that does not fit the field's type or lacks what it goes by. */
export function checkRule(contract: Contract, ruled: Ruled, refuse: Refuse): void {
  const { field, merge, coordinate } = ruled;
  if (isAverage(field)) {
    refuseAverage(coordinate, refuse);
    return;
  }
  switch (merge.by) {
    case 'SUM':
      if (!isOne(field, ['Int', 'Money'])) {
        refuse(coordinate, `${field.type.toString()} cannot be summed exactly.`, 'SUM takes Int or Money.');
      }
      break;
    case 'ANY':
    case 'ALL':
      if (!isOne(field, ['Boolean'])) {
        refuse(coordinate, `${merge.by} decides between true and false.`, `${merge.by} takes Boolean.`);
      }
      break;
    case 'MIN':
    case 'MAX':
      if (!isLeafField(field) || isListField(field)) {
        refuse(coordinate, `${field.type.toString()} has no order.`, `${merge.by} takes one scalar or enum value.`);
      }
      break;
    case 'SAME':
      if (!isLeafField(field)) {
        refuse(coordinate, 'Objects are merged field by field.', 'Remove it, and give the fields their rules.');
      }
      break;
    case 'FIRST_BY':
      checkFirstBy(ruled, refuse);
      break;
    case 'CONCAT':
      checkConcat(contract, ruled, refuse);
      return;
    case 'UNION':
      checkUnion(contract, ruled, refuse);
      return;
    case 'PAGE':
      if (ruled.isGathered) checkPage(contract, field, merge.key, coordinate, refuse);
      else refuse(coordinate, 'Pages are gathered.', 'Give it @gather too.');
      return;
  }
  if (isNonNullType(field.type)) {
    refuse(coordinate, `${merge.by} has no value where no court answered.`, 'Make it nullable.');
  }
}

/** Whether a single value is an average by its name. */
export function isAverage(field: Field): boolean {
  return (
    isLeafField(field) &&
    !isListField(field) &&
    /^(average|avg|mean|median)($|[A-Z])|(Average|Avg|Mean|Median)($|[A-Z])/.test(field.name)
  );
}

/** Says why averages are not merged, whatever the rule. */
export function refuseAverage(coordinate: string, refuse: Refuse): void {
  refuse(
    coordinate,
    'The average of several averages is not the average of all.',
    'Give the sum and the count as two fields with @merge(by: SUM).',
  );
}

function checkFirstBy({ type, field, merge, coordinate }: Ruled, refuse: Refuse): void {
  const fields = type.getFields();
  if (!isLeafField(field)) {
    refuse(coordinate, 'Objects are merged field by field.', 'Remove it, and give the fields their rules.');
  }
  if (merge.key !== null && isOrdered(fields[merge.key])) return;
  refuse(
    coordinate,
    'FIRST_BY goes by a field of the same object.',
    `Name it: @merge(by: FIRST_BY, key: "…") with one of ${orderedNames(type)}.`,
  );
}

function checkConcat(contract: Contract, { field, merge, isGathered, coordinate }: Ruled, refuse: Refuse): void {
  const item = objectOf(field);
  if (!item || !isListField(field)) {
    refuse(coordinate, 'CONCAT puts the rows of lists in one order.', 'CONCAT takes a list of objects.');
    return;
  }
  if (contract.entities.get(item.name)?.ownerKey == null) {
    refuse(
      coordinate,
      `${item.name} has no owner, so one row may come from several courts, each with a part of it.`,
      'Give a list of owned rows, or unite values with @merge(by: UNION, key: "…").',
    );
    return;
  }
  const order = orderOf(merge.key);
  if (!order || order.some(({ name }) => !isOrdered(item.getFields()[name]))) {
    refuse(
      coordinate,
      'Concatenated lists need an order.',
      `Name it: @merge(by: CONCAT, key: "field DESC, field ASC") with some of ${orderedNames(item)}.`,
    );
  } else {
    const missing = contract.entities
      .get(item.name)
      ?.keyFields.filter((key) => !order.some(({ name }) => name === key));
    if (missing && missing.length > 0) {
      refuse(
        coordinate,
        'Rows with equal values would stand in the order in which courts answer.',
        `End the order with the key of ${item.name}: "…, ${missing.map((name) => `${name} ASC`).join(', ')}".`,
      );
    }
  }
  if (!isGathered) refuse(coordinate, 'Concatenated lists are gathered.', 'Give it @gather too.');
  const first = field.args.find((argument) => argument.name === 'first');
  if (first?.type.toString() !== 'Int' || first.defaultValue == null) {
    refuse(coordinate, 'A plain list has to be bounded.', 'Give it the argument first: Int = 100.');
  }
  if (isNonNullType(field.type)) {
    refuse(coordinate, 'An empty list must not stand for courts that did not answer.', 'Make it nullable.');
  }
}

function checkUnion(contract: Contract, { field, merge, coordinate }: Ruled, refuse: Refuse): void {
  const item = objectOf(field);
  const entity = item && contract.entities.get(item.name);
  if (entity) {
    refuse(
      coordinate,
      `${entity.name} is an entity; UNION merges values, and would neither ask for its rows' owners nor hold them against it.`,
      entity.ownerKey === null ? 'Give its keys as plain fields.' : 'Give the list @merge(by: CONCAT, key: "…").',
    );
    return;
  }
  if (!isListField(field)) {
    refuse(
      coordinate,
      `${field.type.toString()} is no list.`,
      'UNION takes a list of scalars, or of objects with a key.',
    );
    return;
  }
  const key = item && merge.key !== null ? item.getFields()[merge.key] : undefined;
  if (item && !(isOrdered(key) && isNonNullType(key.type))) {
    refuse(
      coordinate,
      'A union of objects goes by a key of the item that is never null.',
      `Name it: @merge(by: UNION, key: "…") with one of ${orderedNames(item)}.`,
    );
  }
  const limit = field.args.find((argument) => getNamedType(argument.type).name === 'Int');
  if (limit) {
    refuse(
      coordinate,
      `The first few of each court are not the first few of all ("${limit.name}").`,
      'Remove the argument and give all groups, or page rows.',
    );
  }
}

function isOne(field: Field, names: readonly string[]): boolean {
  return names.includes(getNullableType(field.type).toString());
}

/** Whether values of this field stand in an order, so that something can go by it. */
function isOrdered(field: Field | undefined): field is Field {
  return field !== undefined && isLeafField(field) && !isListField(field);
}

function orderedNames(type: GraphQLObjectType): string {
  return Object.values(type.getFields())
    .filter(isOrdered)
    .map((field) => field.name)
    .join(', ');
}
