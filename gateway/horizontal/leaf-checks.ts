/** Whether a value of an answer is of a leaf type, in the form in which it travels. */

import { isEnumType, type GraphQLLeafType } from 'graphql';

/** The check of one type. */
export function leafCheckOf(type: GraphQLLeafType): (value: unknown) => boolean {
  if (!isEnumType(type)) return checks.get(type.name) ?? isText;
  const names = new Set<unknown>(type.getValues().map((value) => value.name));
  return (value) => names.has(value);
}

/** Every text. */
export function isText(value: unknown): boolean {
  return typeof value === 'string';
}

const dayForm = /^\d{4}-\d{2}-\d{2}$/;
const momentForm = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}(:\d{2}(\.\d{1,9})?)?(Z|[+-]\d{2}:\d{2})$/;
const amountForm = /^-?\d{1,16}\.\d{2}$/;

const checks = new Map<string, (value: unknown) => boolean>([
  ['Int', (value) => Number.isInteger(value)],
  ['Float', (value) => typeof value === 'number' && Number.isFinite(value)],
  ['Boolean', (value) => typeof value === 'boolean'],
  ['ID', (value) => typeof value === 'string' || Number.isInteger(value)],
  ['Money', (value) => typeof value === 'string' && amountForm.test(value)],
  ['Date', (value) => typeof value === 'string' && dayForm.test(value)],
  ['DateTime', (value) => typeof value === 'string' && momentForm.test(value)],
]);
