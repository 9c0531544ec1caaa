/** Walks a connection to its end, page by page, and makes one answer of all pages. */

import type { GraphQLFormattedError } from 'graphql';
import { Kind, type FieldNode, type SelectionSetNode } from 'graphql';

import type { Answer } from '../../common/wire.ts';
import { UsageFault } from '../command.ts';
import { isRefused } from './errors.ts';
import { HubFault } from './hub.ts';
import { uniteInquiries } from './inquiries.ts';
import { isObject, listOf, type JsonObject } from './json.ts';
import type { Operation } from './operation.ts';

export interface Paging {
  /** The connection's name in the answer. */
  readonly key: string;
  /** The variable that takes the cursor. */
  readonly variable: string;
}

type Send = (variables: JsonObject) => Promise<Answer>;

/** Nobody reads more; a hub that hands out cursors without end is stopped here. */
const maxPages = 1000;

/** The one root connection whose `after` is a variable; throws UsageFault when the operation has none that can be walked. */
export function findPaging({ definition }: Operation): Paging {
  const found = definition.selectionSet.selections.flatMap((node) => {
    if (node.kind !== Kind.FIELD) return [];
    const after = node.arguments?.find(({ name }) => name.value === 'after')?.value;
    return after?.kind === Kind.VARIABLE ? [{ node, variable: after.name.value }] : [];
  });
  if (found.length !== 1) {
    throw new UsageFault(
      '--all needs exactly one connection in the operation with after: $after, such as city-wide has.',
    );
  }
  const { node, variable } = found[0]!;
  const key = node.alias?.value ?? node.name.value;
  const page = fieldIn(node.selectionSet, 'pageInfo')?.selectionSet;
  if (!fieldIn(page, 'hasNextPage') || !fieldIn(page, 'endCursor') || !fieldIn(node.selectionSet, 'edges')) {
    throw new UsageFault(
      `--all needs edges and pageInfo { hasNextPage endCursor } in ${key}: add them to the operation.`,
    );
  }
  return { key, variable };
}

function fieldIn(set: SelectionSetNode | undefined, name: string): FieldNode | undefined {
  return set?.selections.find((node) => node.kind === Kind.FIELD && !node.alias && node.name.value === name) as
    FieldNode | undefined;
}

/**
 * Every page as one answer: rows one after the other, the rest from the last page, each gap and error of any page kept. A
 * page that fails ends the walk with an error of its own; a first page that fails is the answer.
 */
export async function walkPages(
  { key, variable }: Paging,
  send: Send,
  variables: JsonObject,
  tell: (done: number, total: number) => void,
): Promise<Answer> {
  const pages = [await send(variables)];
  const edges = [...edgesOf(pages[0]!, key)];
  const ended = (message: string): Answer =>
    unite(pages, key, edges, [{ message, extensions: { code: 'WALK_ENDED' } }]);
  const seen = new Set<string>();
  for (;;) {
    const last = pages.at(-1)!;
    const { hasNextPage, endCursor } = pageOf(last, key);
    if (!hasNextPage) return pages.length === 1 ? last : unite(pages, key, edges, []);
    if (endCursor === null || seen.has(endCursor)) {
      return ended('The hub says that rows follow, and not after which. Rows may be missing.');
    }
    if (pages.length === maxPages)
      return ended(`The walk ended after ${maxPages} pages; rows follow. Narrow the filter.`);
    seen.add(endCursor);
    tell(edges.length, Math.max(edges.length, totalOf(last, key)));
    const next = await nextPage(send, { ...variables, [variable]: endCursor });
    if ('problem' in next) return ended(`Page ${pages.length + 1} failed, and rows are missing: ${next.problem}`);
    pages.push(next);
    edges.push(...edgesOf(next, key));
  }
}

async function nextPage(send: Send, variables: JsonObject): Promise<Answer | { readonly problem: string }> {
  try {
    const answer = await send(variables);
    return isRefused(answer) ? { problem: answer.errors?.[0]?.message ?? 'it has no rows.' } : answer;
  } catch (error) {
    if (!(error instanceof HubFault)) throw error;
    return { problem: error.message };
  }
}

function unite(
  pages: readonly Answer[],
  key: string,
  edges: readonly unknown[],
  own: readonly GraphQLFormattedError[],
): Answer {
  const last = pages.findLast(({ data }) => isObject(data?.[key]))!;
  const told = new Map(pages.flatMap(({ errors = [] }) => errors).map((error) => [causeOf(error), error]));
  const errors = [...told.values(), ...own];
  return {
    ...(errors.length > 0 && { errors }),
    data: { ...last.data, [key]: { ...(last.data![key] as object), edges } },
    extensions: { ...last.extensions, coverage: [...uniteCoverage(pages), ...uniteInquiries(pages)] },
  };
}

function causeOf({ message, extensions }: GraphQLFormattedError): string {
  return JSON.stringify([message, extensions?.['code'], extensions?.['reason']]);
}

/** A gap on one page is a gap of the walk; found on one page is found. */
function uniteCoverage(pages: readonly Answer[]): readonly unknown[] {
  const byPath = new Map<unknown, { readonly complete: boolean; readonly courts: Map<unknown, JsonObject> }>();
  for (const entry of pages.flatMap(({ extensions }) => listOf(extensions?.['coverage']))) {
    if (!Array.isArray(entry['courts'])) continue;
    const known = byPath.get(entry['path']) ?? { complete: true, courts: new Map<unknown, JsonObject>() };
    for (const court of listOf(entry['courts'])) {
      const before = known.courts.get(court['code']);
      if (!before || weightOf(court) > weightOf(before)) known.courts.set(court['code'], court);
    }
    byPath.set(entry['path'], { ...known, complete: known.complete && entry['complete'] === true });
  }
  return [...byPath].map(([path, { complete, courts }]) => ({ path, complete, courts: [...courts.values()] }));
}

function weightOf({ status }: JsonObject): number {
  const place = ['NOT_ASKED', 'NONE', 'FOUND'].indexOf(String(status));
  return place < 0 ? 3 : place;
}

function edgesOf({ data }: Answer, key: string): readonly unknown[] {
  const connection = data?.[key];
  return isObject(connection) && Array.isArray(connection['edges']) ? (connection['edges'] as unknown[]) : [];
}

function pageOf({ data }: Answer, key: string): { readonly hasNextPage: boolean; readonly endCursor: string | null } {
  const connection = data?.[key];
  const page = isObject(connection) && isObject(connection['pageInfo']) ? connection['pageInfo'] : {};
  return {
    hasNextPage: page['hasNextPage'] === true,
    endCursor: typeof page['endCursor'] === 'string' ? page['endCursor'] : null,
  };
}

function totalOf({ data }: Answer, key: string): number {
  const connection = data?.[key];
  return isObject(connection) && typeof connection['totalCount'] === 'number' ? connection['totalCount'] : 0;
}
