/** Which values are of a leaf type, as code: an expression that is true of a value that may go out. */

import { isEnumType, isSpecifiedScalarType, type GraphQLLeafType } from 'graphql';

import { quoted } from '../../generated-code.ts';

/** The check of the value in this variable. A scalar of the schema's own may be anything but null. */
export function leafCheck(
  type: GraphQLLeafType,
  value: string,
  enumSet: (values: readonly string[]) => string,
): string {
  if (isEnumType(type)) {
    const names = type.getValues().map(({ name }) => name);
    if (names.length > 4) return `${enumSet(names)}.has(${value})`;
    return `(${names.map((name) => `${value} === ${quoted(name)}`).join(' || ')})`;
  }
  if (!isSpecifiedScalarType(type)) return `${value} != null`;
  switch (type.name) {
    case 'Int':
      return `Number.isInteger(${value})`;
    case 'Float':
      return `Number.isFinite(${value})`;
    case 'Boolean':
      return `typeof ${value} === "boolean"`;
    case 'ID':
      return `(typeof ${value} === "string" || Number.isInteger(${value}))`;
    default:
      return `typeof ${value} === "string"`;
  }
}
