/** What is true: every field of every row, computed from names alone. */

import { rowCount, type Entity, type Field, type Model, type Required } from './model.ts';

/** An entity's row. */
export interface Row {
  readonly entity: Entity;
  readonly index: number;
}

/** An object without identity inside a row. */
export interface Value {
  readonly text: string;
}

export type True = string | Row | Value | readonly Row[];

export function rowOf(model: Model, name: string, index: number): Row {
  return { entity: model.entities.find((entity) => entity.name === name)!, index: index % rowCount };
}

/** The parts of keys, which every subgraph knows the same of. */
export function keyPart(row: Row, field: string): string | { readonly left: string; readonly right: string } {
  const { entity, index } = row;
  if (field === 'pair') return { left: `${entity.name}-left-${index % 2}`, right: `${entity.name}-right-${index}` };
  return `${entity.name}-${field}-${index}`;
}

/** The truth about one field of a row, asked with this argument. */
export function truthOf(model: Model, row: Row, field: Field, n: number | null): True {
  const { entity, index } = row;
  const asked = `${entity.name}${index}.${field.name}(${n ?? ''})`;
  switch (field.kind) {
    case 'leaf':
      return asked;
    case 'value':
      return { text: asked };
    case 'one':
      return rowOf(model, field.to!, index + (n ?? 0) + 1);
    case 'many':
      return Array.from({ length: n ?? 2 }, (_, step) => rowOf(model, field.to!, index + step));
    case 'computed':
      return computed(asked, field.requires!, requiredOf(model, row, field.requires!));
  }
}

export function truthOfValue(value: Value, name: string, n: number | null): string {
  return `${value.text}.${name}(${n ?? ''})`;
}

/** What a computed field makes of what it was given; what it was not given is seen in it. */
export function computed(asked: string, requires: readonly Required[], given: unknown): string {
  return `${asked}<${read(requires, given)}>`;
}

function read(requires: readonly Required[], given: unknown): string {
  if (Array.isArray(given)) return `[${given.map((item) => read(requires, item)).join(' ')}]`;
  const own = (given ?? {}) as Readonly<Record<string, unknown>>;
  return requires
    .map(({ field, below }) => {
      const value = own[field];
      return `${field}=${below ? `{${read(below, value)}}` : String(value)}`;
    })
    .join(' ');
}

function requiredOf(model: Model, row: Row, requires: readonly Required[]): Readonly<Record<string, unknown>> {
  return Object.fromEntries(
    requires.map(({ field: name, n, below }) => {
      if (name === 'id') return [name, keyPart(row, name)];
      const field = row.entity.fields.find((own) => own.name === name)!;
      const value = truthOf(model, row, field, n);
      return [name, below ? requiredBelow(model, value, below) : value];
    }),
  );
}

function requiredBelow(model: Model, value: True, below: readonly Required[]): unknown {
  if (Array.isArray(value)) return (value as readonly Row[]).map((row) => requiredOf(model, row, below));
  if (typeof value === 'object' && 'text' in value) {
    return Object.fromEntries(below.map(({ field, n }) => [field, truthOfValue(value, field, n)]));
  }
  return requiredOf(model, value as Row, below);
}
