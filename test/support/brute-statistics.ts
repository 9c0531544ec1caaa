/** Counts and sums over plain rows, exact to the fen. */

import { yuanOf, fenOf, type PlainCase } from './brute-force.ts';

// The enums' own order (法发〔2014〕26号 for the closing modes), written down a second time on purpose.
const stages =
  'FILED ASSIGNED NOTIFIED INVESTIGATING TRIAGED FAST DISPOSING ORDINARY PAYING_OUT CLOSING_REVIEW CLOSED ARCHIVED ' +
  'SUSPENDED STAYED SETTLED_PENDING TERMINATED_MONITORED RESUMED SHIELDED';
const closingModes = 'FULLY_EXECUTED TERMINATED_THIS_TIME TERMINATED_FINAL CANCELLED REFUSED DISMISSED';

/** What `caseStatistics` says of these rows: 销案 that another case continues is in none of it. */
export function statisticsOf(cases: readonly PlainCase[]): Record<string, unknown> {
  const counted = cases.filter(({ record }) => record.closingMode !== 'CANCELLED' || record.successor === null);
  const months = [...new Set(counted.flatMap(({ record }) => record.filedOn?.slice(0, 7) ?? []))].sort();
  return {
    count: counted.length,
    amountDue: sum(counted, 'amountDue'),
    amountRecovered: sum(counted, 'amountRecovered'),
    amountOutstanding: sum(counted, 'amountOutstanding'),
    byStage: stages.split(' ').flatMap((stage) => {
      const those = counted.filter(({ record }) => record.stage === stage);
      return group({ stage, count: those.length, amountOutstanding: sum(those, 'amountOutstanding') });
    }),
    byClosingMode: closingModes.split(' ').flatMap((closingMode) => {
      const those = counted.filter(({ record }) => record.closingMode === closingMode);
      return group({ closingMode, count: those.length, amountRecovered: sum(those, 'amountRecovered') });
    }),
    byMonth: months.flatMap((month) => {
      const those = counted.filter(({ record }) => record.filedOn?.startsWith(month));
      return group({ month, count: those.length, amountDue: sum(those, 'amountDue') });
    }),
    totalIsLowerBound: false,
  };
}

function group<Group extends { count: number }>(one: Group): readonly Group[] {
  return one.count === 0 ? [] : [one];
}

/** Null plus null is null, null plus one is one. */
function sum(cases: readonly PlainCase[], of: 'amountDue' | 'amountRecovered' | 'amountOutstanding'): string | null {
  const known = cases.flatMap(({ record }) => fenOf(record[of]) ?? []);
  return known.length === 0 ? null : yuanOf(known.reduce((total, fen) => total + fen, 0n));
}
