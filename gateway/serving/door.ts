/** Logical subgraphs over HTTP, for other engines: `POST /NAME` for each, on loopback. */

import { SpanKind, trace } from '@opentelemetry/api';

import { createDeadline, type Deadline } from '../../common/deadline.ts';
import type { Log } from '../../common/log.ts';
import { deadlineHeader, readDeadlineMs, type Question } from '../../common/wire.ts';
import { readJsonObject } from '../http/body.ts';
import { defaultLimits, type DoorLimits } from '../http/limits.ts';
import { Refusal } from '../http/refusals.ts';
import { jsonReply } from '../http/reply.ts';
import type { Route } from '../http/routes.ts';
import { openServer, type Door } from '../http/server.ts';
import { healthReply, metricsReply, stoppingRefusal } from '../http/status.ts';
import { createMetrics, type Metrics } from '../operating/metrics.ts';
import type { RequestRecord } from '../operating/record.ts';
import { inSpan } from '../operating/span.ts';
import type { RequestContext } from '../request-context.ts';
import type { ServedSubgraph } from './subgraph.ts';

export interface ServingDoorOptions {
  readonly subgraphs: ReadonlyMap<string, ServedSubgraph>;
  readonly contextOf: (signal: AbortSignal, record: RequestRecord) => RequestContext;
  readonly host: string;
  /** 0 takes any free port. */
  readonly port: number;
  /** Other texts that are read by GET, by path, made when they are asked for. */
  readonly texts?: ReadonlyMap<string, () => string>;
  readonly limits?: Partial<DoorLimits>;
  readonly log?: Log;
  readonly metrics?: Metrics;
}

/**
 * An engine asks about many entities at once, on connections that it keeps longer than any client: closed under a question
 * that is on its way, they would lose it.
 */
const servingLimits: DoorLimits = { ...defaultLimits, bodyBytes: 8 * 1024 * 1024, keepAliveMs: 75_000 };

/** Opens the door: `POST /NAME`, `GET /health`, `GET /metrics` and the other texts. */
export function openServingDoor(options: ServingDoorOptions): Promise<Door> {
  const { subgraphs, host, port, log } = options;
  const limits = { ...servingLimits, ...options.limits };
  const metrics = options.metrics ?? createMetrics();
  const routes = new Map<string, Route>();
  for (const [name, subgraph] of subgraphs) routes.set(`/${name}`, toRoute(name, subgraph, options, limits.bodyBytes));
  routes.set('/health', { method: 'GET', usage: 'Send GET.', answer: healthReply });
  routes.set('/metrics', { method: 'GET', usage: 'Send GET.', answer: () => metricsReply(metrics) });
  for (const [path, textOf] of options.texts ?? []) {
    const headers = { 'content-type': 'text/plain; charset=utf-8' };
    const answer: Route['answer'] = () => ({ status: 200, headers, body: Buffer.from(textOf()) });
    routes.set(path, { method: 'GET', usage: 'Send GET.', answer });
  }
  const isQuestion = (path: string) => subgraphs.has(path.slice(1));
  return openServer({ routes, host, port, limits, log, metrics, isQuestion, stoppingReply: stoppingRefusal });
}

function toRoute(name: string, subgraph: ServedSubgraph, { contextOf }: ServingDoorOptions, maxBytes: number): Route {
  return {
    method: 'POST',
    usage: 'Send POST with Content-Type: application/json and a body such as {"query": "{ _service { sdl } }"}.',
    async answer(request, signal, record) {
      const deadlineMs = deadlineOf(request.headers[deadlineHeader]);
      const question = toQuestion(await readJsonObject(request, maxBytes));
      const attributes = { 'nonet.request': record.id };
      const span = { name: `POST /${name}`, kind: SpanKind.SERVER, attributes, parent: record.trace };
      return inSpan(span, async (own) => {
        record.trace = trace.setSpan(record.trace, own);
        const within =
          deadlineMs === null
            ? { signal, end: () => undefined, release: () => undefined }
            : createDeadline(signal, deadlineMs);
        return jsonReply(200, await answerWithin(subgraph, question, { ...within, ms: deadlineMs }, contextOf, record));
      });
    },
  };
}

async function answerWithin(
  subgraph: ServedSubgraph,
  question: Question,
  deadline: Deadline & { readonly ms: number | null },
  contextOf: ServingDoorOptions['contextOf'],
  record: RequestRecord,
) {
  const context = contextOf(deadline.signal, record);
  // Who asks has to be told in time who was late.
  const patience = deadline.ms === null ? {} : { patienceMs: Math.max(1, Math.floor(deadline.ms * 0.9)) };
  try {
    return await subgraph.answer(question, { ...context, ...patience });
  } finally {
    context.release();
    deadline.release();
  }
}

function deadlineOf(header: string | string[] | undefined): number | null {
  const ms = readDeadlineMs(header);
  if (ms !== undefined) return ms;
  throw new Refusal('MALFORMED_QUESTION', `${deadlineHeader} has to be an integer from 1 to 9999999.`);
}

function toQuestion({ query, variables, operationName, extensions }: Record<string, unknown>): Question {
  if (typeof query !== 'string') throw malformed('"query" has to be text');
  if (variables != null && !isObject(variables)) {
    throw malformed('"variables" has to be an object');
  }
  if (operationName != null && typeof operationName !== 'string') throw malformed('"operationName" has to be text');
  return {
    query,
    ...(variables != null && { variables }),
    ...(operationName != null && { operationName }),
    ...(isObject(extensions) && { extensions }),
  };
}

function malformed(what: string): Refusal {
  return new Refusal('MALFORMED_QUESTION', `${what}, as in {"query": "{ _service { sdl } }"}.`);
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
