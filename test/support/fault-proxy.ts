/**
 * An HTTP proxy on 127.0.0.1 between the hub and a program's own HTTP face, whose behaviour a test changes at run time.
 * Without a fault it passes bytes on as they are.
 */

import { createServer, type IncomingHttpHeaders, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { pipeline } from 'node:stream/promises';
import { Pool, type Dispatcher } from 'undici';

import type { Answer, Ask, Question } from '../../common/wire.ts';
import { createRemote, type Remote } from '../../gateway/asking/remote.ts';
import { serveProgram, type ServedProgram } from '../../subgraphs/kit/http.ts';
import { viewerHeaders } from './viewers.ts';

/** One question that came in over the socket. */
export interface Exchange {
  readonly question: Question;
  readonly headers: IncomingHttpHeaders;
  readonly response: ServerResponse;
  /** What the program behind answers, parsed, to be spoiled. */
  readonly answer: () => Promise<Answer>;
  /** Lets the program answer, byte for byte. */
  readonly passOn: () => Promise<void>;
}

/** What the proxy does with a question. */
export type Behaviour = (exchange: Exchange) => void | Promise<void>;

/** The proxy takes no connections at all. */
export const CLOSED = 'CLOSED';

export interface FaultProxy {
  readonly url: string;
  /** The hub's way to the program: over this proxy to a server of its own. To be given as `between`. */
  readonly front: (program: Ask) => Ask;
  /** Behaves so from now on. */
  readonly suffer: (behaviour: Behaviour | typeof CLOSED) => Promise<void>;
  /** Passes questions and answers on as they are. */
  readonly recover: () => Promise<void>;
  /** How many questions have come in so far. */
  readonly asked: () => number;
  [Symbol.asyncDispose](): Promise<void>;
}

export interface FaultProxyOptions {
  /** How many questions the hub may have under way: one that hangs takes a connection until its deadline. */
  readonly connections?: number;
}

/** Starts the proxy on a free port, behaving well. */
export async function startFaultProxy({ connections = 8 }: FaultProxyOptions = {}): Promise<FaultProxy> {
  let behaviour: Behaviour = well;
  let asked = 0;
  let face: Promise<Face> | null = null;
  const remotes: Remote[] = [];
  const server = createServer((request, response) => {
    asked += 1;
    respond(request, response).catch((error: unknown) => {
      // An asker that has gone is no fault of the proxy.
      if (!response.destroyed) process.emitWarning(error as Error);
      response.destroy();
    });
  });
  const respond = async (request: IncomingMessage, response: ServerResponse) => {
    const { headers } = request;
    const text = await readText(request);
    const gone = new AbortController();
    response.once('close', () => gone.abort());
    const forward = async () => (await face!).forward(text, headers, gone.signal);
    await behaviour({
      question: JSON.parse(text) as Question,
      headers,
      response,
      answer: async () => (await (await forward()).body.json()) as Answer,
      async passOn() {
        const { statusCode, headers: given, body } = await forward();
        response.writeHead(statusCode, given);
        await pipeline(body, response);
      },
    });
  };
  const open = (at: number) =>
    new Promise<number>((resolve, reject) => {
      server.once('error', reject);
      server.listen(at, '127.0.0.1', () => resolve((server.address() as AddressInfo).port));
    });
  const close = () =>
    new Promise<void>((resolve) => {
      server.close(() => resolve());
      server.closeAllConnections();
    });
  const port = await open(0);
  const url = `http://127.0.0.1:${port}/graphql`;
  const suffer = async (next: Behaviour | typeof CLOSED) => {
    if (next === CLOSED) {
      if (server.listening) await close();
      return;
    }
    behaviour = next;
    if (!server.listening) await open(port);
  };
  return {
    url,
    front(program) {
      face = (face ?? Promise.resolve(null)).then(async (before) => {
        await before?.stop();
        return openFace(program, connections);
      });
      const remote = createRemote(url, { connections });
      remotes.push(remote);
      return remote.ask;
    },
    suffer,
    recover: () => suffer(well),
    asked: () => asked,
    async [Symbol.asyncDispose]() {
      await Promise.all(remotes.map((remote) => remote.stop()));
      if (server.listening) await close();
      await (await face)?.stop();
    },
  };
}

/** Passes questions and answers on as they are. */
export const well: Behaviour = ({ passOn }) => passOn();

/** Sends a body as it stands, as JSON unless said otherwise. */
export function sendText(response: ServerResponse, status: number, body: string, type = 'application/json'): void {
  if (response.destroyed) return;
  response.writeHead(status, { 'content-type': type, 'content-length': Buffer.byteLength(body) }).end(body);
}

/** The program's own server, and the way to it. */
interface Face {
  forward(body: string, headers: IncomingHttpHeaders, signal: AbortSignal): Promise<Dispatcher.ResponseData>;
  stop(): Promise<void>;
}

async function openFace(ask: Ask, connections: number): Promise<Face> {
  // Nothing is signed here, and so nobody is named on the way.
  const asViewer: Ask = (question, signal) => ask(question, signal, viewerHeaders());
  const served: ServedProgram = await serveProgram({ ask: asViewer }, { host: '127.0.0.1', port: 0 });
  const { origin, host, pathname } = new URL(served.url);
  const pool = new Pool(origin, { connections });
  return {
    forward: (body, given, signal) => {
      const headers: IncomingHttpHeaders = { ...given, host };
      // It belongs to the one connection on which it came.
      delete headers.connection;
      return pool.request({ method: 'POST', path: pathname, headers, body, signal });
    },
    async stop() {
      await pool.destroy();
      await served.stop();
    },
  };
}

async function readText(request: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  for await (const chunk of request as AsyncIterable<Buffer>) chunks.push(chunk);
  return Buffer.concat(chunks).toString('utf8');
}
