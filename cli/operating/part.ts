/** What watches a part that runs as a process of its own: one line of its log and one count for each question. */

import { collectDefaultMetrics, Counter, Histogram, Registry } from 'prom-client';

import { createLog, type Log, type LogLevel } from '../../common/log.ts';
import type { Answered } from '../../subgraphs/kit/http-answered.ts';

export interface PartOperating {
  readonly log: Log;
  /** To be told of every request that has been answered. */
  answered(request: Answered): void;
  /** A fault of the program's own, which its asker saw as INTERNAL only. */
  readonly faulted: (fault: Error) => void;
  /** A question was taken without asking in Redis whether another program of this name has taken it. */
  readonly unshared: () => void;
  /** Prometheus' text format, and its media type. */
  metrics(): Promise<string>;
  readonly contentType: string;
  stop(): Promise<void>;
}

/** From what an answer out of memory takes to beyond what the hub waits for. */
const buckets = [0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5];

/** Opens them for the part of this name (`court 苏0312`). */
export function openPartOperating(name: string, level: LogLevel): PartOperating {
  const log = createLog({ name, level });
  const registry = new Registry();
  const registers = [registry];
  collectDefaultMetrics({ register: registry });
  const answers = new Counter({
    name: 'nonet_part_answers_total',
    help: 'Questions that this program answered, by kind (QUERY, ENTITIES, SDL, MUTATION, DELIVERY, REFUSED) and HTTP status; 499 when the asker had gone.',
    labelNames: ['kind', 'status'],
    registers,
  });
  const seconds = new Histogram({
    name: 'nonet_part_answer_duration_seconds',
    help: 'Seconds from a question to its answer, by kind.',
    labelNames: ['kind'],
    buckets,
    registers,
  });
  const faults = new Counter({
    name: 'nonet_part_faults_total',
    help: 'Faults of the program itself; each is a line of level error in the log.',
    registers,
  });
  const unshared = new Counter({
    name: 'nonet_part_proofs_unshared_total',
    help: 'Questions whose proof was taken while Redis could not say whether another program of this name has taken it.',
    registers,
  });
  return {
    log,
    answered({ kind, status, elapsedMs, requestId }) {
      // Health and metrics are asked for all day.
      if (kind === 'ROUTE') return;
      answers.inc({ kind, status });
      seconds.observe({ kind }, elapsedMs / 1000);
      const line = { request: requestId ?? null, kind, status, ms: Math.round(elapsedMs) };
      // Hubs read the program every few seconds, to see what it can be asked.
      if (kind === 'SDL') log.debug('answered', line);
      else log.info('answered', line);
    },
    faulted(fault) {
      faults.inc();
      log.error('a fault of our own', fault);
    },
    unshared: () => unshared.inc(),
    metrics: () => registry.metrics(),
    contentType: registry.contentType,
    stop() {
      log.flush();
      return Promise.resolve();
    },
  };
}
