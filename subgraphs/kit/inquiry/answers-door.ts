/** Where an agency hands in answers by itself over HTTP: `POST /answers` (`mocks/README.md`). */

import { createHash, timingSafeEqual } from 'node:crypto';
import type { Delivery } from '../http.ts';
import { Refusal } from '../http-refusal.ts';
import type { Taken } from './hand-in.ts';

/** Takes what the agency hands in; null where that is no answer of this agency. */
export type HandIn = (answer: unknown) => Promise<readonly Taken[] | null>;

/** A shorter secret could be found by trying. */
export const shortestSecret = 32;

/** Takes answers from whoever has the secret, as a bearer (RFC 6750), and tells what became of each number. */
export function createAnswersDoor(handIn: HandIn, secret: string): Delivery {
  const expected = digestOf(`Bearer ${secret}`);
  return async ({ authorization = '', readJson }) => {
    if (!timingSafeEqual(digestOf(authorization), expected))
      throw new Refusal(401, 'UNAUTHENTICATED', 'answers are taken from the agency alone, by its secret as a bearer', {
        'www-authenticate': 'Bearer',
      });
    const taken = await handIn(await readJson());
    if (taken === null || taken.length === 0)
      throw new Refusal(
        400,
        'BAD_REQUEST',
        'the body is no answer of this agency; expected what a poll is answered with',
      );
    const refused = taken.some(({ state }) => state === 'UNKNOWN' || state === 'UNREADABLE');
    const told = {
      RESULT: refused ? '9422' : '0000',
      MSG: refused ? '部分反馈未接收' : '',
      JSQK: taken.map(({ requestNumber, state }) => ({ BDHM: requestNumber, JSZT: state })),
    };
    return { status: refused ? 422 : 200, type: 'application/json; charset=utf-8', body: JSON.stringify(told) };
  };
}

/** Digests have one length, so that comparing tells nothing of the secret's. */
function digestOf(text: string): Buffer {
  return createHash('sha256').update(text).digest();
}
