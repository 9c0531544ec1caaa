import type { InquiryResult } from '../../kit/inquiry/inquire.ts';
import { isGap, type BankRecord } from '../upstream/bank-record.ts';
import type { BankCoverage } from './coverage.ts';

/**
 * What a party's `bank` says. A question that is answered in part is DEGRADED, with what has come; one that is still open
 * stays PENDING, and shows what has come already (`arrived`).
 */
export function toBankInquiry(
  { records, ...inquiry }: InquiryResult<BankRecord>,
  arrived: (requestNumber: string) => readonly BankRecord[] | null,
) {
  if (records !== null) {
    const coverage = toCoverage(records);
    const accounts = records.flatMap(({ accounts: own }) => own);
    if (coverage.complete) return { ...inquiry, status: accounts.length > 0 ? 'FOUND' : 'NONE', accounts, coverage };
    return { ...inquiry, status: 'DEGRADED', reason: 'BANKS_MISSING', accounts, coverage };
  }
  const { status, requestNumber } = inquiry;
  const open = status === 'PENDING' || status === 'TIMEOUT' || status === 'UNREACHABLE';
  const banks = open && requestNumber !== null ? arrived(requestNumber) : null;
  if (banks === null) return { ...inquiry, accounts: null, coverage: null };
  const partial = { accounts: banks.flatMap(({ accounts }) => accounts), coverage: toCoverage(banks) };
  return { ...inquiry, status: status === 'PENDING' ? 'PENDING' : 'DEGRADED', ...partial };
}

function toCoverage(banks: readonly BankRecord[]): BankCoverage {
  const answered = banks.filter((bank) => !isGap(bank)).length;
  return {
    complete: answered === banks.length,
    asked: banks.length,
    answered,
    banks: banks.map(({ bankName, status, reason, answeredAt }) => ({
      bankName,
      status,
      reason,
      answeredAt: answeredAt === null ? null : new Date(answeredAt),
    })),
  };
}
