/** One request asks nobody the same thing twice at the same time: who asks second waits for the first one's answer. */

import { isDeepStrictEqual } from 'node:util';

import { keptWith } from '../../common/kept-with.ts';
import type { Answer, Question } from '../../common/wire.ts';
import type { RequestRecord } from '../operating/record.ts';
import type { Failure, Reply } from './reply.ts';

interface UnderWay {
  readonly upstream: string;
  readonly question: Question;
  readonly deadlineMs: number;
  /** How many wait for it. */
  waiting: number;
  /** A reply for each of them: answers are changed by those who get them. */
  readonly replies: Promise<(Reply | Failure)[]>;
}

/** By the request's record, so that nothing is shared between requests, and nothing outlives one. */
const underWayOf = keptWith<RequestRecord, UnderWay[]>();

/** Asks by `ask`, unless this request is asking the same upstream the same just now. Everybody gets a reply of their own. */
export async function shared(
  record: RequestRecord,
  asked: Pick<UnderWay, 'upstream' | 'question' | 'deadlineMs'>,
  ask: () => Promise<Reply | Failure>,
): Promise<Reply | Failure> {
  let underWay = underWayOf.of(record);
  if (!underWay) {
    underWay = [];
    underWayOf.keep(record, underWay);
  }
  const known = underWay.find((one) => isSame(one, asked));
  if (known) {
    const place = known.waiting++;
    return (await known.replies)[place]!;
  }
  const own = { ...asked, waiting: 1, replies: nobodyYet };
  underWay.push(own);
  own.replies = repliesTo(own, ask, () => underWay.splice(underWay.indexOf(own), 1));
  return (await own.replies)[0]!;
}

const nobodyYet = Promise.resolve<(Reply | Failure)[]>([]);

async function repliesTo(
  own: UnderWay,
  ask: () => Promise<Reply | Failure>,
  over: () => void,
): Promise<(Reply | Failure)[]> {
  let reply: Reply | Failure;
  try {
    reply = await ask();
  } finally {
    over();
  }
  return Array.from({ length: own.waiting }, (_, place) => (place === 0 ? reply : copyOf(reply)));
}

/** The texts differ nearly always, so that variables are hardly ever compared. */
function isSame(
  { upstream, question, deadlineMs }: UnderWay,
  asked: Pick<UnderWay, 'upstream' | 'question' | 'deadlineMs'>,
): boolean {
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
