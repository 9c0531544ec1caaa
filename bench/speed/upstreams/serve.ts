/** A program over HTTP whose answers are kept by what was asked, so that it costs next to nothing to ask it again. */

import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { setTimeout as pause } from 'node:timers/promises';

import { listenAt } from '../../../common/listening.ts';
import { requestIdHeader } from '../../../common/request-id.ts';
import type { Question } from '../../../common/wire.ts';
import type { Program } from '../../../subgraphs/kit/program.ts';

/** What happened to the upstreams of a scenario. */
export interface Account {
  /** Questions, and those of them that had to be worked out. */
  asked: number;
  worked: number;
  /** Of each request that named itself, milliseconds that the slowest of each hop held its question. */
  readonly held: Map<string, Map<Hop, number>>;
}

/** The hops of a request: root fields, then entities of a court, then agencies. */
type Hop = 'roots' | 'entities' | 'agencies';

export interface ServeOptions {
  readonly program: Program;
  readonly isAgency: boolean;
  /** How late each answer is, milliseconds. */
  readonly delayMs: number;
  readonly account: Account;
}

/** Requests whose name begins so are accounted for one by one. */
export const namedRequest = 'bench-';

/** Serves on any free port; resolves with the address. */
export async function serveFromMemory({ program, isAgency, delayMs, account }: ServeOptions): Promise<string> {
  const kept = new Map<string, Buffer>();
  const answerTo = async (text: string): Promise<Buffer> => {
    const question = JSON.parse(text) as Question;
    account.worked += 1;
    const answer = Buffer.from(JSON.stringify(await program.ask(question, new AbortController().signal)));
    // What a court says of its clock is true now only.
    if (question.query.includes('_member')) return answer;
    if (kept.size >= mostKept) kept.delete(kept.keys().next().value!);
    kept.set(text, answer);
    return answer;
  };
  const respond = async (request: IncomingMessage, response: ServerResponse) => {
    account.asked += 1;
    const askedAt = performance.now();
    const text = await readText(request);
    const body = kept.get(text) ?? (await answerTo(text));
    if (delayMs > 0) await pause(delayMs);
    response.writeHead(200, { 'content-type': 'application/json', 'content-length': body.length });
    response.end(body);
    const name = request.headers[requestIdHeader];
    if (typeof name !== 'string' || !name.startsWith(namedRequest)) return;
    const hop = isAgency ? 'agencies' : text.includes('_entities') ? 'entities' : 'roots';
    noteHeld(account, name, hop, performance.now() - askedAt);
  };
  const server = createServer({ keepAliveTimeout: 120_000 }, (request, response) => {
    respond(request, response).catch((error: unknown) => {
      response.writeHead(500).end(String(error));
    });
  });
  await listenAt(server, '127.0.0.1', 0);
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}/graphql`;
}

function noteHeld({ held }: Account, name: string, hop: Hop, ms: number): void {
  const hops = held.get(name) ?? new Map<Hop, number>();
  hops.set(hop, Math.max(hops.get(hop) ?? 0, ms));
  held.set(name, hops);
}

/** More than one scenario's questions; the oldest goes first. */
const mostKept = 2_000;

function readText(request: IncomingMessage): Promise<string> {
  return new Promise((resolve, reject) => {
    const pieces: Buffer[] = [];
    request.on('data', (piece: Buffer) => pieces.push(piece));
    request.once('end', () => resolve((pieces.length === 1 ? pieces[0]! : Buffer.concat(pieces)).toString()));
    request.once('error', reject);
  });
}
