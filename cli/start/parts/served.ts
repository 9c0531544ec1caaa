/** A program served as a part: the one place where every part with a program meets HTTP. */

import { serveProgram, type Delivery, type Route } from '../../../subgraphs/kit/http.ts';
import type { CheckProof } from '../../../subgraphs/kit/http-proof.ts';
import type { Program } from '../../../subgraphs/kit/program.ts';
import type { PartOperating } from '../../operating/part.ts';
import type { Stack } from '../stack.ts';
import type { RunningPart } from './part.ts';

export interface ServedPart {
  readonly title: string;
  readonly program: Program;
  readonly port: number;
  readonly operating: PartOperating;
  /** It answers its hub alone; undefined where it was told to answer whoever is on this machine. */
  readonly checkProof: CheckProof | undefined;
  /** What is taken by POST beside questions, by path. */
  readonly deliveries?: ReadonlyMap<string, Delivery> | undefined;
  readonly seededCases?: number | null;
}

/** Serves a program on loopback with `GET /health` and `GET /metrics`, for as long as the stack stands. */
export async function servePart(
  stack: Stack,
  { title, program, port, operating, checkProof, deliveries, seededCases = null }: ServedPart,
): Promise<Omit<RunningPart, 'stop'>> {
  const served = await serveProgram(program, {
    port,
    host: '127.0.0.1',
    routes: new Map<string, Route>([
      ['/health', () => toHealth(title)],
      ['/metrics', async () => ({ status: 200, type: operating.contentType, body: await operating.metrics() })],
    ]),
    checkProof,
    deliveries,
    onAnswered: (request) => operating.answered(request),
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
      ['health', `${url}/health  ${url}/metrics`],
    ],
  };
}

/** Liveness, with the part's name: who asks at a port wants to know who answers there. */
function toHealth(title: string) {
  return { status: 200, type: 'application/json; charset=utf-8', body: JSON.stringify({ status: 'ok', part: title }) };
}
