/** What the merge rules need to know of scalar types: how values compare, and how they add. */

import { isEnumType, type GraphQLNamedType } from 'graphql';

import { caseNumberKey, parseCaseNumber } from '../../common/case-number.ts';
import { formatMoney, parseMoney } from '../../common/money.ts';

export type Compare = (left: unknown, right: unknown) => number;

/** Arithmetic of one scalar: the sum over nobody (a count of nothing is 0, an amount of nothing is unknown), and exact addition. */
interface Sum {
  readonly zero: unknown;
  readonly add: (left: unknown, right: unknown) => unknown;
}

/** Text by bytes of UTF-8, as PostgreSQL's COLLATE "C" has it; JavaScript's own order differs beyond the BMP. */
function compareText(left: unknown, right: unknown): number {
  return Buffer.compare(Buffer.from(String(left)), Buffer.from(String(right)));
}

/** The order of a type's values: enums as defined, numbers and money by value, case numbers by normal key, else bytes. */
export function compareOf(type: GraphQLNamedType): Compare {
  if (isEnumType(type)) {
    const order = new Map(type.getValues().map((value, index) => [value.name, index]));
    return (left, right) => (order.get(left as string) ?? order.size) - (order.get(right as string) ?? order.size);
  }
  switch (type.name) {
    case 'Int':
    case 'Float':
      return (left, right) => (left as number) - (right as number);
    case 'Boolean':
      return (left, right) => Number(left) - Number(right);
    case 'Money':
      return (left, right) => compareBig(parseMoney(left as string), parseMoney(right as string));
    case 'CaseNumber':
      return (left, right) =>
        compareText(caseNumberKey(parseCaseNumber(left as string)), caseNumberKey(parseCaseNumber(right as string)));
    case 'DateTime':
      return (left, right) => Date.parse(left as string) - Date.parse(right as string);
    default:
      return compareText;
  }
}

/** Exact addition for the types that SUM takes. */
export function sumOf(type: GraphQLNamedType): Sum {
  if (type.name === 'Money') {
    return {
      zero: null,
      add: (left, right) => formatMoney(parseMoney(left as string) + parseMoney(right as string)),
    };
  }
  return { zero: 0, add: (left, right) => (left as number) + (right as number) };
}

function compareBig(left: bigint, right: bigint): number {
  if (left === right) return 0;
  return left < right ? -1 : 1;
}
