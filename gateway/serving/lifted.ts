/**
 * A hub above asks with the hub's own reserved names, which here have a meaning of their own. They go through under names
 * that the question does not use, and come back in the answer.
 */

import { Kind, visit, type DocumentNode } from 'graphql';

import type { Answer } from '../../common/wire.ts';
import { hiddenPrefix } from '../horizontal/hidden.ts';

export interface Lifted {
  readonly document: DocumentNode;
  /** What stands for the reserved prefix. */
  readonly prefix: string;
}

/** The same question without reserved names. */
export function lift(document: DocumentNode): Lifted {
  const prefix = unusedPrefix(namesIn(document));
  const renamed = visit(document, {
    Field(node) {
      if (!node.alias?.value.startsWith(hiddenPrefix)) return undefined;
      return { ...node, alias: { ...node.alias, value: lifted(node.alias.value, prefix) } };
    },
    Variable(node) {
      if (!node.name.value.startsWith(hiddenPrefix)) return undefined;
      return { ...node, name: { ...node.name, value: lifted(node.name.value, prefix) } };
    },
  });
  return { document: renamed, prefix };
}

function lifted(name: string, prefix: string): string {
  return name.startsWith(hiddenPrefix) ? prefix + name.slice(hiddenPrefix.length) : name;
}

/** Variables as the lifted question names them. */
export function liftVariables(variables: Readonly<Record<string, unknown>>, prefix: string): Record<string, unknown> {
  // One that comes under such a name already is none of the question's.
  return Object.fromEntries(
    Object.entries(variables).flatMap(([name, value]) =>
      name.startsWith(prefix) ? [] : [[lifted(name, prefix), value]],
    ),
  );
}

/** The answer with the names that the hub above knows, in keys and in paths. */
export function lower({ data, errors, extensions }: Answer, prefix: string): Answer {
  const text = (path: unknown) => (typeof path === 'string' ? path.replaceAll(prefix, hiddenPrefix) : path);
  const texts = (paths: unknown) => (Array.isArray(paths) ? paths.map(text) : paths);
  const coverage = extensions?.['coverage'] as readonly Readonly<Record<string, unknown>>[] | undefined;
  return {
    ...(data !== undefined && { data: lowered(data, prefix) as typeof data }),
    ...(errors && {
      errors: errors.map((error) => ({
        ...error,
        ...(error.path && { path: texts(error.path) as typeof error.path }),
        extensions: {
          ...error.extensions,
          ...(error.extensions?.['paths'] != null && { paths: texts(error.extensions['paths']) }),
        },
      })),
    }),
    ...(extensions && {
      extensions: {
        ...extensions,
        ...(coverage && {
          coverage: coverage.map((own) => ({ ...own, path: text(own['path']) })),
        }),
      },
    }),
  };
}

function lowered(value: unknown, prefix: string): unknown {
  if (Array.isArray(value)) return value.map((item) => lowered(item, prefix));
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value).map(([key, own]) => [
      key.startsWith(prefix) ? hiddenPrefix + key.slice(prefix.length) : key,
      lowered(own, prefix),
    ]),
  );
}

function namesIn(document: DocumentNode): Set<string> {
  const names = new Set<string>();
  visit(document, {
    enter(node) {
      if (node.kind === Kind.NAME) names.add(node.value);
    },
  });
  return names;
}

function unusedPrefix(names: ReadonlySet<string>): string {
  for (let depth = 1; ; depth += 1) {
    const prefix = `above${depth}_`;
    if (![...names].some((name) => name.includes(prefix))) return prefix;
  }
}
