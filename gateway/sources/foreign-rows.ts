/** Takes rows out of an answer that belong to somebody else, wherever they stand: they would speak for another's case. */

import { getNamedType, isObjectType, type DocumentNode, type GraphQLObjectType } from 'graphql';

import { FailedValue } from '../horizontal/failed.ts';
import { hiddenKey } from '../horizontal/hidden.ts';
import {
  collectFields,
  fragmentsOf,
  subselectionsOf,
  type CollectedField,
  type SelectionScope,
} from '../horizontal/selection.ts';
import type { OwnedTypes } from './owned-types.ts';

type Row = Record<string, unknown>;

/** How rows say whose they are: by the hidden keys that they echo. */
export interface Belonging {
  /** The hidden keys by which rows name their owner. */
  readonly ownerKeys: readonly string[];
  /** Of rows that are part of another (a party of its case): their key, and that of the other, which have to be the same. */
  readonly parts: readonly { readonly key: string; readonly whole: string }[];
}

/** Takes rows of other owners out of an answer, and answers whether there were any. Changes the answer in place. */
export type KeepOwnRows = (data: Row, own: OwnRows) => boolean;

export interface OwnRows {
  readonly belonging: Belonging;
  /** Whether a key names the one who answered. */
  readonly isOwn: (key: unknown) => boolean;
}

/** The response keys that lead to rows of an owner, however deep. What stands elsewhere was not asked for and goes in any case. */
type RowPlaces = readonly (readonly [key: string, inside: RowPlaces])[];

/**
 * Compiles it for the answers to a prepared question. A thing at the top that holds parts of another row is put in the place of a failure
 * as a whole: nobody can say whose its other values are. The things at the top themselves are for others to recognise.
 */
export function compileOwnRows(
  { schema, names, ownerKeyOf }: OwnedTypes,
  prepared: DocumentNode,
  rootType: GraphQLObjectType,
  roots: readonly CollectedField[],
): KeepOwnRows {
  const scope = { schema, fragments: fragmentsOf(prepared) };
  const entityField = roots.find(({ name }) => name === '_entities');
  if (!entityField) {
    const places = placesIn(scope, rootType, roots, ownerKeyOf);
    return (data, own) => {
      let dropped = false;
      for (const [key, inside] of places) {
        const found = keepAtTop(data[key], inside, own);
        if (found.mixedUp) data[key] = mixture();
        dropped ||= found.dropped;
      }
      return dropped;
    };
  }
  const placesOf = new Map(
    names.map((name) => {
      const type = schema.getType(name) as GraphQLObjectType;
      return [
        name,
        placesIn(scope, type, collectFields(scope, type, subselectionsOf(entityField)), ownerKeyOf),
      ] as const;
    }),
  );
  const hasAny = [...placesOf.values()].some((places) => places.length > 0);
  const echoedType = hiddenKey('__typename');
  return (data, own) => {
    const list = data['_entities'];
    if (!hasAny || !Array.isArray(list)) return false;
    const entities = list as unknown[];
    let dropped = false;
    for (let place = 0; place < entities.length; place += 1) {
      const entity = entities[place];
      if (!isRow(entity)) continue;
      const found = keepAtTop(entity, placesOf.get(entity[echoedType] as string) ?? [], own);
      if (found.mixedUp) entities[place] = mixture();
      dropped ||= found.dropped;
    }
    return dropped;
  };
}

function placesIn(
  scope: SelectionScope,
  type: GraphQLObjectType,
  fields: readonly CollectedField[],
  ownerKeyOf: OwnedTypes['ownerKeyOf'],
): RowPlaces {
  return fields.flatMap((field): [string, RowPlaces][] => {
    const definition = type.getFields()[field.name];
    const inner = definition && getNamedType(definition.type);
    if (!isObjectType(inner)) return [];
    const inside = placesIn(scope, inner, collectFields(scope, inner, subselectionsOf(field)), ownerKeyOf);
    return inside.length > 0 || ownerKeyOf(inner.name) !== null ? [[field.key, inside]] : [];
  });
}

/** What was found in one thing at the top. */
interface Finding {
  dropped: boolean;
  mixedUp: boolean;
}

function keepAtTop(top: unknown, places: RowPlaces, own: OwnRows): Readonly<Finding> {
  const finding = { dropped: false, mixedUp: false };
  if (Array.isArray(top)) keepInList(top as unknown[], places, own, nobody, finding);
  else if (isRow(top)) keepInside(top, places, own, nobody, finding);
  return finding;
}

function mixture(): FailedValue {
  return new FailedValue('UNREACHABLE', 'GARBLED');
}

function isRow(value: unknown): value is Row {
  return typeof value === 'object' && value !== null && !Array.isArray(value) && !(value instanceof FailedValue);
}

const nobody: Row = {};

function keepInside(row: Row, places: RowPlaces, own: OwnRows, around: Row, finding: Finding): void {
  const inner = isWhole(row, own) ? row : around;
  for (const [key, inside] of places) {
    const value = row[key];
    if (Array.isArray(value)) keepInList(value as unknown[], inside, own, inner, finding);
    else if (!isRow(value)) continue;
    else if (isForeign(value, own)) {
      row[key] = undefined;
      finding.dropped = true;
    } else keepRow(value, inside, own, inner, finding);
  }
}

function keepInList(list: unknown[], inside: RowPlaces, own: OwnRows, around: Row, finding: Finding): void {
  let kept = 0;
  for (const item of list) {
    if (isRow(item) && isForeign(item, own)) {
      finding.dropped = true;
      continue;
    }
    list[kept++] = item;
    if (Array.isArray(item)) keepInList(item as unknown[], inside, own, around, finding);
    else if (isRow(item)) keepRow(item, inside, own, around, finding);
  }
  if (kept < list.length) list.length = kept;
}

function keepRow(row: Row, inside: RowPlaces, own: OwnRows, around: Row, finding: Finding): void {
  for (const { key, whole } of own.belonging.parts) {
    if (row[key] != null && around[whole] != null && row[key] !== around[whole]) finding.mixedUp = true;
  }
  keepInside(row, inside, own, around, finding);
}

function isWhole(row: Row, { belonging }: OwnRows): boolean {
  for (const { whole } of belonging.parts) if (whole in row) return true;
  return false;
}

function isForeign(row: Row, { belonging, isOwn }: OwnRows): boolean {
  for (const name of belonging.ownerKeys) if (name in row && !isOwn(row[name])) return true;
  return false;
}
