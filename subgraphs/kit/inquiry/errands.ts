import { askBy, startErrand, type Errand, type ErrandSetting, type Fetching } from './errand.ts';
import { groupBy } from './group.ts';
import { UpstreamFailure } from './outcome.ts';
import type { OpenTicket } from './ticket.ts';

/** The errands that this process is on. */
export interface Errands {
  /** Hands the tickets in, in batches, and goes for their answers. */
  ask(tickets: readonly OpenTicket[]): void;
  /** Goes on with what another process, or an earlier life of this one, has begun. */
  resume(tickets: readonly OpenTicket[]): void;
  /** Whether somebody here is going for this ticket's answer. */
  carries(requestNumber: string): boolean;
  /** Goes for these no further: what became of them stands in the store. */
  drop(requestNumbers: readonly string[]): void;
  /** All of them. */
  carried(): string[];
  /** Resolves when all have ended, after `stopping` was. */
  ended(): Promise<void>;
}

/** Nobody is on an errand yet; `failed` is told of faults of our own, with the tickets that they leave open. */
export function createErrands<Row>(
  setting: ErrandSetting<Row>,
  failed: (requestNumbers: readonly string[], fault: unknown) => void,
): Errands {
  const { line, store } = setting;
  const carriers = new Map<string, Errand>();
  const running = new Set<Promise<void>>();

  const run = (tickets: readonly OpenTicket[], fetching?: Fetching<Row>): void => {
    const numbers = tickets.map(({ requestNumber }) => requestNumber);
    const drop = (some: readonly string[]) => {
      for (const number of some) if (carriers.get(number) === errand) carriers.delete(number);
    };
    const own: ErrandSetting<Row> = {
      ...setting,
      settled(settlements) {
        drop(settlements.filter(({ state }) => state !== 'EXPIRED').map(({ requestNumber }) => requestNumber));
        setting.settled(settlements);
      },
    };
    const errand = startErrand(own, tickets, fetching);
    for (const number of numbers) carriers.set(number, errand);
    const work = errand.ended
      .catch((fault: unknown) =>
        failed(
          numbers.filter((number) => carriers.get(number) === errand),
          fault,
        ),
      )
      .finally(() => {
        drop(numbers);
        running.delete(work);
      });
    running.add(work);
  };

  const ask = (tickets: readonly OpenTicket[]): void => {
    for (let start = 0; start < tickets.length; start += line.batchSize)
      run(tickets.slice(start, start + line.batchSize));
  };

  /** An agency may have forgotten a batch, or not speak of all in it: the same question may be handed in again. */
  const pollOn =
    (batch: string, poll: NonNullable<typeof line.pollOn>): Fetching<Row> =>
    async (left, report, signal) => {
      try {
        await poll(batch, left(), report, signal);
      } catch (error) {
        if (!(error instanceof UpstreamFailure && error.message === 'NOT_FOUND')) throw error;
      }
      if (left().length > 0) await askBy(store, line)(left, report, signal);
    };

  return {
    ask,
    resume(tickets) {
      const fresh = tickets.filter(({ requestNumber }) => !carriers.has(requestNumber));
      const { pollOn: poll } = line;
      const batches = groupBy(fresh, ({ batch }) => (poll === undefined ? null : batch));
      for (const [batch, own] of batches) {
        if (batch === null || poll === undefined) ask(own);
        else run(own, pollOn(batch, poll));
      }
    },
    carries: (requestNumber) => carriers.has(requestNumber),
    drop(requestNumbers) {
      for (const requestNumber of requestNumbers) {
        carriers.get(requestNumber)?.drop([requestNumber]);
        carriers.delete(requestNumber);
      }
    },
    carried: () => [...carriers.keys()],
    async ended() {
      await Promise.all(running);
    },
  };
}
