/** What travels between the hub and a subgraph, in-process or over HTTP. */

import type { GraphQLFormattedError } from 'graphql';

/** A GraphQL question to one program, as it stands in an HTTP body. */
export interface Question {
  readonly query: string;
  readonly variables?: Readonly<Record<string, unknown>>;
  readonly operationName?: string;
  /** What is told beside the question. */
  readonly extensions?: Readonly<Record<string, unknown>>;
}

/** A GraphQL answer, as it stands in an HTTP body. */
export interface Answer {
  readonly data?: Record<string, unknown> | null;
  readonly errors?: readonly GraphQLFormattedError[];
  readonly extensions?: Record<string, unknown>;
}

/**
 * One running program that answers questions. It rejects only when no GraphQL answer could be had at all. Headers go with
 * the question when it goes over a wire, names in lower case.
 */
export type Ask = (
  question: Question,
  signal: AbortSignal,
  headers?: Readonly<Record<string, string>>,
) => Promise<Answer>;

/**
 * The header that says on whose behalf a question is asked, as JSON text: in one process only. Over a wire it stands in the
 * proof of the hub (`proof.ts`), and such a header of anybody is thrown away.
 */
export const viewerHeader = 'nonet-viewer';

/** The header that names the milliseconds that the asker will still wait: an integer from 1 to 9999999. */
export const deadlineHeader = 'nonet-deadline-ms';

/** The milliseconds in that header, null without it; undefined when it holds anything else. */
export function readDeadlineMs(header: string | readonly string[] | undefined): number | null | undefined {
  if (header === undefined) return null;
  return typeof header === 'string' && /^[1-9]\d{0,6}$/.test(header) ? Number(header) : undefined;
}
