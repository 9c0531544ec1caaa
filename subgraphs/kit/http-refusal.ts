/** Why a request got no GraphQL answer, as it may be told to the asker. */
export class Refusal extends Error {
  readonly status: number;
  readonly code: string;
  readonly headers: Record<string, string>;

  constructor(status: number, code: string, message: string, headers: Record<string, string> = {}, cause?: unknown) {
    super(message, { cause });
    this.status = status;
    this.code = code;
    this.headers = headers;
  }

  /** Itself, or 500 without a word of what happened: that is ours to know. */
  static of(error: unknown): Refusal {
    return error instanceof Refusal ? error : new Refusal(500, 'INTERNAL', 'Internal error', {}, error);
  }
}
