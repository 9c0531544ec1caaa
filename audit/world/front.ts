/** Stands before a served program on a port of its own, passes everything on, and goes wrong when an audit says so. */

import { Agent, createServer, request as httpRequest, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

import { listenAt } from '../../common/listening.ts';
import type { Answer, Question } from '../../common/wire.ts';
import type { Contract } from './contract.ts';

/** One question that came in. */
export interface Exchange {
  readonly question: Question;
  readonly response: ServerResponse;
  /** What the program answers, as plain JSON that may be changed. */
  readonly answer: () => Promise<Answer>;
}

/** What is done with a question. */
export type Behaviour = (exchange: Exchange) => void | Promise<void>;

/** No connection is taken at all. */
export const CLOSED = 'CLOSED';

export interface Front {
  readonly url: string;
  /** Questions about rows that came in since `forget`; those about the contract itself are not among them. */
  readonly asked: readonly Question[];
  forget(): void;
  /** How often it was made to suffer so far. */
  readonly sufferings: number;
  /** Behaves so until what comes back is disposed of. */
  suffer(behaviour: Behaviour | typeof CLOSED): Promise<AsyncDisposable>;
  /** Speaks this contract in the place of the program's own; null for its own again. */
  speak(contract: Contract | null): void;
  stop(): Promise<void>;
}

/** Opens a front before the program at `target`; port 0 takes any free one. */
export async function openFront(target: string, port: number): Promise<Front> {
  let behaviour: Behaviour | null = null;
  let contract: Contract | null = null;
  const asked: Question[] = [];
  let sufferings = 0;
  const agent = new Agent({ keepAlive: true });
  const server = createServer({ keepAliveTimeout: 75_000 }, (request, response) => {
    respond(request, response).catch(() => response.destroy());
  });
  await listenAt(server, '127.0.0.1', port);
  const bound = (server.address() as AddressInfo).port;

  async function respond(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const body = await readBody(request);
    const question = request.method === 'POST' ? toQuestion(body) : null;
    if (question === null) {
      await passOn(request, body, response);
      return;
    }
    const own = contract?.answer(question) ?? null;
    if (!isAboutContract(question)) asked.push(question);
    if (behaviour !== null) {
      const answer = async () => own ?? (JSON.parse(await textOf(await forward(request, body))) as Answer);
      await behaviour({ question, response, answer });
    } else if (own !== null) sendJson(response, own);
    else await passOn(request, body, response);
  }

  async function passOn(request: IncomingMessage, body: Buffer, response: ServerResponse): Promise<void> {
    const reply = await forward(request, body);
    response.writeHead(reply.statusCode ?? 502, reply.headers);
    reply.pipe(response);
  }

  function forward(request: IncomingMessage, body: Buffer): Promise<IncomingMessage> {
    const { method, headers, url } = request;
    const { host } = new URL(target);
    return new Promise((resolve, reject) => {
      const outgoing = httpRequest(new URL(url ?? '/', target), { method, headers: { ...headers, host }, agent });
      outgoing.once('response', resolve).once('error', reject).end(body);
    });
  }

  const close = () =>
    new Promise<void>((resolve) => {
      server.close(() => resolve());
      server.closeAllConnections();
    });
  return {
    url: `http://127.0.0.1:${bound}/graphql`,
    asked,
    forget: () => void asked.splice(0),
    get sufferings() {
      return sufferings;
    },
    async suffer(next) {
      sufferings += 1;
      if (next === CLOSED) await close();
      else behaviour = next;
      return {
        async [Symbol.asyncDispose]() {
          behaviour = null;
          if (server.listening) return;
          server.removeAllListeners('error');
          await listenAt(server, '127.0.0.1', bound);
        },
      };
    },
    speak: (next) => void (contract = next),
    async stop() {
      if (server.listening) await close();
      agent.destroy();
    },
  };
}

/** Several fronts suffer, each its own, until what comes back is disposed of. */
export async function sufferTogether(
  faults: Iterable<readonly [Front, Behaviour | typeof CLOSED]>,
): Promise<AsyncDisposable> {
  const suffering: AsyncDisposable[] = [];
  for (const [front, fault] of faults) suffering.push(await front.suffer(fault));
  return {
    async [Symbol.asyncDispose]() {
      for (const one of suffering) await one[Symbol.asyncDispose]();
    },
  };
}

/** Sends an answer, unless nobody is there any more. */
export function sendJson(response: ServerResponse, answer: unknown): void {
  if (response.destroyed) return;
  const body = JSON.stringify(answer);
  response.writeHead(200, { 'content-type': 'application/json', 'content-length': Buffer.byteLength(body) }).end(body);
}

/** Gateways ask for the contract and for a sign of life whenever they like; no promise is about that. */
function isAboutContract({ query }: Question): boolean {
  return /\b(_service|__schema)\b/.test(query) || /^[^{]*\{\s*__typename\s*\}\s*$/.test(query);
}

function toQuestion(body: Buffer): Question | null {
  try {
    const parsed = JSON.parse(body.toString('utf8')) as Partial<Question> | null;
    return typeof parsed?.query === 'string' ? (parsed as Question) : null;
  } catch {
    return null;
  }
}

async function readBody(message: IncomingMessage): Promise<Buffer> {
  const chunks: Buffer[] = [];
  for await (const chunk of message as AsyncIterable<Buffer>) chunks.push(chunk);
  return Buffer.concat(chunks);
}

async function textOf(message: IncomingMessage): Promise<string> {
  return (await readBody(message)).toString('utf8');
}
