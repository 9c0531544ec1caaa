import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { createDeadline } from '../../common/deadline.ts';
import { listenAt } from '../../common/listening.ts';
import { proofHeader } from '../../common/proof.ts';
import { deadlineHeader, readDeadlineMs, viewerHeader, type Answer, type Question } from '../../common/wire.ts';
import { followAnswer, kindOf, type Answered } from './http-answered.ts';
import { followIdle } from './http-connections.ts';
import type { CheckProof } from './http-proof.ts';
import { parseJson, parseQuestion, readBody } from './http-question.ts';
import { Refusal } from './http-refusal.ts';
import type { Program } from './program.ts';

/** What a GET of one path is answered with. */
export type Route = () => RouteReply | Promise<RouteReply>;

export interface RouteReply {
  readonly status: number;
  /** Its media type. */
  readonly type: string;
  readonly body: string;
}

/** How one path takes what is sent to it by whoever may, who need not be the hub. What it throws as a Refusal is told. */
export type Delivery = (delivered: {
  readonly authorization: string | undefined;
  /** The body, once it is known that it is wanted; throws Refusal for one that is too large or no JSON. */
  readonly readJson: () => Promise<unknown>;
}) => Promise<RouteReply>;

export interface ServeOptions {
  /** 0 for any free one. */
  readonly port: number;
  /** Loopback only. */
  readonly host: '127.0.0.1';
  /** What else is answered by GET, by path: `/health`, say. */
  readonly routes?: ReadonlyMap<string, Route> | undefined;
  /** What else is taken by POST, by path. */
  readonly deliveries?: ReadonlyMap<string, Delivery> | undefined;
  /** Refuses whatever does not come from the hub; without it anybody on this machine is answered. */
  readonly checkProof?: CheckProof | undefined;
  /** Told of each request when its answer has gone out, or its asker has gone. */
  readonly onAnswered?: ((answered: Answered) => void) | undefined;
}

/** A program behind `POST /graphql`. */
export interface ServedProgram {
  readonly url: string;
  /** Takes no new requests and resolves when those under way are answered; the program itself runs on. */
  stop(): Promise<void>;
}

/** Longer than any asker of ours lets a connection rest, so that it is never closed under a question that is on its way. */
const keepAliveMs = 75_000;

/** Serves a program over HTTP: JSON bodies to 4 MiB, within the deadline that the asker names. */
export async function serveProgram(program: Pick<Program, 'ask'>, options: ServeOptions): Promise<ServedProgram> {
  const { port, host } = options;
  const server = createServer({ keepAliveTimeout: keepAliveMs }, (request, response) => {
    void respond(program, options, request, response);
  });
  server.requestTimeout = 30_000;
  const idle = followIdle(server);
  await listenAt(server, host, port);
  const { port: bound } = server.address() as AddressInfo;
  return {
    url: `http://${host}:${bound}/graphql`,
    stop: () =>
      new Promise((resolve, reject) => {
        server.close((error) => (error ? reject(error) : resolve()));
        idle.close();
      }),
  };
}

async function respond(
  program: Pick<Program, 'ask'>,
  { routes = noRoutes, deliveries = noDeliveries, checkProof, onAnswered }: ServeOptions,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  // Nobody reads the answer of a request whose connection is gone.
  const gone = new AbortController();
  response.once('close', () => gone.abort(new Error('the asker has gone')));
  const followed = followAnswer(request, response, onAnswered);
  try {
    checkHost(request);
    const path = (request.url ?? '').split('?')[0]!;
    const delivery = deliveries.get(path);
    if (delivery !== undefined) {
      checkPost(request);
      followed.is('DELIVERY');
      const { authorization } = request.headers;
      const readJson = async () => parseJson(await readBody(request));
      const { status, type, body } = await delivery({ authorization, readJson });
      send(response, status, body, { 'content-type': type });
      return;
    }
    const route = checkRequest(request, path, routes);
    if (route !== null) {
      followed.is('ROUTE');
      const { status, type, body } = await route();
      send(response, status, body, { 'content-type': type });
      return;
    }
    const deadlineMs = deadlineOf(request);
    const body = await readBody(request);
    const headers = await askerOf(request, body, checkProof);
    const question = parseQuestion(body);
    followed.is(kindOf(question));
    send(response, 200, JSON.stringify(await askUntil(program, { question, headers }, gone.signal, deadlineMs)));
  } catch (error) {
    const { status, code, message, headers } = Refusal.of(error);
    if (!request.complete) lingerOver(request);
    send(response, status, JSON.stringify({ errors: [{ message, extensions: { code } }] }), headers);
  }
}

const noRoutes: ReadonlyMap<string, Route> = new Map();
const noDeliveries: ReadonlyMap<string, Delivery> = new Map();

/** Closed at once, the connection would be reset and the refusal lost; so what still comes is thrown away for a while. */
function lingerOver(request: IncomingMessage): void {
  request.resume();
  setTimeout(() => request.complete || request.destroy(), lingerMs).unref();
}

const lingerMs = 1_000;

/** What the program is told of who asks: nothing but what the proof says. */
async function askerOf(
  { headers, method = '', url = '' }: IncomingMessage,
  body: Buffer,
  checkProof: CheckProof | undefined,
): Promise<Readonly<Record<string, string>>> {
  const viewer = await checkProof?.({ proof: headers[proofHeader], method, path: url, body });
  return viewer ? { [viewerHeader]: JSON.stringify(viewer) } : {};
}

async function askUntil(
  program: Pick<Program, 'ask'>,
  { question, headers }: { readonly question: Question; readonly headers: Readonly<Record<string, string>> },
  gone: AbortSignal,
  deadlineMs: number | null,
): Promise<Answer> {
  const deadline = createDeadline(gone, deadlineMs ?? longestMs);
  try {
    return await program.ask(question, deadline.signal, headers);
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

function checkHost({ headers }: IncomingMessage): void {
  // A page of a stranger whose name was made to resolve to this machine (DNS rebinding) still sends its own name.
  if (!/^(127\.0\.0\.1|localhost)(:\d{1,5})?$/i.test(headers.host ?? '')) {
    throw new Refusal(421, 'FOREIGN_HOST', 'this program answers as 127.0.0.1 or localhost only');
  }
}

/** The route that a request asks for, or null for a question; throws Refusal for anything else. */
function checkRequest(request: IncomingMessage, path: string, routes: ReadonlyMap<string, Route>): Route | null {
  const route = routes.get(path);
  if (route !== undefined) {
    if (request.method !== 'GET') throw new Refusal(405, 'METHOD', `${path} is read by GET`, { allow: 'GET' });
    return route;
  }
  if (path !== '/graphql') throw new Refusal(404, 'NOT_FOUND', 'nothing is here; expected POST /graphql');
  checkPost(request);
  return null;
}

function checkPost({ method, headers }: IncomingMessage): void {
  if (method !== 'POST') {
    throw new Refusal(405, 'METHOD', 'what is sent here comes by POST', { allow: 'POST' });
  }
  const type = headers['content-type'] ?? '';
  if (!/^application\/json\s*(;|$)/i.test(type) || (headers['content-encoding'] ?? 'identity') !== 'identity') {
    throw new Refusal(415, 'MEDIA_TYPE', 'what is sent here is application/json without content-encoding');
  }
}

function deadlineOf({ headers }: IncomingMessage): number | null {
  const ms = readDeadlineMs(headers[deadlineHeader]);
  if (ms !== undefined) return ms;
  throw new Refusal(400, 'BAD_REQUEST', `${deadlineHeader} is not an integer from 1 to 9999999`);
}

function send(response: ServerResponse, status: number, text: string, headers: Record<string, string> = {}): void {
  if (response.destroyed) return;
  const body = Buffer.from(text);
  response.writeHead(status, {
    'content-type': 'application/json; charset=utf-8',
    'content-length': body.length,
    'cache-control': 'no-store',
    ...headers,
  });
  response.end(body);
}
