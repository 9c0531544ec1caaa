/** A small court over HTTP whose answers and faults a scenario chooses, question by question. */

import { once } from 'node:events';
import { createServer, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

import type { Ask } from '../../common/wire.ts';
import { createRemote } from '../../gateway/asking/remote.ts';

/** What the court does with a question that has come in whole. */
export type Manner = (response: ServerResponse) => void;

export interface BenchCourt {
  /** The hub's own way to it, over a real socket. */
  readonly ask: Ask;
  manner: Manner;
  /** How many questions have come in so far. */
  readonly asked: () => number;
  stop(): Promise<void>;
}

const rows = Array.from({ length: 20 }, (_, index) => ({ number: `（2017）苏0312执${index + 1}号`, stage: 'CLOSED' }));
const body = JSON.stringify({ data: { cases: rows } });

/** Answers with twenty rows. */
export const well: Manner = (response) => void response.setHeader('content-type', 'application/json').end(body);

/** Answers after so many milliseconds. */
export function after(ms: number): Manner {
  return (response) => {
    const timer = setTimeout(() => well(response), ms);
    response.once('close', () => clearTimeout(timer));
  };
}

/** Answers with an error page. */
export const broken: Manner = (response) => void response.writeHead(503).end('<html>');

export async function startBenchCourt(connections = 9): Promise<BenchCourt> {
  let asked = 0;
  const server = createServer((request, response) => {
    request.resume().once('end', () => {
      asked += 1;
      court.manner(response);
    });
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  const remote = createRemote(`http://127.0.0.1:${(server.address() as AddressInfo).port}/graphql`, { connections });
  const court: BenchCourt = {
    ask: remote.ask,
    manner: well,
    asked: () => asked,
    async stop() {
      await remote.stop();
      server.close().closeAllConnections();
    },
  };
  return court;
}
