import type { Telling } from './line.ts';
import type { Settlement, TicketStore } from './store.ts';
import { stateOf } from './ticket.ts';

/** What becomes of one number in what an agency hands in. */
export interface Taken {
  readonly requestNumber: string;
  /**
   * TAKEN: it stands in the store. PENDING: it was understood, and more is to come. SETTLED: nothing is expected of this number any
   * more, and nothing has changed. UNKNOWN: nobody has asked under this number. UNREADABLE: it says nothing that an answer to
   * this question can say, and the question stays open.
   */
  readonly state: 'TAKEN' | 'PENDING' | 'SETTLED' | 'UNKNOWN' | 'UNREADABLE';
}

/**
 * Judges what an agency tells by itself as what it is asked for, and writes down what settles a question for good. A polled answer
 * that cannot be read says that there is none to be had; one that was handed in says nothing, since it may come again.
 */
export async function takeHandedIn<Row>(
  store: TicketStore<Row>,
  now: () => Date,
  tellings: ReadonlyMap<string, Telling<Row>>,
): Promise<{ readonly taken: readonly Taken[]; readonly settlements: readonly Settlement<Row>[] }> {
  const questions = await store.questions([...tellings.keys()]);
  const settlements: Settlement<Row>[] = [];
  const taken = [...tellings].map(([requestNumber, telling]): Taken => {
    const inquiry = questions.get(requestNumber);
    if (inquiry === undefined) return { requestNumber, state: 'UNKNOWN' };
    if (inquiry === null) return { requestNumber, state: 'SETTLED' };
    const settled = telling(inquiry);
    if (settled === null) return { requestNumber, state: 'PENDING' };
    const state = stateOf(settled);
    if (state === 'FAILED') return { requestNumber, state: 'UNREADABLE' };
    settlements.push({ requestNumber, state, settledAt: now(), settled });
    return { requestNumber, state: 'TAKEN' };
  });
  await store.settle(settlements);
  return { taken, settlements };
}
