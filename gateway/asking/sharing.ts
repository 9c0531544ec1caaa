/** One request asks nobody the same thing twice at the same time: who asks second waits for the first one's answer. */

import { isDeepStrictEqual } from 'node:util';

import { keptWith } from '../../common/kept-with.ts';
import type { Answer, Question } from '../../common/wire.ts';
import type { RequestRecord } from '../operating/record.ts';
import type { Failure, Reply } from './reply.ts';

/** What is asked, and of whom. */
interface Asked {
  readonly upstream: string;
  readonly question: Question;
  readonly deadlineMs: number;
}

interface UnderWay {
  readonly asked: Asked;
  /** Those who asked the same since. */
  readonly others: { readonly resolve: (reply: Reply | Failure) => void; readonly reject: (error: unknown) => void }[];
}

/** By the request's record, so that nothing is shared between requests, and nothing outlives one. */
const underWayOf = keptWith<RequestRecord, UnderWay[]>();

/** Asks by `ask`, unless this request is asking the same upstream the same just now. Everybody gets a reply of their own. */
export async function shared(
  record: RequestRecord,
  asked: Asked,
  ask: () => Promise<Reply | Failure>,
): Promise<Reply | Failure> {
  let underWay = underWayOf.of(record);
  if (!underWay) {
    underWay = [];
    underWayOf.keep(record, underWay);
  }
  const known = underWay.find((one) => isSame(one.asked, asked));
  if (known) return new Promise((resolve, reject) => known.others.push({ resolve, reject }));
  const own: UnderWay = { asked, others: [] };
  underWay.push(own);
  try {
    const reply = await ask();
    // Before anybody has one of them: answers are changed by those who get them.
    for (const { resolve } of own.others) resolve(copyOf(reply));
    return reply;
  } catch (error) {
    for (const { reject } of own.others) reject(error);
    throw error;
  } finally {
    underWay.splice(underWay.indexOf(own), 1);
  }
}

/** The texts differ nearly always, so that variables are hardly ever compared. */
function isSame({ upstream, question, deadlineMs }: Asked, asked: Asked): boolean {
  return (
    upstream === asked.upstream &&
    question.query === asked.question.query &&
    deadlineMs === asked.deadlineMs &&
    question.operationName === asked.question.operationName &&
    isDeepStrictEqual(question.variables, asked.question.variables)
  );
}

/** An answer is what stands in an HTTP body. */
function copyOf(reply: Reply | Failure): Reply | Failure {
  return reply.kind === 'failed' ? reply : { ...reply, answer: JSON.parse(JSON.stringify(reply.answer)) as Answer };
}
