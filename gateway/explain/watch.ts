/** What happened in each fetch, where the client wants to know it. */

import type { DocumentNode } from 'graphql';

import type { FailureReason } from '../asking/reply.ts';
import type { RequestContext } from '../request-context.ts';
import { fetchOf } from '../sources/fetch.ts';
import type { Source } from './foresight.ts';
import { countRows } from './rows.ts';
import type { Step } from './steps.ts';

export interface Happened {
  readonly elapsedMs: number;
  readonly answers: readonly Answered[];
}

/** One question to one court or agency. */
export interface Answered {
  readonly id: string;
  readonly outcome: 'ANSWERED' | FailureReason;
  readonly elapsedMs: number;
  readonly rows: number;
}

/** Stands for a source that asks nobody and gives nothing. */
export const silent: Pick<Source, 'process'> = { process: () => Promise.resolve({ data: null }) };

/** The same source for one request, of these steps: what happens in their fetches is noted, by the fetch's document. */
export function watched(source: Source, steps: readonly Step[], happened: Map<DocumentNode, Happened>): Source {
  return {
    ...source,
    async process(options) {
      const { document, context } = fetchOf(options);
      const places = steps.find((step) => step.document === document)?.places ?? [];
      const answers: Answered[] = [];
      const startedAt = performance.now();
      // Counted at once: what reads an answer takes out of it what does not conform.
      const witness: RequestContext['witness'] = (id, reply) => {
        const { elapsedMs } = reply;
        if (reply.kind === 'failed') answers.push({ id, outcome: reply.reason, elapsedMs, rows: 0 });
        else answers.push({ id, outcome: 'ANSWERED', elapsedMs, rows: countRows(places, reply.answer.data) });
      };
      try {
        return await source.process({ ...options, context: { ...context, witness } });
      } finally {
        happened.set(document, { elapsedMs: Math.round(performance.now() - startedAt), answers });
      }
    },
  };
}
