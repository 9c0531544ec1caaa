/** What a subgraph is told of the objects it is asked about, built by generated code, each once. */

import type { FetchDataRewrite, QueryPlanSelectionNode } from '@apollo/query-planner';
import { isObjectType, type GraphQLSchema } from 'graphql';

import { evaluated, property, reading } from '../../generated-code.ts';
import { laterWriter, knownJson, type JsonShape } from '../../json/writer.ts';
import type { Row } from './places.ts';
import { compileRewrites } from './rewrites.ts';
import { isOfType } from './types.ts';
import { unite } from './unite.ts';

/** Representations, and for each object the place of its own among them; -1 when nothing can be told of it. */
export interface Told {
  readonly representations: readonly Row[];
  readonly placeOf: readonly number[];
  /** What is known of objects that the fetch is about and of which nothing can be told: their types, and leaves at the top. */
  readonly untold: readonly Row[];
}

/** Builds one; undefined when something that it needs is absent: what failed is not told as null. */
type Build = (source: Row) => Row | undefined;

type Selections = readonly QueryPlanSelectionNode[];
type FieldNode = Extract<QueryPlanSelectionNode, { kind: 'Field' }>;

/** For what a fetch requires of each object. */
export function compileRepresentations(
  schema: GraphQLSchema,
  requires: Selections,
  rewrites: readonly FetchDataRewrite[] | undefined,
): (rows: readonly Row[]) => Told {
  const build = compileBuild(schema, requires);
  const rewrite = compileRewrites(schema, rewrites);
  const nameOf = compileName(requires);
  const knownOf = compileKnown(schema, requires);
  const shape = rewrite ? null : representationJson(schema, requires);
  const writer = shape && laterWriter(() => ({ kind: 'list', item: shape }));
  return (rows) => {
    const representations: Row[] = [];
    const places = new Map<string, number>();
    const placeOf: number[] = [];
    const untold: Row[] = [];
    for (const row of rows) {
      const own = build(row);
      if (!own?.['__typename']) {
        const known = knownOf(row);
        if (known) {
          rewrite?.(known);
          untold.push(known);
        }
        placeOf.push(-1);
        continue;
      }
      rewrite?.(own);
      let name = nameOf(own);
      let place = places.get(name);
      // Two accounts of one entity are two representations: whether they agree is for the source to judge.
      while (place !== undefined && !isSame(representations[place]!, own)) place = places.get((name += '\u0000'));
      if (place === undefined) {
        place = representations.push(own) - 1;
        places.set(name, place);
      }
      placeOf.push(place);
    }
    const write = writer?.();
    if (write) knownJson.keep(representations, write);
    return { representations, placeOf, untold };
  };
}

/** How representations are written that are all built in one way; null where their types decide. */
function representationJson(schema: GraphQLSchema, requires: Selections): JsonShape | null {
  const [only, ...others] = requires;
  if (only?.kind !== 'InlineFragment') return fieldsJson(requires);
  const type = schema.getType(only.typeCondition ?? '');
  return others.length === 0 && isObjectType(type) ? fieldsJson(only.selections) : null;
}

/** What is below may be objects or lists of them. */
function fieldsJson(selections: Selections): JsonShape | null {
  if (selections.length === 0 || !selections.every((one) => one.kind === 'Field')) return null;
  const fields = selections.map(({ alias, name, selections: below }) => ({
    key: alias ?? name,
    value: (below && fieldsJson(below)) ?? { kind: 'value' as const },
  }));
  return { kind: 'object', fields };
}

/** The leaves at the top of an object, as far as they are there; null for one of a type that nothing is required of. */
function compileKnown(schema: GraphQLSchema, requires: Selections): (row: Row) => Row | null {
  const keysByType = new Map<string, readonly string[]>();
  return (row) => {
    const typeName = row['__typename'];
    if (typeof typeName !== 'string' || !schema.getType(typeName)) return null;
    const keys =
      keysByType.get(typeName) ??
      partsFor(schema, requires, typeName)
        .flat()
        .flatMap(({ alias, name, selections }) => (selections ? [] : [alias ?? name]));
    keysByType.set(typeName, keys);
    if (!keys.includes('__typename')) return null;
    return Object.fromEntries(keys.flatMap((key) => (row[key] === undefined ? [] : [[key, row[key]]])));
  };
}

/** Most objects that share a name are the same; those that are differ nowhere. */
function isSame(known: Row, own: Row): boolean {
  return JSON.stringify(known) === JSON.stringify(own);
}

/** The leaves at the top as one text: a first look, so that whole representations are hardly ever compared. */
function compileName(requires: Selections): (own: Row) => string {
  const keys = new Set(leavesOf(requires));
  const parts = [...keys].map((key) => reading('own', key));
  return evaluated(`return (own) => ${['""', ...parts].join(' + "\\u0001" + ')};`, {}) as (own: Row) => string;
}

function leavesOf(selections: Selections): string[] {
  return selections.flatMap((one) => {
    if (one.kind === 'InlineFragment') return leavesOf(one.selections);
    return one.selections ? [] : [one.alias ?? one.name];
  });
}

/** By the object's own type when what is required depends on it. */
function compileBuild(schema: GraphQLSchema, selections: Selections): Build {
  const others = compileParts(schema, selections, '');
  if (selections.every(({ kind }) => kind === 'Field')) return others;
  const byType = new Map<string, Build>();
  return (source) => {
    const typeName = source['__typename'];
    // Names that the schema does not know come from outside, and there is no end of them.
    if (typeof typeName !== 'string' || !schema.getType(typeName)) return others(source);
    let build = byType.get(typeName);
    if (!build) byType.set(typeName, (build = compileParts(schema, selections, typeName)));
    return build(source);
  };
}

/** Each fragment that applies is told as a whole or not at all: under a condition that does not hold nothing of it was fetched. */
function compileParts(schema: GraphQLSchema, selections: Selections, typeName: string): Build {
  const [first, ...others] = partsFor(schema, selections, typeName).map((fields) => compileLiteral(schema, fields));
  if (!first) return () => ({});
  if (others.length === 0) return first;
  return (source) => {
    let whole: Row | undefined;
    for (const build of [first, ...others]) {
      const part = build(source);
      if (part && whole) unite(whole, part);
      else whole ??= part;
    }
    return whole;
  };
}

/** The fields that are required of an object of this type: those that stand here, and those of each fragment. */
function partsFor(schema: GraphQLSchema, selections: Selections, typeName: string): FieldNode[][] {
  const own = selections.filter((one): one is FieldNode => one.kind === 'Field');
  const fragments = selections.flatMap((one) => {
    if (one.kind === 'Field' || one.typeCondition === undefined) return [];
    return isOfType(schema, typeName, one.typeCondition) ? partsFor(schema, one.selections, typeName) : [];
  });
  return own.length > 0 ? [own, ...fragments] : fragments;
}

function compileLiteral(schema: GraphQLSchema, fields: readonly FieldNode[]): Build {
  const lines: string[] = [];
  const properties: string[] = [];
  const builds: Build[] = [];
  for (const { alias, name: fieldName, selections } of fields) {
    const key = alias ?? fieldName;
    const name = `v${properties.length}`;
    lines.push(`let ${name} = ${reading('source', key)};`, `if (${name} === undefined) return undefined;`);
    if (selections) {
      const at = builds.push(compileBuild(schema, selections)) - 1;
      lines.push(`if (${name} !== null && (${name} = below(builds[${at}], ${name})) === undefined) return undefined;`);
    }
    properties.push(property(key, name));
  }
  const body = `return (source) => {\n${lines.join('\n')}\nreturn { ${properties.join(', ')} };\n};`;
  return evaluated(body, { builds, below }) as Build;
}

/** The same in a list, in lists of lists; undefined when any is. */
function below(build: Build, value: unknown): unknown {
  if (value === null) return null;
  if (!Array.isArray(value)) return typeof value === 'object' ? build(value as Row) : undefined;
  const items: unknown[] = [];
  for (const item of value as unknown[]) {
    const own = below(build, item);
    if (own === undefined) return undefined;
    items.push(own);
  }
  return items;
}
