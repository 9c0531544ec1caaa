/** What one run of a plan has with it. */

import type { FetchNode } from '@apollo/query-planner';
import type { GraphQLError } from 'graphql';

import type { RowsAhead } from '../../horizontal/whole-rows.ts';
import type { Variables } from '../../horizontal/selection.ts';
import type { RequestContext } from '../../request-context.ts';
import type { Row } from './places.ts';
import type { Told } from './representations.ts';
import type { AnsweringSource } from './source.ts';
import type { UnderWay } from './twins.ts';

/** One run of a plan. */
export interface Run {
  readonly data: Row;
  readonly errors: GraphQLError[];
  /** As the client gave them; and with the operation's defaults. */
  readonly variables: Variables;
  readonly complete: Variables;
  readonly sources: Readonly<Record<string, AnsweringSource>>;
  readonly context: RequestContext;
  /** Null where every fetch has to be seen by itself. */
  readonly underWay: UnderWay | null;
  /** Rows that pages brought for fetches still to come; null where every fetch has to be seen by itself. */
  readonly ahead: Map<FetchNode, RowsAhead> | null;
  /** Whether nobody but the writer of its bytes sees the answer, so that some of it may stay as it comes. */
  readonly isWritten: boolean;
}

/** What fetches that begin together have in common: the objects they are about, and what is told of them. */
export interface Moment {
  readonly rows: Map<string, Row[]>;
  readonly told: Map<string, Told>;
}

export type Runner = (run: Run, moment: Moment) => Promise<void>;

export const newMoment = (): Moment => ({ rows: new Map(), told: new Map() });
