/** A real HTTP server in front of a program, whose behaviour a test changes at run time. Agencies can stand behind it too. */

import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

import type { Answer, Ask, Question } from '../../common/wire.ts';
import { createRemote, type Remote } from '../../gateway/asking/remote.ts';

/** One question that came in over the socket. */
export interface Exchange {
  readonly question: Question;
  readonly response: ServerResponse;
  /** What the program behind answers, as plain JSON that may be spoiled. */
  readonly answer: () => Promise<Answer>;
}

/** What the server does with a question. */
export type Behaviour = (exchange: Exchange) => void | Promise<void>;

/** The server takes no connections at all. */
export const CLOSED = 'CLOSED';

export interface FaultyCourt {
  readonly url: string;
  /** The hub's way to the program: over this server. To be given as `between`. */
  readonly front: (program: Ask) => Ask;
  /** Behaves so from now on. */
  readonly suffer: (behaviour: Behaviour | typeof CLOSED) => Promise<void>;
  /** Passes questions on and answers as they are. */
  readonly recover: () => Promise<void>;
  /** How many questions have come in so far. */
  readonly asked: () => number;
  [Symbol.asyncDispose](): Promise<void>;
}

/** Starts the server on a free port of 127.0.0.1, behaving well. */
export async function startFaultyCourt(): Promise<FaultyCourt> {
  let program: Ask = () => Promise.reject(new Error('No program stands behind this server.'));
  let behaviour: Behaviour = passOn;
  let asked = 0;
  const remotes: Remote[] = [];
  const server = createServer((request, response) => {
    asked += 1;
    respond(request, response).catch((error: unknown) => {
      process.emitWarning(error as Error);
      response.destroy();
    });
  });
  const respond = async (request: IncomingMessage, response: ServerResponse) => {
    const question = JSON.parse(await readText(request)) as Question;
    const answer = async () =>
      JSON.parse(JSON.stringify(await program(question, new AbortController().signal))) as Answer;
    await behaviour({ question, response, answer });
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
  return {
    url,
    front(own) {
      program = own;
      const remote = createRemote(url);
      remotes.push(remote);
      return remote.ask;
    },
    async suffer(next) {
      if (next === CLOSED) {
        if (server.listening) await close();
        return;
      }
      behaviour = next;
      if (!server.listening) await open(port);
    },
    async recover() {
      behaviour = passOn;
      if (!server.listening) await open(port);
    },
    asked: () => asked,
    async [Symbol.asyncDispose]() {
      await Promise.all(remotes.map((remote) => remote.stop()));
      if (server.listening) await close();
    },
  };
}

const passOn: Behaviour = async ({ response, answer }) => sendText(response, 200, JSON.stringify(await answer()));

/** Sends a body as it stands, as JSON unless said otherwise. */
export function sendText(response: ServerResponse, status: number, body: string, type = 'application/json'): void {
  if (response.destroyed) return;
  response.writeHead(status, { 'content-type': type, 'content-length': Buffer.byteLength(body) }).end(body);
}

async function readText(request: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  for await (const chunk of request as AsyncIterable<Buffer>) chunks.push(chunk);
  return Buffer.concat(chunks).toString('utf8');
}
