import type { Settled } from '../../kit/inquiry/outcome.ts';
import { garbled } from '../../kit/inquiry/outcome.ts';
import { readBankAnswer, settleBanks } from './answer.ts';
import type { BankRecord } from './bank-record.ts';

/** What has come of questions that are still open, by request number; in memory, since the next poll brings it again. */
export interface Arrivals {
  /** Reads what has arrived about one request: null while banks are waited for. */
  read(elements: readonly unknown[], requestNumber: string): Settled<BankRecord> | null;
  /** The banks of an open question; null when none has answered yet. */
  of(requestNumber: string): readonly BankRecord[] | null;
}

const mostRemembered = 20_000;

/** Remembers nothing yet; of too many questions it forgets the oldest. */
export function createArrivals(): Arrivals {
  const open = new Map<string, readonly BankRecord[]>();
  return {
    read: (elements, requestNumber) => {
      const answer = readBankAnswer(elements);
      open.delete(requestNumber);
      if (answer === null) return garbled;
      if (answer.complete) return settleBanks(answer);
      if (answer.answeredAt !== null) open.set(requestNumber, answer.banks);
      const [oldest] = open.keys();
      if (open.size > mostRemembered && oldest !== undefined) open.delete(oldest);
      return null;
    },
    of: (requestNumber) => open.get(requestNumber) ?? null,
  };
}
