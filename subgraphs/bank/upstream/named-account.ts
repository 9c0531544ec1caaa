import { maskTail } from '../../kit/inquiry/mask.ts';
import type { NamedProperty, OrderedMeasure } from '../../kit/control/measure.ts';
import type { BankRecord } from './bank-record.ts';

/**
 * The number in full of an account that is named as the graph shows it, with the last four: by what the banks have said about its
 * owner.
 */
export function namedAccount(
  { property, bankName }: Pick<OrderedMeasure, 'property' | 'bankName'>,
  records: readonly BankRecord[],
): NamedProperty {
  const numbers = records
    .flatMap(({ accounts }) => accounts)
    .filter((account) => account.bankName === bankName && maskTail(account.number, 4) === property)
    .map(({ number }) => number);
  const [number, ...others] = new Set(numbers);
  if (number === undefined) return { refusal: 'ACCOUNT_NOT_SEEN' };
  return others.length > 0 ? { refusal: 'ACCOUNT_AMBIGUOUS' } : { property: number };
}
