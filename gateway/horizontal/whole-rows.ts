/**
 * Rows that members give whole with their page, so that the fetch which would ask for them next need not ask (decision
 * 0049). They are what that fetch would be answered, and are checked as its answer is; the page knows nothing of them.
 */

import type { SelectionSetNode, VariableDefinitionNode } from 'graphql';

import type { Answer } from '../../common/wire.ts';
import { Late, lateKey } from '../late.ts';
import { compileKey, compileRowKey } from './connection.ts';
import { hiddenKey } from './hidden.ts';
import type { Variables } from './selection.ts';

/** What a fetch of entities asks of each. */
export interface WholeSelection {
  readonly typeName: string;
  readonly selectionSet: SelectionSetNode;
  readonly variables: readonly VariableDefinitionNode[];
  readonly keyFields: readonly string[];
}

/** Rows on their way from a page to the fetch that wants them. The page's source fills it, the other one reads it. */
export interface RowsAhead {
  /** Where they stand in the page's answer; `@` stands for every item of a list. */
  readonly path: readonly string[];
  readonly selection: WholeSelection;
  readonly variables: Variables;
  /** As each member gave them. */
  readonly given: Map<string, GivenRow[]>;
}

/** A row that came whole. */
export interface GivenRow {
  /** Beside which row of the page it came, as `compileKey` reads it. */
  readonly key: string | null;
  readonly whole: Row | Late;
}

type Row = Record<string, unknown>;

/** The response key of a whole row, beside the row of the page. Most of them are not on the merged page, and are not read. */
export const wholeKey = lateKey;

/**
 * Takes whole rows out of a member's answer, which is then the answer to the page alone. Those of which anything went wrong are not
 * kept: they are asked for again. Null where the page did not come, which has to be asked for without them.
 */
export function takeWholeRows(answer: Answer, { path, selection, given }: RowsAhead, member: string): Answer | null {
  const [rootKey = '', edgesKey = ''] = path;
  const { data, errors = [] } = answer;
  const page = data?.[rootKey] as Row | null | undefined;
  const edges = page?.[edgesKey];
  // Perhaps they were too much to ask for at once; an error need not say so.
  if (!Array.isArray(edges)) return errors.length > 0 ? null : answer;
  const { spoiled, others } = sortErrors(errors, path);
  const keyOf = compileKey(selection.keyFields);
  const rows: GivenRow[] = [];
  for (const [place, edge] of (edges as unknown[]).entries()) {
    if (typeof edge !== 'object' || edge === null) {
      if (spoiled.has(place)) return null;
      continue;
    }
    const whole = (edge as Row)[wholeKey];
    if (isRow(whole) && !spoiled.has(place)) rows.push({ key: keyOf(edge as Row), whole });
    // It was asked for last, so V8 finds the object as fast as one to which it never came; and to count its keys tells who has none too many.
    Reflect.deleteProperty(edge, wholeKey);
  }
  // Nobody knows what an error is about that does not say where it happened.
  if (errors.every(({ path: at }) => Array.isArray(at))) given.set(member, [...(given.get(member) ?? []), ...rows]);
  return others.length === errors.length ? answer : { ...answer, errors: others };
}

/**
 * The rows that a member gave, to be found by key: of those beside which they came, or of those that they echo. Null where the page does
 * not say beside which one came; none where one is told twice, since nobody knows which of the two is true.
 */
export function rowsByKey(
  { selection, given }: RowsAhead,
  member: string,
  by: 'page' | 'echo',
): ReadonlyMap<string, Row | Late> | null {
  const echoOf = compileRowKey(selection.keyFields.map(hiddenKey));
  const rows = new Map<string, Row | Late>();
  for (const { key: beside, whole } of given.get(member) ?? []) {
    const key = by === 'page' ? beside : echoOf(readWhole(whole));
    if (key === null) {
      if (by === 'page') return null;
      continue;
    }
    if (rows.has(key)) return new Map();
    rows.set(key, whole);
  }
  return rows;
}

/** A row as its member gave it; null where that is no JSON. */
export function readWhole(whole: Row | Late): Row | null {
  const row = whole instanceof Late ? whole.read() : whole;
  return isRow(row) ? row : null;
}

function isRow(value: unknown): value is Row {
  return typeof value === 'object' && value !== null;
}

/** The rows whose whole part has an error, by their place, and the errors of the page itself. */
function sortErrors(
  errors: NonNullable<Answer['errors']>,
  [rootKey, edgesKey]: readonly string[],
): { readonly spoiled: ReadonlySet<unknown>; readonly others: NonNullable<Answer['errors']> } {
  const spoiled = new Set<unknown>();
  const others = errors.filter(({ path }) => {
    if (!Array.isArray(path) || !path.includes(wholeKey)) return true;
    const [root, edges, place] = path as readonly unknown[];
    spoiled.add(root === rootKey && edges === edgesKey ? place : null);
    return false;
  });
  return { spoiled, others };
}
