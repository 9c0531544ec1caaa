import type { IncomingMessage, ServerResponse } from 'node:http';
import { readRequestId, requestIdHeader } from '../../common/request-id.ts';
import type { Question } from '../../common/wire.ts';

/**
 * What a request was: a question for root fields, for entities, for the program's SDL, or one that changes something; a
 * GET of a route; something delivered that nobody asked for; or none of these, because it was refused before its question could be read.
 */
export type AnsweredKind = 'QUERY' | 'ENTITIES' | 'SDL' | 'MUTATION' | 'ROUTE' | 'DELIVERY' | 'REFUSED';

/** One request and how it ended, without a word of what was asked or answered. */
export interface Answered {
  readonly kind: AnsweredKind;
  /** HTTP's; 499 when the asker had gone before the answer was out. */
  readonly status: number;
  readonly elapsedMs: number;
  /** As the asker named it by `x-request-id`. */
  readonly requestId: string | undefined;
}

/** One request while it is answered. */
export interface FollowedAnswer {
  is(kind: AnsweredKind): void;
}

/** Follows a request and tells once when its connection has taken the answer or is gone. */
export function followAnswer(
  request: IncomingMessage,
  response: ServerResponse,
  onAnswered?: (answered: Answered) => void,
): FollowedAnswer {
  const startedAt = performance.now();
  const requestId = readRequestId(request.headers[requestIdHeader]);
  let kind: AnsweredKind = 'REFUSED';
  if (onAnswered !== undefined) {
    response.once('close', () => {
      const status = response.writableFinished ? response.statusCode : 499;
      onAnswered({ kind, status, elapsedMs: performance.now() - startedAt, requestId });
    });
  }
  return {
    is: (known) => {
      kind = known;
    },
  };
}

/** What a question asks for, by its text alone: good enough to count by. */
export function kindOf({ query }: Question): AnsweredKind {
  if (/^\s*mutation\b/.test(query)) return 'MUTATION';
  if (query.includes('_entities')) return 'ENTITIES';
  return query.includes('_service') ? 'SDL' : 'QUERY';
}
