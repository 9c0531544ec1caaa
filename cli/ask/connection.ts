/** Connections without their wrapping: `edges { node { … } }` becomes the rows themselves. */

import { isObject } from './json.ts';
import type { Shape } from './shape.ts';

/** Whether a shape is a connection: a list `edges` of objects with a `node`. */
export function isConnection({ isList, fields }: Shape): boolean {
  return !isList && edgesOf(fields) !== undefined;
}

/** The shape of a connection's rows: the node's fields, then what else stood on the edge, but for its cursor. */
export function toRowShape({ fields }: Shape): Shape {
  const edges = edgesOf(fields)!;
  const node = nodeOf(edges)!;
  const taken = new Set(node.fields!.map(({ key }) => key));
  const own = edges.fields!.filter(({ key }) => key !== node.key && key !== 'cursor' && !taken.has(key));
  return { ...edges, type: node.type, fields: [...node.fields!, ...own] };
}

/** The rows of a connection's value; null when it is null. */
export function toRows(value: unknown): readonly unknown[] | null {
  if (!isObject(value) || !Array.isArray(value['edges'])) return null;
  return (value['edges'] as unknown[]).map((edge) => {
    if (!isObject(edge)) return null;
    return isObject(edge['node']) ? { ...edge, ...edge['node'] } : null;
  });
}

function edgesOf(fields: readonly Shape[] | null): Shape | undefined {
  return fields?.find((field) => field.key === 'edges' && field.isList && nodeOf(field) !== undefined);
}

function nodeOf({ fields }: Shape): Shape | undefined {
  return fields?.find((field) => field.key === 'node' && !field.isList && field.fields !== null);
}
