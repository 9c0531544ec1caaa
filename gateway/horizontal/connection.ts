/** A member's connection as the hub reads it: by the fields that it asks for itself. */

import { hiddenKey } from './hidden.ts';

export type Connection = Record<string, unknown>;
export type Edge = Record<string, unknown>;

/** Whether a member's value is a page whose rows have places and that says whether there are more. */
export function isConnection(value: unknown): value is Connection {
  if (typeof value !== 'object' || value === null) return false;
  const edges: unknown = edgesOf(value as Connection);
  const info = (value as Connection)[hiddenPageInfo] as { hasNextPage?: unknown } | null | undefined;
  return Array.isArray(edges) && edges.every(isEdge) && typeof info?.hasNextPage === 'boolean';
}

/**
 * The edges that carry the hub's own keys: the hub asks for edges of its own wherever a client's selection has none that
 * it can rely on, and then those are there in every case; else the client's are.
 */
export function edgesOf(connection: Connection): readonly Edge[] {
  return (connection[hiddenEdges] ?? connection['edges']) as readonly Edge[];
}

/** The row that carries the hub's own keys, likewise. */
export function nodeOf(edge: Edge): unknown {
  return edge[hiddenNode] ?? edge['node'];
}

/** The cursor of an edge, as its member gave it. */
export function cursorOf(edge: Edge): string {
  return edge[hiddenCursor] as string;
}

/** Whether the member has more rows behind these. */
export function hasNextPage(connection: Connection): boolean {
  return (connection[hiddenPageInfo] as { hasNextPage: boolean }).hasNextPage;
}

/** Reads the key of an edge's row: of one form for the same key, null where it is not whole. */
export function compileKey(keyFields: readonly string[]): (edge: Edge) => string | null {
  const keyOf = compileRowKey(keyFields.map(hiddenKey));
  return (edge) => keyOf(nodeOf(edge) as Edge | null | undefined);
}

/** Reads the key that stands under these names, in that form; null where a part of it is no scalar, whoever may have sent that. */
export function compileRowKey(
  names: readonly string[],
): (row: Readonly<Record<string, unknown>> | null | undefined) => string | null {
  const [only] = names;
  return (row) => {
    const value = only === undefined ? null : row?.[only];
    // Nearly every key is one text.
    if (names.length === 1 && typeof value === 'string') return value;
    const values = names.map((name) => row?.[name]);
    return values.length > 0 && values.every(isScalar) ? JSON.stringify(values) : null;
  };
}

function isScalar(value: unknown): boolean {
  return typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean';
}

function isEdge(edge: unknown): boolean {
  return typeof edge === 'object' && edge !== null && typeof (edge as Edge)[hiddenCursor] === 'string';
}

const hiddenEdges = hiddenKey('edges');
const hiddenNode = hiddenKey('node');
const hiddenCursor = hiddenKey('cursor');
const hiddenPageInfo = hiddenKey('pageInfo');
