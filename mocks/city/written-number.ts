/** Case numbers as courts have written them: 法〔2015〕137号 from 2016 on, and the local styles before. */

import type { Random } from './random.ts';

/** The words of the types that the generator files, in the order of the plan's kinds. */
export const typeWords = ['执', '执恢', '执保', '执异'] as const;

/** What a case number says. */
export interface NumberFacts {
  readonly year: number;
  /** 法院代字, or the local prefix of the years before 2016. */
  readonly prefix: string;
  readonly legacy: boolean;
  readonly word: (typeof typeWords)[number];
  readonly serial: number;
}

/** The rule's own form: `（2017）苏0312执1234号`, and `（2014）铜执字第1234号` before 2016. */
export function standardNumber({ year, prefix, legacy, word, serial }: NumberFacts): string {
  return legacy ? `（${year}）${prefix}${word}字第${serial}号` : `（${year}）${prefix}${word}${serial}号`;
}

/** One of the forms in which real tables hold the number; all of them name the same case. */
export function writtenNumber(random: Random, facts: NumberFacts): string {
  const { year, prefix, word, serial } = facts;
  const at = random.below(100);
  if (!facts.legacy) {
    if (at < 84) return standardNumber(facts);
    if (at < 90) return `(${year})${prefix}${word}${serial}号`;
    if (at < 94) return `〔${year}〕${prefix}${word}${serial}号`;
    if (at < 97) return `（${year}） ${prefix} ${word} ${serial} 号`;
    return `（${year}）${prefix}${word}${padded(serial)}号`;
  }
  // Art. 10 forbids leading zeros only from 2016 on; before, five digits were usual.
  if (at < 40) return `（${year}）${prefix}${word}字第${padded(serial)}号`;
  if (at < 60) return standardNumber(facts);
  if (at < 75) return `(${year})${prefix}${word}字第${padded(serial)}号`;
  if (at < 85) return `〔${year}〕${prefix}${word}字第${serial}号`;
  if (at < 95) return `(${year}) ${prefix}${word}字 第 ${serial} 号`;
  return `（${year}）${prefix}${word}字第${padded(serial)}-1号`;
}

/** The number of the `ordinal`-th document (1 …) that the court issued in a case. */
export function documentNumber(facts: NumberFacts, ordinal: number): string {
  if (facts.legacy) return `（${facts.year}）${facts.prefix}${facts.word}字第${facts.serial}-${ordinal}号`;
  return `${standardNumber(facts)}之${'一二三四五六七八九十'.charAt(ordinal - 1)}`;
}

function padded(serial: number): string {
  return String(serial).padStart(5, '0');
}
