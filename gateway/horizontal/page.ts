/** PAGE: the next rows of a city in one global order, merged from each member's own next rows (horizontal rules, 6 and 7). */

import type { GraphQLObjectType } from 'graphql';

import { objectOf } from '../../schema/horizontal/contract.ts';
import { sourceOf, titleOf } from '../members.ts';
import {
  compileKey,
  cursorOf,
  edgesOf,
  hasNextPage,
  isConnection,
  nodeOf,
  type Connection,
  type Edge,
} from './connection.ts';
import { cursorsOf, parseCursor, positionOf, toComparable } from './cursor.ts';
import { isGap } from './coverage.ts';
import type { Form } from './form.ts';
import { nobody, type CompileScope, type MergeScope, type Part } from './merge.ts';
import { compileProjection, type Projection } from './projection.ts';
import { compileOwnership, reportDispute, type IsLawful } from './rows.ts';
import { measureOf, type Measure } from './refill.ts';
import { collectFields, isIncluded, subselectionsOf, type CollectedField, type Variables } from './selection.ts';

/** One row of the merged page: which member's connection it stands in, and where. */
interface Place {
  readonly connection: Connection;
  readonly index: number;
  /** The cursor that its edge has. */
  readonly cursor: string;
  /** The position in it. */
  readonly position: string;
}

/** What the rows of a page are held against. */
interface RowRules {
  readonly isLawful: IsLawful;
  readonly keyOf: (edge: Edge) => string | null;
  /** Whether each of the client's own `edges` has the row too: of one, an edge may have been left out. */
  readonly isGiven: (place: Place, variables: Variables) => boolean;
}

/** Compiles the form of a connection of owned rows. */
export function compilePage(scope: CompileScope, type: GraphQLObjectType, field: CollectedField): Form<Source> {
  const fields = collectFields(scope, type, subselectionsOf(field));
  const edgeType = objectOf(type.getFields()['edges']!)!;
  const nodeName = objectOf(edgeType.getFields()['node']!)!.name;
  const edgeFields = fields.filter((own) => own.name === 'edges');
  const rules: RowRules = {
    isLawful: compileOwnership(scope.contract, nodeName),
    keyOf: compileKey(scope.contract.entities.get(nodeName)?.keyFields ?? []),
    isGiven: (place, variables) =>
      edgeFields.every((own) => !isIncluded(own, variables) || edgeAt(place, own.key) !== undefined),
  };
  const emitEdges = edgeFields.map((own) => compileEdges(scope, edgeType, own));
  const emitInfo = fields.filter((own) => own.name === 'pageInfo').map((own) => compileInfo(scope, type, own));
  const totals = fields.filter((own) => own.name === 'totalCount');
  const merge = scope.compileObject(type, subselectionsOf(field));
  return {
    read(part, own, args) {
      if (!isConnection(part.value)) return null;
      const after = typeof args['after'] === 'string' ? parseCursor(args['after']).position : undefined;
      const source = readSource(part, rules, after, own);
      const count = edgesOf(part.value).length;
      const isWhole = source.rows.length === count;
      // What else is wrong with the answer has been told already, and makes its rows no measure of its total.
      const answered = own.answered.get(part.member);
      // A hub that tells of gaps gives a lower bound.
      const isBound = answered?.stated(field.key).some(isGap) ?? false;
      const isMeasure = isWhole && !isBound && (answered?.missingFields.length ?? 0) === 0;
      const beside = measureOf(part.value);
      const isTrue = totals.every(
        (total) => !isMeasure || isTotalTrue(part, total.key, beside, after === undefined, own),
      );
      return { part, isFound: count > 0, isWhole: isWhole && isTrue, source };
    },
    merge(readings, own, { args, missing, present }) {
      const after = typeof args['after'] === 'string';
      const { places, hasMore } = mergeRows(
        readings.map(({ source }) => source),
        args['first'] as number,
      );
      const cursorAt = cursorsOf(missing, present);
      const toCursor = (place: Place) => cursorAt(place.position);
      const parts = readings.length > 0 ? readings.map(({ part }) => part) : [nobody];
      const page = merge(parts, own) as Record<string, unknown>;
      for (const emit of emitEdges) emit(page, places, toCursor, own.variables);
      for (const emit of emitInfo) {
        emit(page, pageInfoOf(places, hasMore, after, toCursor), own.variables);
      }
      return page;
    },
  };
}

/** A member's rows in its own order: what is not lawful, breaks the order or is told in two ways is left out and reported. */
function readSource(part: Part, { isLawful, keyOf, isGiven }: RowRules, after: string | undefined, scope: MergeScope) {
  const connection = part.value as Connection;
  const isHub = scope.members.behind(part.member) !== null;
  const rows: { place: Place; order: string }[] = [];
  let last = after === undefined ? '' : toComparable(after);
  const edges = edgesOf(connection);
  const keys = edges.map(keyOf);
  const disputed = disputedKeys(edges, keys);
  for (let index = 0; index < edges.length; index += 1) {
    const edge = edges[index]!;
    const cursor = cursorOf(edge);
    const position = isHub ? positionOf(cursor) : cursor;
    if (position === null) {
      reportDisorder(part.member, scope);
      continue;
    }
    const order = toComparable(position);
    if (disputed.has(keys[index] ?? '')) {
      // Which account is true cannot be said.
      if (order > last) last = order;
      reportDispute(part.member, scope);
      continue;
    }
    if (order <= last) {
      reportDisorder(part.member, scope);
      continue;
    }
    last = order;
    const place = { connection, index, cursor, position };
    if (isGiven(place, scope.variables) && isLawful(part.member, nodeOf(edge), scope)) rows.push({ place, order });
  }
  // A member none of whose rows count must not hold up the walk for ever.
  return { rows, last, hasNextPage: hasNextPage(connection) && rows.length > 0 };
}

/** A total that its own rows contradict is taken out and told: it would make the city's total a lie. */
function isTotalTrue(
  part: Part,
  key: string,
  { rows, hasMore }: Measure,
  isFirstPage: boolean,
  scope: MergeScope,
): boolean {
  const connection = part.value as Connection;
  const total = connection[key];
  if (typeof total !== 'number') return true;
  const isWhole = isFirstPage && !hasMore;
  if (isWhole ? total === rows : total >= rows + (hasMore ? 1 : 0)) return true;
  connection[key] = undefined;
  scope.ledger.report({
    code: 'UPSTREAM_ERROR',
    message: `${titleOf(scope.members, part.member)} stated a total that its rows contradict.`,
    path: scope.path,
    source: sourceOf(scope.members, part.member),
    facts: { reason: 'WRONG_TOTAL' },
  });
  return false;
}

/** Keys of rows that stand in a page twice, with different values. */
function disputedKeys(edges: readonly Edge[], keys: readonly (string | null)[]): ReadonlySet<string> {
  if (new Set(keys).size === keys.length) return nothingDisputed;
  const told = new Map<string, Edge>();
  const disputed = new Set<string>();
  for (const [index, edge] of edges.entries()) {
    const key = keys[index] ?? null;
    if (key === null) continue;
    const known = told.get(key);
    if (known && JSON.stringify(known) !== JSON.stringify(edge)) disputed.add(key);
    told.set(key, edge);
  }
  return disputed;
}

const nothingDisputed: ReadonlySet<string> = new Set();

function reportDisorder(member: string, scope: MergeScope): void {
  scope.ledger.report({
    code: 'BAD_ORDER',
    message: `${titleOf(scope.members, member)} sent rows out of order; those rows were left out.`,
    path: scope.path,
    source: sourceOf(scope.members, member),
  });
}

type Source = ReturnType<typeof readSource>;

/**
 * K-way merge by cursor bytes. Never goes beyond the last row of a member that has more: rows of that member may belong
 * in between. `hasMore` when rows are left over or a member has more of its own.
 */
function mergeRows(sources: readonly Source[], first: number): { places: Place[]; hasMore: boolean } {
  const limit = sources.reduce<string | null>(
    (least, source) => (source.hasNextPage && (least === null || source.last < least) ? source.last : least),
    null,
  );
  const heads = sources.map(() => 0);
  const places: Place[] = [];
  while (places.length < first) {
    let best = -1;
    for (let index = 0; index < sources.length; index += 1) {
      const row = sources[index]!.rows[heads[index]!];
      if (row && (best < 0 || row.order < sources[best]!.rows[heads[best]!]!.order)) best = index;
    }
    const next = sources[best]?.rows[heads[best]!];
    if (!next || (limit !== null && next.order > limit)) break;
    places.push(next.place);
    heads[best]! += 1;
  }
  const hasMore = sources.some((source, index) => source.hasNextPage || source.rows.length > heads[index]!);
  return { places, hasMore };
}

/** Emits one `edges` selection: the members' own edges in merged order, with the hub's cursors. */
function compileEdges(scope: CompileScope, edgeType: GraphQLObjectType, field: CollectedField) {
  const cursors = collectFields(scope, edgeType, subselectionsOf(field)).filter((own) => own.name === 'cursor');
  return (
    page: Record<string, unknown>,
    places: readonly Place[],
    toCursor: (place: Place) => string,
    variables: Variables,
  ) => {
    if (!isIncluded(field, variables)) return;
    page[field.key] = places.map((place) => {
      const edge = edgeAt(place, field.key)!;
      for (const cursor of cursors) if (cursor.key in edge) edge[cursor.key] = toCursor(place);
      return edge;
    });
  };
}

/** A row's edge in one of the client's selections, by the cursor that it echoes: an index says nothing where edges are left out. */
function edgeAt({ connection, index, cursor }: Place, key: string): Edge | undefined {
  const edges = connection[key];
  if (!Array.isArray(edges)) return undefined;
  const isIt = (edge: Edge | undefined) => edge !== undefined && cursorOf(edge) === cursor;
  const there = (edges as Edge[])[index];
  return isIt(there) ? there : (edges as Edge[]).find(isIt);
}

function compileInfo(scope: CompileScope, type: GraphQLObjectType, field: CollectedField) {
  const project: Projection = compileProjection(
    scope,
    objectOf(type.getFields()['pageInfo']!)!,
    subselectionsOf(field),
  );
  return (page: Record<string, unknown>, info: object, variables: Variables) => {
    if (isIncluded(field, variables)) page[field.key] = project(info, variables);
  };
}

function pageInfoOf(
  places: readonly Place[],
  hasNextPage: boolean,
  hasPreviousPage: boolean,
  toCursor: (place: Place) => string,
) {
  const [first, last] = [places[0], places.at(-1)];
  return {
    hasNextPage,
    hasPreviousPage,
    startCursor: () => (first ? toCursor(first) : null),
    endCursor: () => (last ? toCursor(last) : null),
  };
}
