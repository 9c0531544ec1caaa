import { jsonReply } from './reply.ts';
import type { Reply } from './reply.ts';

/** Every way the door refuses a request before GraphQL sees it: its HTTP status and the code a caller may decide by. */
export const refusals = {
  UNAUTHENTICATED: 401,
  KEYS_UNAVAILABLE: 503,
  NO_SUCH_VIEWER: 400,
  LOCAL_ONLY: 403,
  BEHIND_PROXY: 403,
  NOT_FOUND: 404,
  METHOD_NOT_ALLOWED: 405,
  FOREIGN_HOST: 421,
  UNSUPPORTED_MEDIA_TYPE: 415,
  UNSUPPORTED_ENCODING: 415,
  BODY_TOO_LARGE: 413,
  BODY_NOT_DECODABLE: 400,
  BODY_NOT_JSON: 400,
  BODY_NOT_AN_OBJECT: 400,
  BATCHING_REFUSED: 400,
  MALFORMED_QUESTION: 400,
  MALFORMED_REQUEST: 400,
  HEADERS_TOO_LARGE: 431,
  REQUEST_TIMEOUT: 408,
  STOPPING: 503,
  INTERNAL: 500,
} as const;

export type RefusalCode = keyof typeof refusals;

/** Thrown to refuse a request; the message says what was wrong and what would be right, and never repeats what was sent. */
export class Refusal extends Error {
  constructor(
    readonly code: RefusalCode,
    message: string,
    readonly headers: Readonly<Record<string, string>> = {},
    /** More of it for the log of those who run the hub, in a word of ours. */
    readonly reason: string | null = null,
  ) {
    super(message);
  }
}

/** The answer to a refused request, shaped as a GraphQL error so that one reader understands every answer of the door. */
export function refusalReply({ code, message, headers }: Refusal): Reply {
  return jsonReply(refusals[code], { errors: [{ message, extensions: { code } }] }, headers);
}
