import type { AccountRecord } from './account-record.ts';

/**
 * How it stands with one bank: it has accounts, knows nobody, is still to answer, cannot be had or read, or answered in
 * part, since rows of it were lost on the way.
 */
export type BankStatus = 'FOUND' | 'NONE' | 'PENDING' | 'UNREACHABLE' | 'DEGRADED';

/** One bank's answer to one request, its accounts with numbers in full. */
export interface BankRecord {
  /** Null for a bank that the door counts and does not name. */
  readonly bankName: string | null;
  readonly status: BankStatus;
  readonly reason: string | null;
  /** ISO 8601 with the offset UTC. */
  readonly answeredAt: string | null;
  readonly accounts: readonly AccountRecord[];
}

/** Whether something of this bank is not known. */
export function isGap({ status }: BankRecord): boolean {
  return status !== 'FOUND' && status !== 'NONE';
}
