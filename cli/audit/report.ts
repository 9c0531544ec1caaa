/** What the verification of a trail found, as people read it. */

import type { TrailFault, VerifiedChain } from '../../gateway/trail/verify.ts';

/** One chain in one line. */
export function toChainLine({ name, records, lines, segments, head, fault }: VerifiedChain): string {
  const verdict = fault ? 'NOT WHOLE' : 'whole';
  const signed = head ? `signed to line ${head.n} at ${head.at}` : 'not signed yet';
  return `chain ${name}: ${verdict}; ${counted(records, 'record')} on ${counted(lines, 'line')} in ${counted(segments, 'segment')}, ${signed}`;
}

/** What is to be known and is no fault. */
export function toNoteLines({ unsigned, torn, fault }: VerifiedChain): string[] {
  if (fault) return [];
  return [
    ...(unsigned > 0
      ? [`  ${counted(unsigned, 'line')} behind the last signed head: whether any are missing there cannot be said.`]
      : []),
    ...(torn > 0
      ? [
          `  ${counted(torn, 'byte')} of a line that is not whole, as a process leaves that was killed; the next start cuts it off.`,
        ]
      : []),
  ];
}

/** The first place that is wrong. */
export function toFaultLine({ file, line, said }: TrailFault): string {
  return `  ${file}${line === null ? '' : `, line ${line}`}: ${said}.`;
}

function counted(count: number, what: string): string {
  return `${count} ${what}${count === 1 ? '' : 's'}`;
}
