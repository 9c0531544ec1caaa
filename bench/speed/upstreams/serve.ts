/** A program over HTTP whose answers are kept by what was asked, so that it costs next to nothing to ask it again. */

import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { setTimeout as pause } from 'node:timers/promises';

import { listenAt } from '../../../common/listening.ts';
import type { Question } from '../../../common/wire.ts';
import type { Program } from '../../../subgraphs/kit/program.ts';

export interface Served {
  readonly url: string;
  /** Since it was last read. */
  readCounts(): Counts;
}

/** Questions, and those that had to be worked out. */
export interface Counts {
  readonly asked: number;
  readonly worked: number;
}

/** Serves on any free port, each answer so many milliseconds late. */
export async function serveFromMemory(program: Program, delayMs: number): Promise<Served> {
  const kept = new Map<string, Buffer>();
  let [asked, worked] = [0, 0];
  const answerTo = async (text: string): Promise<Buffer> => {
    const question = JSON.parse(text) as Question;
    worked += 1;
    const answer = Buffer.from(JSON.stringify(await program.ask(question, new AbortController().signal)));
    // What a court says of its clock is true now only.
    if (question.query.includes('_member')) return answer;
    if (kept.size >= mostKept) kept.delete(kept.keys().next().value!);
    kept.set(text, answer);
    return answer;
  };
  const respond = async (request: IncomingMessage, response: ServerResponse) => {
    asked += 1;
    const text = await readText(request);
    const body = kept.get(text) ?? (await answerTo(text));
    if (delayMs > 0) await pause(delayMs);
    response.writeHead(200, { 'content-type': 'application/json', 'content-length': body.length });
    response.end(body);
  };
  const server = createServer({ keepAliveTimeout: 120_000 }, (request, response) => {
    respond(request, response).catch((error: unknown) => {
      response.writeHead(500).end(String(error));
    });
  });
  await listenAt(server, '127.0.0.1', 0);
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/graphql`,
    readCounts() {
      const counts = { asked, worked };
      [asked, worked] = [0, 0];
      return counts;
    },
  };
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
