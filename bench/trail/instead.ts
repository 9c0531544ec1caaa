/** Hooks of Node's module loader that put one module in the place of another; for `register` of `node:module`. */

import type { InitializeHook, ResolveHook } from 'node:module';

/** Addresses of two modules, as `import.meta.url` has them. */
export interface Instead {
  readonly of: string;
  readonly take: string;
}

let instead: Instead | null = null;

export const initialize: InitializeHook<Instead> = (data) => {
  instead = data;
};

export const resolve: ResolveHook = async (specifier, context, nextResolve) => {
  const resolved = await nextResolve(specifier, context);
  return resolved.url === instead?.of ? { ...resolved, url: instead.take } : resolved;
};
