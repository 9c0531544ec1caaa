import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { createDeadline } from '../../common/deadline.ts';
import type { Answer, Question } from '../../common/wire.ts';
import { parseQuestion, readBody } from './http-question.ts';
import { Refusal } from './http-refusal.ts';
import type { Program } from './program.ts';

/** Names the milliseconds that the asker will still wait. */
export const deadlineHeader = 'nonet-deadline-ms';

export interface ServeOptions {
  /** 0 for any free one. */
  readonly port: number;
  /** Loopback only, until callers are told apart. */
  readonly host: '127.0.0.1';
}

/** A program behind `POST /graphql`. */
export interface ServedProgram {
  readonly url: string;
  /** Takes no new requests and resolves when those under way are answered; the program itself runs on. */
  stop(): Promise<void>;
}

/** Serves a program over HTTP: JSON bodies to 4 MiB, within the deadline that the asker names. */
export async function serveProgram(program: Program, { port, host }: ServeOptions): Promise<ServedProgram> {
  const server = createServer((request, response) => void respond(program, request, response));
  server.requestTimeout = 30_000;
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, host, resolve);
  });
  const { port: bound } = server.address() as AddressInfo;
  return {
    url: `http://${host}:${bound}/graphql`,
    stop: () =>
      new Promise((resolve, reject) => {
        server.close((error) => (error ? reject(error) : resolve()));
        server.closeIdleConnections();
      }),
  };
}

async function respond(program: Program, request: IncomingMessage, response: ServerResponse): Promise<void> {
  // Nobody reads the answer of a request whose connection is gone.
  const gone = new AbortController();
  response.once('close', () => gone.abort(new Error('the asker has gone')));
  try {
    checkRequest(request);
    const deadline = deadlineOf(request);
    const question = parseQuestion(await readBody(request));
    send(response, 200, await askUntil(program, question, gone.signal, deadline));
  } catch (error) {
    const { status, code, message, headers } = Refusal.of(error);
    if (!request.complete) lingerOver(request);
    send(response, status, { errors: [{ message, extensions: { code } }] }, headers);
  }
}

/** Closed at once, the connection would be reset and the refusal lost; so what still comes is thrown away for a while. */
function lingerOver(request: IncomingMessage): void {
  request.resume();
  setTimeout(() => request.complete || request.destroy(), lingerMs).unref();
}

const lingerMs = 1_000;

async function askUntil(
  program: Program,
  question: Question,
  gone: AbortSignal,
  deadlineMs: number | null,
): Promise<Answer> {
  const deadline = createDeadline(gone, deadlineMs ?? longestMs);
  try {
    return await program.ask(question, deadline.signal);
  } catch (error) {
    if (deadline.signal.aborted)
      throw new Refusal(504, 'DEADLINE', 'the answer was not ready before the deadline', {}, error);
    throw error;
  } finally {
    deadline.release();
  }
}

/** The longest time that a timer can count. */
const longestMs = 2 ** 31 - 1;

function checkRequest({ url, method, headers }: IncomingMessage): void {
  const path = (url ?? '').split('?')[0];
  if (path !== '/graphql') throw new Refusal(404, 'NOT_FOUND', 'nothing is here; expected POST /graphql');
  if (method !== 'POST') {
    throw new Refusal(405, 'METHOD', 'a question comes by POST', { allow: 'POST' });
  }
  const type = headers['content-type'] ?? '';
  if (!/^application\/json\s*(;|$)/i.test(type) || (headers['content-encoding'] ?? 'identity') !== 'identity') {
    throw new Refusal(415, 'MEDIA_TYPE', 'a question is application/json without content-encoding');
  }
}

function deadlineOf({ headers }: IncomingMessage): number | null {
  const written = headers[deadlineHeader];
  if (written === undefined) return null;
  if (typeof written !== 'string' || !/^[1-9]\d{0,6}$/.test(written)) {
    throw new Refusal(400, 'BAD_REQUEST', `${deadlineHeader} is not an integer from 1 to 9999999`);
  }
  return Number(written);
}

function send(response: ServerResponse, status: number, answer: Answer, headers: Record<string, string> = {}): void {
  if (response.destroyed) return;
  const body = Buffer.from(JSON.stringify(answer));
  response.writeHead(status, {
    'content-type': 'application/json; charset=utf-8',
    'content-length': body.length,
    'cache-control': 'no-store',
    ...headers,
  });
  response.end(body);
}
