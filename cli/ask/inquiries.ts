/** What the agencies said, counted: their answers stand in the rows, and whoever reads rows should know first. */

import type { Answer } from '../../common/wire.ts';
import { words, type CoverageReport } from './coverage.ts';
import { listOf } from './json.ts';
import { toTerminalText } from './text-width.ts';

/** A debtor without a writ may not be asked about: that is the law, and a gap that asking again does not close. */
const closable: ReadonlySet<string> = new Set(['PENDING', 'TIMEOUT', 'UNREACHABLE', 'DEGRADED', 'NOT_ASKED']);

interface Told {
  readonly path: string;
  readonly agency: string;
  readonly answers: readonly Count[];
}

interface Count {
  readonly status: string;
  readonly reason: string | null;
  readonly count: number;
}

/** One line for each field of an agency, as the answer's coverage has it. */
export function reportInquiries({ extensions }: Answer): CoverageReport {
  const told = readInquiries(extensions?.['coverage']);
  return {
    isComplete: !told.some(({ answers }) => answers.some(({ status }) => closable.has(status))),
    lines: told.map(({ path, agency, answers }) => {
      const isAlone = told.filter((other) => other.agency === agency).length === 1;
      const total = answers.reduce((sum, { count }) => sum + count, 0);
      const parts = answers.map(({ status, reason, count }) => {
        const isUnlawful = status === 'REFUSED' && reason === null;
        return `${count} ${isUnlawful ? 'refused (no valid writ, or returned)' : toWords(status, reason)}`;
      });
      const where = isAlone ? '' : ` at ${toTerminalText(path)}`;
      return `Inquiries to ${toTerminalText(agency)}${where}: ${total}: ${parts.join(', ')}.`;
    }),
  };
}

/** Nothing excludes an agency but a fault; courts are excluded by the question itself. */
function toWords(status: string, reason: string | null): string {
  if (status !== 'NOT_ASKED') return words(status, reason);
  const why = reason === null ? '' : ` (${toTerminalText(reasonWords[reason] ?? reason)})`;
  return `NOT ASKED${why}`;
}

const reasonWords: Readonly<Record<string, string>> = {
  REQUIREMENT_ABSENT: 'a court did not give what the agency requires: REQUIREMENT_ABSENT',
  CONFLICT: 'two different accounts were given of one debtor: CONFLICT',
  UNSUPPORTED: 'its program cannot be asked this: UNSUPPORTED',
};

function readInquiries(coverage: unknown): readonly Told[] {
  return listOf(coverage).flatMap(({ path, agency, answers }) =>
    typeof path === 'string' && typeof agency === 'string' ? [{ path, agency, answers: readCounts(answers) }] : [],
  );
}

function readCounts(answers: unknown): readonly Count[] {
  return listOf(answers).flatMap(({ status, reason, count }) =>
    typeof status === 'string' && typeof count === 'number'
      ? [{ status, reason: typeof reason === 'string' ? reason : null, count }]
      : [],
  );
}

/** Adds up what several pages say of their inquiries, field by field. */
export function uniteInquiries(pages: readonly Answer[]): readonly object[] {
  const fields = new Map<string, { told: Told; counts: Map<string, Count>; complete: boolean }>();
  for (const entry of pages.flatMap(({ extensions }) => listOf(extensions?.['coverage']))) {
    for (const told of readInquiries([entry])) {
      const id = `${told.agency} ${told.path}`;
      const field = fields.get(id) ?? { told, counts: new Map<string, Count>(), complete: true };
      for (const own of told.answers) {
        const cause = `${own.status} ${own.reason ?? ''}`;
        field.counts.set(cause, { ...own, count: own.count + (field.counts.get(cause)?.count ?? 0) });
      }
      fields.set(id, { ...field, complete: field.complete && entry['complete'] === true });
    }
  }
  return [...fields.values()].map(({ told: { path, agency }, counts, complete }) => ({
    path,
    complete,
    agency,
    answers: [...counts.values()].map(({ reason, ...own }) => ({ ...own, ...(reason !== null && { reason }) })),
  }));
}
