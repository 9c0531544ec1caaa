import {
  coerceInputValue,
  getNullableType,
  isEnumType,
  isInputObjectType,
  isListType,
  isNonNullType,
  type GraphQLInputType,
} from 'graphql';

import { UsageFault } from '../command.ts';

/**
 * What a text of the command line means as a value of this type: lists are `a,b` or JSON, input objects are JSON, `null` is
 * null where null may stand. An unknown type leaves texts alone. Throws UsageFault saying what would be right.
 */
export function parseValue(text: string, type: GraphQLInputType | undefined, place: string): unknown {
  const value = toValue(text, type, place);
  if (type) {
    coerceInputValue(value, type, (_, __, error) => {
      throw new UsageFault(`--var ${place}: ${error.message}`);
    });
  }
  return value;
}

function toValue(text: string, type: GraphQLInputType | undefined, place: string): unknown {
  if (type === undefined) return /^\s*[[{]/.test(text) ? parseJson(text, place, 'JSON') : text;
  const inner = getNullableType(type);
  if (text === 'null' && !isNonNullType(type)) return null;
  if (isListType(inner)) {
    if (text.trimStart().startsWith('[')) return parseJson(text, place, 'a JSON list, or a,b');
    const items = text.split(/[,，、]/).map((item) => item.trim());
    return items.filter((item) => item !== '').map((item) => toValue(item, inner.ofType, place));
  }
  if (isInputObjectType(inner)) {
    const field = Object.keys(inner.getFields())[0]!;
    return parseJson(text, place, `JSON, {"${field}": …}, or --var ${place}.${field}=VALUE`);
  }
  if (isEnumType(inner)) {
    const word = text.trim().toUpperCase();
    if (inner.getValue(word)) return word;
    const words = inner.getValues().map(({ name }) => name);
    throw new UsageFault(`--var ${place}: "${text}" is no ${inner.name}. It is one of ${words.join(', ')}.`);
  }
  switch (inner.name) {
    case 'Int':
      return toNumber(text, /^-?\d+$/, `--var ${place}: "${text}" is no whole number.`);
    case 'Float':
      return toNumber(text, /^-?\d+(?:\.\d+)?(?:[eE][+-]?\d+)?$/, `--var ${place}: "${text}" is no number.`);
    case 'Boolean':
      if (text === 'true' || text === 'false') return text === 'true';
      throw new UsageFault(`--var ${place}: "${text}" is neither true nor false.`);
    default:
      return text;
  }
}

function toNumber(text: string, form: RegExp, problem: string): number {
  if (!form.test(text)) throw new UsageFault(problem);
  return Number(text);
}

function parseJson(text: string, place: string, expected: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch {
    throw new UsageFault(`--var ${place}: "${text}" is no value for it. Write ${expected}.`);
  }
}
