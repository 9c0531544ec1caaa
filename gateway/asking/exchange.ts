/**
 * One HTTP exchange, at the level of undici's dispatcher: an answer is small or it is given up, so its pieces are taken as they
 * come, and the streams that undici would put around them are spared (they cost as much as the exchange itself).
 */

import type { Dispatcher } from 'undici';

import { openBody, type AnswerBody } from './answer-body.ts';
import { AskError, type FailureReason } from './reply.ts';

export interface Sent {
  readonly path: string;
  /** Names and values by turns. */
  readonly headers: string[];
  readonly body: string | Buffer;
}

export interface Received {
  readonly status: number;
  readonly body: Buffer;
}

/** Posts, and reads the answer to its end; rejects with an AskError that says why there is none, or when the signal ends. */
export function exchange(
  dispatcher: Dispatcher,
  { path, headers, body }: Sent,
  { signal, maxBytes }: { readonly signal: AbortSignal; readonly maxBytes: number },
): Promise<Received> {
  return new Promise((resolve, reject) => {
    let controller: Dispatcher.DispatchController | null = null;
    let status = 0;
    let refusal: AskError | null = null;
    let coming: AnswerBody | null = null;
    let isOver = false;
    const over = (): boolean => {
      if (isOver) return false;
      isOver = true;
      signal.removeEventListener('abort', leave);
      return true;
    };
    const fail = (error: Error): void => {
      if (!over()) return;
      reject(refusal ?? error);
      coming?.lost();
      controller?.abort(error);
    };
    const leave = (): void => fail(new AskError('DEADLINE', 'The deadline passed.'));
    if (signal.aborted) {
      leave();
      return;
    }
    signal.addEventListener('abort', leave, { once: true });
    dispatcher.dispatch(
      { method: 'POST', path, headers, body },
      {
        onRequestStart(own) {
          controller = own;
          // It waited for a connection, and nobody waits for it any more.
          if (isOver) own.abort(new AskError('DEADLINE', 'The deadline passed.'));
        },
        onResponseStart(_, statusCode, returned) {
          if (statusCode < 200) return;
          status = statusCode;
          const reason = refusals[statusCode];
          refusal = reason === undefined ? null : new AskError(reason, `HTTP ${statusCode}`);
          const ended = (whole: Buffer): void => {
            if (refusal) fail(refusal);
            else if (over()) resolve({ status, body: whole });
          };
          // Of a refusal no more is read than keeps the connection usable.
          const [encoded, most] = refusal ? [{}, mostOfRefusal] : [returned, maxBytes];
          coming = openBody(encoded, most, { ended, failed: fail });
        },
        onResponseData: (_, piece) => coming?.take(piece),
        onResponseEnd: () => coming?.end(),
        onResponseError: (_, cause) =>
          fail(new AskError('DOWN', cause.message, { cause, wasSent: !isUnconnected(cause) })),
      },
    );
  });
}

/** What an HTTP status says whatever the body is. 504: the deadline that we named passed over there a moment before. */
const refusals: Readonly<Record<number, FailureReason | undefined>> = {
  401: 'FORBIDDEN',
  403: 'FORBIDDEN',
  429: 'RATE_LIMITED',
  504: 'DEADLINE',
};

const mostOfRefusal = 128 * 1024;

/** Whether there was no connection at all, so that nothing can have been sent. In doubt there was one. */
function isUnconnected(error: unknown): boolean {
  if (error instanceof AggregateError) return error.errors.every(isUnconnected);
  const { code, syscall } = error as NodeJS.ErrnoException;
  return syscall === 'connect' || syscall === 'getaddrinfo' || code === 'UND_ERR_CONNECT_TIMEOUT';
}
