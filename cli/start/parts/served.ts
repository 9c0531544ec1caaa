/** A program served as a part: the one place where every part with a program meets HTTP. */

import { serveProgram } from '../../../subgraphs/kit/http.ts';
import type { Program } from '../../../subgraphs/kit/program.ts';
import type { Stack } from '../stack.ts';
import type { RunningPart } from './part.ts';

export interface ServedPart {
  readonly title: string;
  readonly program: Program;
  readonly port: number;
  readonly seededCases?: number | null;
}

/** Serves a program on loopback with `GET /health`, for as long as the stack stands. */
export async function servePart(
  stack: Stack,
  { title, program, port, seededCases = null }: ServedPart,
): Promise<Omit<RunningPart, 'stop'>> {
  const served = await serveProgram(program, {
    port,
    host: '127.0.0.1',
    routes: new Map([['/health', () => toHealth(title)]]),
  });
  stack.keep(served);
  const graphql = served.url;
  const url = new URL(graphql).origin;
  return {
    title,
    url,
    seededCases,
    addresses: [
      ['graphql', graphql],
      ['health', `${url}/health`],
    ],
  };
}

/** Liveness, with the part's name: who asks at a port wants to know who answers there. */
function toHealth(title: string) {
  return { status: 200, type: 'application/json; charset=utf-8', body: JSON.stringify({ status: 'ok', part: title }) };
}
