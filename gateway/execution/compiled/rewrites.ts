/** What the planner wants changed in representations and answers: values that are set, keys that get other names. */

import type { FetchDataRewrite } from '@apollo/query-planner';
import type { GraphQLSchema } from 'graphql';

import { isRow, type Row } from './places.ts';
import { isOfType } from './types.ts';

export type Rewrite = (value: Row) => void;

const fragment = '... on ';

/** All rewrites of a fetch as one function; null when there are none. */
export function compileRewrites(
  schema: GraphQLSchema,
  rewrites: readonly FetchDataRewrite[] | undefined,
): Rewrite | null {
  const all = (rewrites ?? []).map((rewrite) => compileRewrite(schema, rewrite));
  if (all.length === 0) return null;
  return (value) => {
    for (const one of all) one(value);
  };
}

function compileRewrite(schema: GraphQLSchema, rewrite: FetchDataRewrite): Rewrite {
  const last = rewrite.path.at(-1);
  if (last === undefined) return () => undefined;
  const change: Rewrite =
    rewrite.kind === 'ValueSetter'
      ? (row) => void (row[last] = rewrite.setValueTo as unknown)
      : (row) => {
          const value = row[last];
          if (value == null) return;
          row[rewrite.renameKeyTo] = value;
          row[last] = undefined;
        };
  return rewrite.path.slice(0, -1).reduceRight<Rewrite>((below, step) => {
    if (step.startsWith(fragment)) {
      const condition = step.slice(fragment.length);
      // Who does not say what it is was asked under this condition alone.
      return (row) => {
        if (!row['__typename'] || isOfType(schema, row['__typename'], condition)) below(row);
      };
    }
    return (row) => everyRow(row[step], below);
  }, change);
}

function everyRow(value: unknown, apply: Rewrite): void {
  if (Array.isArray(value)) for (const item of value as unknown[]) everyRow(item, apply);
  else if (isRow(value)) apply(value);
}

/** A path that a subgraph gave, with the keys that its answer has after the rewrites. */
export function rewrittenPath(
  path: readonly (string | number)[],
  rewrites: readonly FetchDataRewrite[] | undefined,
): (string | number)[] {
  return (rewrites ?? []).reduce<(string | number)[]>(
    (own, rewrite) => {
      if (rewrite.kind !== 'KeyRenamer') return own;
      const keys = rewrite.path.filter((step) => !step.startsWith(fragment));
      const places = own.flatMap((step, place) => (typeof step === 'string' ? [place] : []));
      if (keys.length === 0 || !keys.every((key, index) => own[places[index] ?? -1] === key)) return own;
      return own.with(places[keys.length - 1]!, rewrite.renameKeyTo);
    },
    [...path],
  );
}
