/** Compiles how the objects of several members become one: field by field, each by its rule (horizontal rules, 8). */

import { getNamedType, type GraphQLObjectType } from 'graphql';

import { isListField, objectOf } from '../../schema/horizontal/contract.ts';
import { madeByHub } from '../../schema/horizontal/refusals.ts';
import { sourceOf, titleOf } from '../members.ts';
import { disputed, FailedValue } from './failed.ts';
import { compileGathered } from './gathered-field.ts';
import { isOrderKeyOf, orderKeyOf } from './hidden.ts';
import { any, all, firstBy, least, same, sum } from './leaf-rules.ts';
import {
  noRows,
  partsOf,
  type CompileScope,
  type Merge,
  type MergeScope,
  type Part,
  type SelectionSets,
} from './merge.ts';
import { isCovered } from './question.ts';
import { collectFields, isIncluded, subselectionsOf, type CollectedField } from './selection.ts';
import { compileUnion } from './union.ts';

/** Compiles the merge of an object type's selected fields. Members whose object is null do not know it. */
export function compileObject(scope: CompileScope, type: GraphQLObjectType, sets: SelectionSets): Merge {
  const fields = collectFields(scope, type, sets)
    .filter((field) => !(isCovered(type) && madeByHub.has(field.name)))
    .map((field, _, all) => ({ field, merge: compileField(scope, type, field, all) }));
  return (parts, mergeScope) => {
    const known = parts.filter((part) => part.value != null && !(part.value instanceof FailedValue));
    if (known.length === 0) return null;
    const result: Record<string, unknown> = {};
    for (const { field, merge } of fields) {
      if (!isIncluded(field, mergeScope.variables)) continue;
      result[field.key] = merge(known, { ...mergeScope, path: [...mergeScope.path, field.key] });
    }
    return result;
  };
}

/** The merge of one field, given the objects that hold it; `beside` are all that are asked of such an object. */
function compileField(
  scope: CompileScope,
  type: GraphQLObjectType,
  field: CollectedField,
  beside: readonly CollectedField[],
): Merge {
  if (field.name === '__typename') return () => type.name;
  if (scope.contract.gatherOf(type.name, field.name)) {
    const gathered = compileGathered(scope, type, field);
    return (objects, own) => gathered(partsOf(objects, field.key), own);
  }
  const rule = scope.contract.mergeOf(type.name, field.name);
  if (rule?.by === 'FIRST_BY') {
    const orderKey = orderKeyOf(rule.key!, field.key);
    const first = firstBy(field.key, orderKey, getNamedType(type.getFields()[rule.key!]!.type));
    return (objects, own) => {
      reportFailures(partsOf(objects, field.key), field.name, own);
      // Without what it goes by, a value may lose to one that it should have beaten.
      reportFailures(partsOf(objects, orderKey), rule.key!, own);
      return first(objects, own);
    };
  }
  return compileOrder(scope, type, field, beside) ?? compilePlain(scope, type, field);
}

/** A field whose values have nothing to do with other fields of their object. */
function compilePlain(scope: CompileScope, type: GraphQLObjectType, field: CollectedField): Merge {
  const merge = compileValue(scope, type, field);
  const isObject = isSingleObject(type, field);
  const isKey = scope.contract.entities.get(type.name)?.keyFields.includes(field.name) ?? false;
  return (objects, own) => {
    if (isObject && objects[0] === noRows) return merge([noRows], own);
    const parts = partsOf(objects, field.key);
    reportFailures(parts, field.name, own);
    const value = merge(parts, own);
    // An entity nobody gave is still the one that was asked for.
    return value === null && isKey && own.known?.['__typename'] === type.name ? own.known[field.name] : value;
  };
}

/** What a hub above orders a value by: not the greatest key there is, but that of the value which it is given. */
function compileOrder(
  scope: CompileScope,
  type: GraphQLObjectType,
  field: CollectedField,
  beside: readonly CollectedField[],
): Merge | null {
  const ordered = beside.find(({ name, key }) => {
    const rule = scope.contract.mergeOf(type.name, name);
    return rule?.by === 'FIRST_BY' && rule.key === field.name && isOrderKeyOf(field.key, field.name, key);
  });
  if (!ordered) return null;
  const own = getNamedType(type.getFields()[field.name]!.type);
  const order = firstBy(ordered.key, orderKeyOf(field.name, ordered.key), own, 'order');
  const plain = compilePlain(scope, type, field);
  return (objects, mergeScope) => (mergeScope.members.isPart ? order : plain)(objects, mergeScope);
}

/** The merge of one field's values by its rule, or by its type. */
export function compileValue(scope: CompileScope, type: GraphQLObjectType, field: CollectedField): Merge {
  const definition = type.getFields()[field.name]!;
  const rule = scope.contract.mergeOf(type.name, field.name);
  const named = getNamedType(definition.type);
  if (rule?.by === 'UNION') return compileUnion(scope, definition, field, rule);
  if (isSingleObject(type, field)) return scope.compileObject(objectOf(definition)!, subselectionsOf(field));
  switch (rule?.by) {
    case 'SUM':
      return sum(named);
    case 'MIN':
      return least(named, 1);
    case 'MAX':
      return least(named, -1);
    case 'ANY':
      return any;
    case 'ALL':
      return all;
    default:
      return same;
  }
}

function isSingleObject(type: GraphQLObjectType, field: CollectedField): boolean {
  const definition = type.getFields()[field.name]!;
  return objectOf(definition) !== undefined && !isListField(definition);
}

function reportFailures(parts: readonly Part[], fieldName: string, own: MergeScope): void {
  for (const { member, value } of parts) {
    if (!(value instanceof FailedValue) || value.reason === disputed) continue;
    own.ledger.report({
      code: 'UPSTREAM_ERROR',
      message: `${titleOf(own.members, member)} left out ${fieldName}.`,
      path: own.path,
      source: sourceOf(own.members, member),
      facts: { reason: 'MISSING_VALUES' },
    });
  }
}
