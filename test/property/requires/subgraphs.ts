/** A random federation as subgraphs: SDL, and programs that read no key but those they promise to read. */

import type { Small } from '../../support/small-federation.ts';
import { rowCount, type Entity, type Field, type Graph, type Key, type Model, type Required } from './model.ts';
import { computed, keyPart, rowOf, truthOf, truthOfValue, type Row, type True, type Value } from './truth.ts';

/** What a subgraph holds of an entity: the row, and what came with the representation. */
interface Held {
  readonly row: Row;
  readonly given: Readonly<Record<string, unknown>>;
}

interface Arguments {
  readonly n?: number | null;
}

export function toSubgraphs(model: Model): readonly Small[] {
  return model.graphs.map((graph) => ({ name: graph, sdl: sdlOf(model, graph), resolvers: resolversOf(model, graph) }));
}

/** Where fields stand that a subgraph has from others only to require them. */
function externalsOf(model: Model, graph: Graph): ReadonlySet<string> {
  const externals = new Set<string>();
  const collect = (entity: Entity, requires: readonly Required[]) => {
    for (const { field: name, below } of requires) {
      const field = entity.fields.find((own) => own.name === name);
      if (!field) continue;
      if (!field.graphs.includes(graph)) externals.add(`${entity.name}.${name}`);
      const to = model.entities.find((own) => own.name === field.to);
      if (to && below) collect(to, below);
    }
  };
  for (const entity of model.entities) {
    for (const field of entity.fields) if (field.graphs.includes(graph)) collect(entity, field.requires ?? []);
  }
  return externals;
}

function sdlOf(model: Model, graph: Graph): string {
  const externals = externalsOf(model, graph);
  const types = model.entities.map((entity) => {
    const keys = entity.keys.filter((key) => key.graph === graph);
    const parts = keys.map(({ fields }) => fields).join(' ');
    const fields = entity.fields.flatMap((field) => {
      const isExternal = externals.has(`${entity.name}.${field.name}`);
      if (!isExternal && !field.graphs.includes(graph)) return [];
      const directives = [
        isExternal ? '@external' : field.graphs.length > 1 ? '@shareable' : '',
        !isExternal && field.requires ? `@requires(fields: ${JSON.stringify(printed(field.requires))})` : '',
      ];
      return [`${field.name}${field.hasArgument ? '(n: Int)' : ''}: ${typeOf(field)} ${directives.join(' ')}`];
    });
    return `type ${entity.name} ${keys.map(keyText).join(' ')} {
      id: ID! @shareable
      ${parts.includes('code') ? 'code: ID! @shareable' : ''}
      ${parts.includes('pair') ? 'pair: Pair! @shareable' : ''}
      ${fields.join('\n')}
    }`;
  });
  const roots = model.entities
    .filter((entity) => entity.roots.includes(graph))
    .map(({ name }) => `${rootOf(name, graph)}(n: Int): [${name}]`);
  return `type Query { ${roots.join(' ')} nothingOf_${graph}: ID }
    type Pair @shareable { left: ID! right: ID! }
    type Value @shareable { plain: String sized(n: Int): String }
    ${types.join('\n')}`;
}

export function rootOf(name: string, graph: Graph): string {
  return `all${name}_${graph}`;
}

function keyText({ fields, isResolvable }: Key): string {
  return `@key(fields: "${fields}"${isResolvable ? '' : ', resolvable: false'})`;
}

function typeOf({ kind, to }: Field): string {
  if (kind === 'value') return 'Value';
  if (kind === 'one') return to!;
  return kind === 'many' ? `[${to}]` : 'String';
}

function printed(requires: readonly Required[]): string {
  return requires
    .map(({ field, n, below }) => `${field}${n === null ? '' : `(n: ${n})`}${below ? ` { ${printed(below)} }` : ''}`)
    .join(' ');
}

function resolversOf(model: Model, graph: Graph): Small['resolvers'] {
  const types = model.entities.map((entity) => {
    const keys = entity.keys.filter((key) => key.graph === graph && key.isResolvable);
    const fields = entity.fields
      .filter((field) => field.graphs.includes(graph))
      .map((field) => [field.name, resolverOf(model, field)] as const);
    const parts = ['id', 'code', 'pair'].map((part) => [part, ({ row }: Held) => keyPart(row, part)] as const);
    const reference = (given: Readonly<Record<string, unknown>>): Held | null => {
      const row = Array.from({ length: rowCount }, (_, index) => ({ entity, index })).find((own) =>
        keys.some((key) => isNamedBy(own, key, given)),
      );
      return row ? { row, given } : null;
    };
    return [
      entity.name,
      Object.fromEntries<unknown>([...parts, ...fields, ['__resolveReference', reference] as const]),
    ] as const;
  });
  const value = Object.fromEntries(
    ['plain', 'sized'].map((name) => [name, (own: Value, { n }: Arguments) => truthOfValue(own, name, n ?? null)]),
  );
  const roots = model.entities
    .filter((entity) => entity.roots.includes(graph))
    .map(({ name }) => [
      rootOf(name, graph),
      (_: unknown, { n }: Arguments) => rowsOf(model, name, n ?? null).map(toHeld),
    ]);
  return Object.fromEntries([...types, ['Value', value], ['Query', Object.fromEntries(roots)]]);
}

function resolverOf(model: Model, field: Field) {
  return ({ row, given }: Held, { n = null }: Arguments): True | Held | readonly Held[] => {
    const asked = `${row.entity.name}${row.index}.${field.name}(${n ?? ''})`;
    if (field.kind === 'computed') return computed(asked, field.requires!, given);
    const value = truthOf(model, row, field, n);
    if (field.kind === 'many') return (value as readonly Row[]).map(toHeld);
    return field.kind === 'one' ? toHeld(value as Row) : value;
  };
}

function toHeld(row: Row): Held {
  return { row, given: {} };
}

/** The rows that a root field gives. */
export function rowsOf(model: Model, name: string, n: number | null): readonly Row[] {
  return Array.from({ length: n ?? rowCount }, (_, index) => rowOf(model, name, index));
}

function isNamedBy(row: Row, { fields }: Key, given: Readonly<Record<string, unknown>>): boolean {
  const pair = keyPart(row, 'pair') as Readonly<Record<string, string>>;
  const givenPair = (given['pair'] ?? {}) as Readonly<Record<string, unknown>>;
  const isPart = (part: string) =>
    part === 'left' || part === 'right' ? givenPair[part] === pair[part] : given[part] === keyPart(row, part);
  return (fields.match(/\w+/g) ?? []).filter((part) => part !== 'pair').every(isPart);
}
