/** The check of whole answers to one prepared question: its root fields, or the entities it asks for. */

import { getOperationAST, type DocumentNode, type GraphQLObjectType, type GraphQLSchema } from 'graphql';

import {
  compileConformance,
  compileFieldConformance,
  type Conform,
  type ConformanceScope,
  type Tell,
} from './conformance.ts';
import { FailedValue } from './failed.ts';
import { compileFieldGlance, compileGlance, type Glance } from './glance.ts';
import { hiddenKey } from './hidden.ts';
import { collectFields, fragmentsOf, subselectionsOf, type Variables } from './selection.ts';

/** Takes out of an answer's data what does not conform to the question. */
export type CheckAnswer = (
  data: Record<string, unknown>,
  rootKeys: readonly string[],
  variables: Variables,
  tell: Tell,
) => void;

/** Compiles the check. `typeNames` are the entity types that the question may ask for. */
export function compileAnswerCheck(
  schema: GraphQLSchema,
  question: DocumentNode,
  typeNames: readonly string[],
  options: { readonly wholeValues?: boolean } = {},
): CheckAnswer {
  const operation = getOperationAST(question)!;
  const scope: ConformanceScope = {
    schema,
    fragments: fragmentsOf(question),
    ...(options.wholeValues && { entityNames: new Set(typeNames) }),
  };
  const rootType = schema.getRootType(operation.operation)!;
  const roots = collectFields(scope, rootType, [{ set: operation.selectionSet, conditions: [] }]);
  const entities = roots.find((root) => root.name === '_entities');
  if (entities) {
    const checks = new Map(typeNames.map((name) => [name, compileEntityCheck(scope, name, subselectionsOf(entities))]));
    return (data, _, variables, tell) => checkEntities(checks, data, variables, tell);
  }
  const byKey = new Map(
    roots.map((root) => [
      root.key,
      { glance: compileFieldGlance(scope, rootType, root), check: compileFieldConformance(scope, rootType, root) },
    ]),
  );
  return (data, rootKeys, variables, tell) => {
    for (const key of rootKeys) {
      const root = byKey.get(key);
      if (root?.glance?.(data[key])) continue;
      const told: Parameters<Tell>[] = [];
      root?.check(data, variables, (...what) => told.push(what));
      if (data[key] === undefined) data[key] = new FailedValue('UNREACHABLE', 'GARBLED');
      else for (const [field, reason] of told) tell(field, reason, key);
    }
  };
}

interface EntityCheck {
  readonly glance: Glance | null;
  readonly check: Conform;
}

function compileEntityCheck(
  scope: ConformanceScope,
  typeName: string,
  sets: Parameters<typeof compileConformance>[2],
): EntityCheck {
  const type = scope.schema.getType(typeName) as GraphQLObjectType;
  return { glance: compileGlance(scope, type, sets), check: compileConformance(scope, type, sets) };
}

function checkEntities(
  checks: ReadonlyMap<string, EntityCheck>,
  data: Record<string, unknown>,
  variables: Variables,
  tell: Tell,
): void {
  const list = data['_entities'];
  if (!Array.isArray(list)) return;
  const entities = list as unknown[];
  let place = 0;
  const tellOfEntity: Tell = (field, reason, rootKey) => tell(field, reason, rootKey, place);
  for (; place < entities.length; place += 1) {
    const entity = entities[place];
    if (typeof entity !== 'object' || entity === null || entity instanceof FailedValue) continue;
    const own = entity as Record<string, unknown>;
    const asked = checks.get(String(own[echoedType]));
    if (!asked || asked.glance?.(own)) continue;
    if (!asked.check(own, variables, tellOfEntity)) entities[place] = new FailedValue('UNREACHABLE', 'GARBLED');
  }
}

const echoedType = hiddenKey('__typename');
