/** Faults of a list of rows that are known by their keys: entities that were asked for, or the edges of a page. */

import type { Answer } from '../../../common/wire.ts';
import { wholeKey } from '../../../gateway/horizontal/whole-rows.ts';

export type Row = Record<string, unknown>;

/** Changes a list of at least two rows; what it gives takes the list's place. */
export type ListFault = (rows: Row[], fail: (index: number) => void) => readonly unknown[];

/** Faults that a well-meaning program may have, and that cost nothing where rows are asked for by key. */
export const harmless: Readonly<Record<string, ListFault>> = {
  'in another order': (rows) => rows.reverse(),
  'turned round by one': ([first, ...rest]) => [...rest, first],
  'each of them twice': (rows) => [...rows, ...rows],
};

/** Entities whose answers repeat nothing of their key: with two keys changed round they are as good as in another order. */
export const keysChangedRound = 'the keys of two changed round';

/** A null for an entity that no court owns says that this court does not know it. */
export const nullsWithoutError = ['null for one, without an error', 'null for all, without an error'];

/** Faults that take something away; `key` gives and takes the fields by which a row is known. */
export function lossesOf({ read, write }: KeyOfRow): Readonly<Record<string, ListFault>> {
  const swapped = (left: Row, right: Row) => {
    const [one, other] = [read(left), read(right)];
    return [write(left, other), write(right, one)];
  };
  return {
    'one of them missing': ([, ...rest]) => rest,
    'all of them missing': () => [],
    'null for one, without an error': ([, ...rest]) => [null, ...rest],
    'null for one, with an error': (rows, fail) => (fail(0), [null, ...rows.slice(1)]),
    'null for one, with an error that names another': (rows, fail) => (fail(1), [null, ...rows.slice(1)]),
    'null for all, without an error': (rows) => rows.map(() => null),
    'a text for one': ([, ...rest]) => ['a text', ...rest],
    'a list for one': ([first, ...rest]) => [[first], ...rest],
    'an empty object for one': ([, ...rest]) => [{}, ...rest],
    'one under a key that nobody asked for': ([first, ...rest]) => [write(first!, foreign(read(first!))), ...rest],
    'one more than was asked for': (rows) => [...rows, write(copy(rows[0]!), foreign(read(rows[0]!)))],
    'one under the key of another': ([first, second, ...rest]) => [write(first!, read(second!)), second, ...rest],
    'one without its key': ([first, ...rest]) => [
      write(
        first!,
        mapped(read(first!), () => undefined),
      ),
      ...rest,
    ],
    'one whose key is null': ([first, ...rest]) => [
      write(
        first!,
        mapped(read(first!), () => null),
      ),
      ...rest,
    ],
    'one whose key is a number': ([first, ...rest]) => [
      write(
        first!,
        mapped(read(first!), () => 7),
      ),
      ...rest,
    ],
    'another __typename': ([first, ...rest]) => [{ ...first, _nonet_typename: 'Court', __typename: 'Court' }, ...rest],
    'no __typename': ([first, ...rest]) => [{ ...first, _nonet_typename: null, __typename: null }, ...rest],
    'one twice, with other values': (rows) => [...rows, blurred(copy(rows[0]!), read(rows[0]!))],
    'one twice, the other values first': (rows) => [blurred(copy(rows[0]!), read(rows[0]!)), ...rows],
    'one twice, once with an error': (rows, fail) => (fail(rows.length), [...rows, null]),
    [keysChangedRound]: ([first, second, ...rest]) => [...swapped(first!, second!), ...rest],
  };
}

/** Further faults of rows in a page, which show their keys to the client. */
export const lossesOfEdges: Readonly<Record<string, ListFault>> = {
  'one that shows the number of another': ([first, second, ...rest]) => [shown(first!, second!), second, ...rest],
  'one that shows a number of another court': ([first, ...rest]) => [
    { ...first, node: { ...(first!['node'] as Row), number: '（2017）苏0324执1号' } },
    ...rest,
  ],
  'one twice, under another cursor': ([first, ...rest]) => [first, ...rest, { ...first, _nonet_cursor: '_w' }],
  'one twice, with other values under another cursor': (rows) => [
    ...rows,
    { ...blurred(copy(rows[0]!), { _nonet_number: 0 }), _nonet_cursor: '_w' },
  ],
  'one without its cursor': ([first, ...rest]) => [{ ...first, _nonet_cursor: null }, ...rest],
  'one whose node is null': ([first, ...rest]) => [{ ...first, node: null }, ...rest],
};

function shown(edge: Row, other: Row): Row {
  return { ...edge, node: { ...(edge['node'] as Row), number: (other['node'] as Row)['number'] } };
}

/** How the keys of such rows are read and put. */
export interface KeyOfRow {
  readonly read: (row: Row) => Row;
  readonly write: (row: Row, key: Row) => Row;
}

/** The keys of an entity: what the hub asked it to echo. */
export const entityKey: KeyOfRow = {
  read: (row) =>
    Object.fromEntries(Object.entries(row).filter(([name]) => /^_nonet_(?!typename)/.test(name) && isLeaf(row[name]))),
  write: (row, key) => ({ ...row, ...key }),
};

/** The keys of an edge: those of its node. */
export const edgeKey: KeyOfRow = {
  read: ({ node }) => ({ _nonet_number: (node as Row)['_nonet_number'] }),
  write: (edge, key) => ({ ...edge, node: { ...(edge['node'] as Row), ...key } }),
};

/** Puts a fault into the first list of rows under this response key; undefined when it has fewer than two. */
export function spoilList(answer: Answer, name: 'edges' | '_entities', fault: ListFault): Answer | undefined {
  const errors = [...(answer.errors ?? [])];
  const visit = (value: unknown, path: readonly (string | number)[]): boolean => {
    if (typeof value !== 'object' || value === null) return false;
    for (const [key, own] of Object.entries(value as Row)) {
      const at = [...path, Array.isArray(value) ? Number(key) : key];
      if (key === name && Array.isArray(own) && own.length > 1) {
        const fail = (index: number) =>
          void errors.push({ message: 'no', path: [...at, index], extensions: { code: 'INTERNAL' } });
        const rows = own as Row[];
        // Entities may come in any order: those that say most come first, where the faults are.
        if (name === '_entities')
          rows.sort((left, right) => JSON.stringify(right).length - JSON.stringify(left).length);
        (value as Row)[key] = fault(rows, fail);
        return true;
      }
      if (visit(own, at)) return true;
    }
    return false;
  };
  return visit(answer.data, []) ? { ...answer, ...(errors.length > 0 && { errors }) } : undefined;
}

/** Puts a fault into the rows that come whole with the first page of an answer; what would be one more of them has no place. */
export function spoilWholeRows(answer: Answer, fault: ListFault): Answer | undefined {
  const errors = [...(answer.errors ?? [])];
  const [key, page] = Object.entries((answer.data ?? {}) as Record<string, { edges?: Row[] } | null>)[0] ?? [];
  const edges = page?.edges ?? [];
  if (key === undefined || edges.length < 2) return undefined;
  const fail = (index: number) =>
    void errors.push({ message: 'no', path: [key, 'edges', index, wholeKey], extensions: { code: 'INTERNAL' } });
  const rows = fault(
    edges.map((edge) => edge[wholeKey] as Row),
    fail,
  );
  edges.forEach((edge, index) => (edge[wholeKey] = rows[index] ?? null));
  return { ...answer, ...(errors.length > 0 && { errors }) };
}

function isLeaf(value: unknown): boolean {
  return typeof value !== 'object' || value === null;
}

function copy(row: Row): Row {
  return JSON.parse(JSON.stringify(row)) as Row;
}

function mapped(key: Row, change: (value: unknown) => unknown): Row {
  return Object.fromEntries(Object.entries(key).map(([name, value]) => [name, change(value)]));
}

/** A lawful key of the same court that nobody asked for. */
function foreign(key: Row): Row {
  return mapped(key, (value) =>
    typeof value === 'string' ? value.replace(/\d+号$|.$/, (end) => (end.endsWith('号') ? '99999号' : '~')) : value,
  );
}

/** The same row with other values, lawful ones wherever that is easy. */
function blurred(row: Row, key: Row): Row {
  const change = (value: unknown): unknown => {
    if (typeof value === 'string') return /^\d{4}-\d\d-\d\d$/.test(value) ? '2001-01-01' : value;
    if (Array.isArray(value)) return value.slice(1);
    if (typeof value === 'number') return value + 1;
    if (typeof value !== 'object' || value === null) return value;
    return Object.fromEntries(Object.entries(value).map(([name, own]) => [name, name in key ? own : change(own)]));
  };
  return change(row) as Row;
}
