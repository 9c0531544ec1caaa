/** What may stay as it comes, as a text: the same for all that say the same, whatever operation they are of. */

import { isEnumType, type GraphQLLeafType } from 'graphql';

import type { VerbatimField, VerbatimTree, VerbatimValue } from '../../verbatim.ts';

/** `bank{accounts[{bankName:String balance:Money!}]}` */
export function nameOf(tree: VerbatimTree): string {
  return [...tree]
    .map(([key, part]) => `${key}${'list' in part ? ofValue(part.list) : `{${nameOf(part.below)}}`}`)
    .join(' ');
}

function ofValue(value: VerbatimValue): string {
  const end = value.isNonNull ? '!' : '';
  switch (value.kind) {
    case 'leaf':
      return `:${ofLeaf(value.type)}${end}`;
    case 'list':
      return `[${ofValue(value.item)}]${end}`;
    case 'object':
      return `{${value.fields.map(ofField).join(' ')}}${end}`;
  }
}

function ofField(field: VerbatimField): string {
  return 'typeName' in field ? `${field.key}=${field.typeName}` : `${field.key}${ofValue(field.value)}`;
}

/** The names of an enum differ from one graph to the next. */
function ofLeaf(type: GraphQLLeafType): string {
  if (!isEnumType(type)) return type.name;
  return `${type.name}(${type
    .getValues()
    .map(({ name }) => name)
    .join('|')})`;
}
