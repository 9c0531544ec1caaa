import type { Clock } from './clock.ts';
import { pause } from './conduct.ts';

/** Hands one answer in. */
export type CallBack = (answer: unknown) => Promise<void>;

const tries = 5;
const firstPauseMs = 200;

/**
 * At an instant gives an answer to who asked for it; who does not take it is tried again a few times, each time after twice as
 * long, and then nobody hears of it.
 */
export async function callBackAt(clock: Clock, at: Date, answer: () => unknown, callBack: CallBack): Promise<void> {
  await pause(Math.max(0, at.getTime() - clock.now().getTime()) + 1);
  for (let attempt = 0; attempt < tries; attempt++) {
    try {
      await callBack(answer());
      return;
    } catch {
      await pause(firstPauseMs * 2 ** attempt);
    }
  }
}
