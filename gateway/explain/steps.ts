/** The steps of a question in the plan's order, each with who is asked and how much comes of it at most. */

import type { QueryPlan } from '@apollo/query-planner';
import { parse, type DocumentNode } from 'graphql';

import type { Viewer } from '../../common/viewer.ts';
import type { HubError } from '../errors.ts';
import type { Variables } from '../horizontal/selection.ts';
import type { ResponsePath } from '../ledger/ledger.ts';
import type { Membership } from '../membership/membership.ts';
import { one, type Bound } from './bound.ts';
import type { Foresight, Source, Spared } from './foresight.ts';
import { placesOf, type Place } from './places.ts';
import { fetchesOf, type PlannedFetch } from './plan.ts';
import { createPositions } from './positions.ts';
import { rowsAtMost } from './rows.ts';

export interface Step {
  readonly planned: PlannedFetch;
  /** The fetch's own document, by which it is known again when it is made. */
  readonly document: DocumentNode;
  readonly foresight: Foresight;
  /** How many entities it asks about; null when it asks at the root. */
  readonly about: Bound | null;
  readonly calls: Bound;
  readonly rows: Bound;
  /** Where rows stand in each answer to it. */
  readonly places: readonly Place[];
}

export interface StepsScope {
  /** The request's variables, with the operation's own defaults. */
  readonly variables: Variables;
  readonly membership: Membership;
  readonly viewer: Viewer | null;
  readonly sourceOf: (subgraph: string) => Source;
  /** Told what is wrong with the arguments of a field at this path. */
  readonly tell: (error: HubError, path: ResponsePath) => void;
}

/** Asks nobody. */
export function stepsOf(plan: QueryPlan, { variables, membership, viewer, sourceOf, tell }: StepsScope): Step[] {
  const positions = createPositions();
  return fetchesOf(plan, variables).map((planned) => {
    const { node, path } = planned;
    const document = documentOf(node);
    const { count, rowsOf } = positions.at(path);
    const { serviceName } = node;
    const told = sourceOf(serviceName).foresee({
      document,
      variables,
      membership,
      viewer,
      entities: count,
      rowsOf,
      tell: (error, key) => tell(error, [...path, key]),
    });
    const foresight = node.requires && count.most === 0 ? withNothingToAsk(told, membership) : told;
    const { wire } = foresight;
    // What is sent has more in it than the fetch: rows stand in both, and only the fetch's go into the answer.
    const places = wire ? placesOf(wire.contract, wire.schema, wire.document, wire.variables) : [];
    if (wire) positions.add(path, foresight, placesOf(wire.contract, wire.schema, document, wire.variables));
    // The hub is not asked, so it does not matter about how many.
    const about = node.requires && wire ? count : null;
    const rows = rowsAtMost(foresight, places, about ?? one);
    return { planned, document, foresight, about, calls: foresight.calls, rows, places };
  });
}

/** No entity comes from the steps before, so nobody is asked. */
function withNothingToAsk(foresight: Foresight, { members }: Membership): Foresight {
  const questions = foresight.questions.map((question) => {
    const spared = members.codes.flatMap((court): Spared[] => {
      if (question.asked.includes(court)) return [{ court, code: 'NO_ROWS_BEFORE' }];
      return question.spared.filter((own) => own.court === court);
    });
    return { ...question, asked: [], spared };
  });
  return { ...foresight, questions };
}

const parsed = new WeakMap<PlannedFetch['node'], DocumentNode>();

/** As the executor hands it to the source, which is the same object each time. */
function documentOf(node: PlannedFetch['node']): DocumentNode {
  const document = node.operationDocumentNode ?? parsed.get(node) ?? parse(node.operation);
  parsed.set(node, document);
  return document;
}
