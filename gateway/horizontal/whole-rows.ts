/**
 * Rows that members give whole with their page, so that the fetch which would ask for them next need not ask (decision
 * 0049). They are what that fetch would be answered, and are checked as its answer is; the page knows nothing of them.
 */

import type { SelectionSetNode, VariableDefinitionNode } from 'graphql';

import type { Answer } from '../../common/wire.ts';
import { hiddenPrefix } from './hidden.ts';
import type { Variables } from './selection.ts';

/** What a fetch of entities asks of each. */
export interface WholeSelection {
  readonly typeName: string;
  readonly selectionSet: SelectionSetNode;
  readonly variables: readonly VariableDefinitionNode[];
}

/** Rows on their way from a page to the fetch that wants them. The page's source fills it, the other one reads it. */
export interface RowsAhead {
  /** Where they stand in the page's answer; `@` stands for every item of a list. */
  readonly path: readonly string[];
  readonly selection: WholeSelection;
  readonly variables: Variables;
  /** As each member gave them. */
  readonly given: Map<string, Row[]>;
}

type Row = Record<string, unknown>;

/** The response key of a whole row, beside the row of the page. */
export const wholeKey = `${hiddenPrefix}whole`;

/**
 * Takes whole rows out of a member's answer, which is then the answer to the page alone. Where anything went wrong none are
 * kept: they are asked for again. Null where that cost the page itself, which has to be asked for without them.
 */
export function takeWholeRows(answer: Answer, { path, given }: RowsAhead, member: string): Answer | null {
  const [rootKey = '', edgesKey = ''] = path;
  const { data, errors = [] } = answer;
  const page = data?.[rootKey] as Row | null | undefined;
  const edges = page?.[edgesKey];
  const isTheirs = ({ path: place }: (typeof errors)[number]) => Array.isArray(place) && place.includes(wholeKey);
  const others = errors.filter((error) => !isTheirs(error));
  if (!Array.isArray(edges)) return others.length < errors.length ? null : answer;
  const rows: Row[] = [];
  for (const [place, edge] of (edges as unknown[]).entries()) {
    if (typeof edge !== 'object' || edge === null) {
      if (others.length < errors.length) return null;
      continue;
    }
    const own: Row = {};
    for (const key in edge) {
      const value = (edge as Row)[key];
      if (key !== wholeKey) own[key] = value;
      else if (typeof value === 'object' && value !== null) rows.push(value as Row);
    }
    edges[place] = own;
  }
  if (errors.length === 0) given.set(member, [...(given.get(member) ?? []), ...rows]);
  return others.length === errors.length ? answer : { ...answer, errors: others };
}
