import { getNullableType, isInputObjectType, type GraphQLInputType } from 'graphql';

import { UsageFault } from '../command.ts';
import { isObject } from './json.ts';

/** A copy of an input value with one field set, deep inside; the field's type goes to `valueOf`. Throws UsageFault. */
export function setAt(
  before: unknown,
  fields: readonly string[],
  type: GraphQLInputType | undefined,
  place: string,
  valueOf: (type: GraphQLInputType | undefined) => unknown,
): unknown {
  const [field, ...rest] = fields;
  if (field === undefined) return valueOf(type);
  const object = type && getNullableType(type);
  if (object && !isInputObjectType(object)) {
    throw new UsageFault(`--var ${place}: ${object.toString()} has no fields.`);
  }
  const known = object?.getFields();
  if (known && !Object.hasOwn(known, field)) {
    throw new UsageFault(
      `--var ${place}: ${object!.toString()} has no field "${field}". It has ${Object.keys(known).join(', ')}.`,
    );
  }
  const own = isObject(before) ? before : {};
  return { ...own, [field]: setAt(own[field], rest, known?.[field]?.type, place, valueOf) };
}
