/** Where a contract uses the directives, and what the uses say. */

import {
  getDirectiveValues,
  GraphQLError,
  Kind,
  parse,
  type FieldDefinitionNode,
  type GraphQLSchema,
  type ObjectTypeDefinitionNode,
  type SelectionSetNode,
} from 'graphql';

import type { MergeRule } from './directives.ts';
import { objectTypesOf } from './fields.ts';

/** How one field's values become one: the rule, and the field (or order) it goes by. */
export interface Merge {
  readonly by: MergeRule;
  readonly key: string | null;
}

/**
 * A field that is asked of every member not excluded. Paths are argument paths such as `filter.courts`, or lead through
 * what the field requires, such as `criteria.courts`.
 */
export interface Gather {
  readonly courts: readonly string[] | null;
  readonly keys: readonly string[] | null;
  readonly maxPage: number | null;
}

/** An entity and who holds its rows: one owner named by a key field, any member (null), or somebody else (`foreign`). */
export interface Entity {
  readonly name: string;
  readonly keyFields: readonly string[];
  readonly ownerKey: string | null;
  readonly foreign: boolean;
  /** Whether another subgraph keeps it too: a gathered field of it requires what that one says. */
  readonly keptElsewhere: boolean;
}

/** What a gathered field needs to know of its entity from another subgraph: paths to leaves, such as `criteria.stages`. */
export type Requirement = readonly (readonly string[])[];

/** The uses of the horizontal directives by coordinate, entities by type name, and uses that cannot be read. */
export interface Uses {
  readonly routes: ReadonlyMap<string, readonly string[]>;
  readonly gathers: ReadonlyMap<string, Gather>;
  readonly merges: ReadonlyMap<string, Merge>;
  /** The most items of lists whose length no argument says. */
  readonly bounds: ReadonlyMap<string, number>;
  /** Coordinates of fields that another subgraph gives. */
  readonly externals: ReadonlySet<string>;
  readonly requirements: ReadonlyMap<string, Requirement>;
  readonly entities: ReadonlyMap<string, Entity>;
  readonly errors: readonly GraphQLError[];
}

/** Reads every use in a schema that was built from SDL. */
export function readUses(schema: GraphQLSchema): Uses {
  const errors: GraphQLError[] = [];
  const read = (name: string, node: FieldDefinitionNode | ObjectTypeDefinitionNode | null | undefined): unknown => {
    const directive = schema.getDirective(name);
    if (!directive || !node) return undefined;
    try {
      return getDirectiveValues(directive, node);
    } catch (error) {
      if (!(error instanceof GraphQLError)) throw error;
      errors.push(new GraphQLError(`Directive "@${name}": ${error.message}`, { nodes: error.nodes ?? null }));
      return undefined;
    }
  };
  const routes = new Map<string, readonly string[]>();
  const gathers = new Map<string, Gather>();
  const merges = new Map<string, Merge>();
  const bounds = new Map<string, number>();
  const externals = new Set<string>();
  const requirements = new Map<string, Requirement>();
  const entities = new Map<string, Entity>();
  for (const type of objectTypesOf(schema)) {
    for (const field of Object.values(type.getFields())) {
      const coordinate = `${type.name}.${field.name}`;
      const route = read('route', field.astNode) as { by: string } | undefined;
      if (route) routes.set(coordinate, route.by.split('.'));
      const gather = read('gather', field.astNode) as GatherUse | undefined;
      if (gather) gathers.set(coordinate, toGather(gather));
      const merge = read('merge', field.astNode) as { by: MergeRule; key?: string } | undefined;
      if (merge) merges.set(coordinate, { by: merge.by, key: merge.key ?? null });
      const bounded = read('bounded', field.astNode) as { most: number } | undefined;
      if (bounded) bounds.set(coordinate, bounded.most);
      if (read('external', field.astNode)) externals.add(coordinate);
      const requires = read('requires', field.astNode) as { fields: string } | undefined;
      if (requires) requirements.set(coordinate, toRequirement(requires.fields, field.astNode, errors));
    }
    const owner = read('owner', type.astNode) as { key: string } | undefined;
    const key = read('key', type.astNode) as { fields: string; resolvable: boolean } | undefined;
    if (!key) continue;
    entities.set(type.name, {
      name: type.name,
      keyFields: key.fields.split(/[\s,]+/).filter((name) => name !== ''),
      ownerKey: owner?.key ?? null,
      foreign: !key.resolvable,
      keptElsewhere: Object.keys(type.getFields()).some((field) => requirements.has(`${type.name}.${field}`)),
    });
  }
  return { routes, gathers, merges, bounds, externals, requirements, entities, errors };
}

interface GatherUse {
  readonly courts?: string;
  readonly keys?: string;
  readonly maxPage?: number;
}

function toGather(gather: GatherUse): Gather {
  return {
    courts: gather.courts?.split('.') ?? null,
    keys: gather.keys?.split('.') ?? null,
    maxPage: gather.maxPage ?? null,
  };
}

/** The leaves that a selection such as `criteria { stages courts }` names; what is no plain selection is an error. */
function toRequirement(
  fields: string,
  node: FieldDefinitionNode | null | undefined,
  errors: GraphQLError[],
): Requirement {
  const fail = (reason: string): Requirement => {
    errors.push(new GraphQLError(`Directive "@requires": "${fields}" ${reason}.`, { nodes: node ?? null }));
    return [];
  };
  try {
    const [operation] = parse(`{ ${fields} }`, { noLocation: true }).definitions;
    if (operation?.kind !== Kind.OPERATION_DEFINITION) return fail('is no selection of fields');
    return leavesOf(operation.selectionSet) ?? fail('has to name fields without aliases, arguments and fragments');
  } catch (error) {
    if (!(error instanceof GraphQLError)) throw error;
    return fail('is no selection of fields');
  }
}

/** The paths to the leaves of a plain selection; undefined when it has aliases, arguments or fragments. */
export function leavesOf(set: SelectionSetNode): Requirement | undefined {
  const leaves: (readonly string[])[] = [];
  for (const selection of set.selections) {
    if (selection.kind !== Kind.FIELD || selection.alias || selection.arguments?.length) return undefined;
    const { name, selectionSet } = selection;
    const inner = selectionSet ? leavesOf(selectionSet) : [[]];
    if (!inner) return undefined;
    leaves.push(...inner.map((path) => [name.value, ...path]));
  }
  return leaves;
}
