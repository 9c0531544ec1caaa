/** What the agencies said, counted: their answers stand in the rows, and whoever reads rows should know first. */

import { words, type CoverageReport } from './coverage.ts';
import { isObject, type JsonObject } from './json.ts';
import type { Shape } from './shape.ts';

/** A debtor without a writ may not be asked about: that is the law, and no gap. */
const gaps: ReadonlySet<string> = new Set(['PENDING', 'TIMEOUT', 'UNREACHABLE', 'DEGRADED']);

/** One line for each agency's inquiry in the question. */
export function reportInquiries(data: JsonObject, shapes: readonly Shape[]): CoverageReport {
  const counts = new Map<string, Map<string, number>>();
  for (const shape of shapes) count(shape, data[shape.key], counts);
  const statuses = [...counts.values()].flatMap((byStatus) => [...byStatus.keys()]);
  return {
    isComplete: !statuses.some((status) => gaps.has(status.split(' ', 1)[0]!)),
    lines: [...counts].map(([name, byStatus]) => {
      const total = [...byStatus.values()].reduce((sum, number) => sum + number, 0);
      const parts = [...byStatus].map(([key, number]) => {
        const [status, reason] = key.split(' ') as [string, string?];
        const isUnlawful = status === 'REFUSED' && reason === undefined;
        return `${number} ${isUnlawful ? 'refused (no valid writ, or returned)' : words(status, reason ?? null)}`;
      });
      return `Inquiries to ${name}: ${total}: ${parts.join(', ')}.`;
    }),
  };
}

function count({ key, type, fields }: Shape, value: unknown, into: Map<string, Map<string, number>>): void {
  if (fields === null || value === null || value === undefined) return;
  for (const item of [value].flat(Infinity).filter(isObject)) {
    const status = fields.find((field) => field.type === 'CoverageStatus');
    if (status && type !== 'CourtCoverage' && typeof item[status.key] === 'string') {
      const byStatus = into.get(key) ?? new Map<string, number>();
      into.set(key, byStatus);
      const reason = codeOf(item['reason']);
      const cause = `${item[status.key] as string}${reason === null ? '' : ` ${reason}`}`;
      byStatus.set(cause, (byStatus.get(cause) ?? 0) + 1);
    }
    for (const field of fields) count(field, item[field.key], into);
  }
}

/** A reason in a word counts; a clerk's own text, different each time, does not. */
function codeOf(reason: unknown): string | null {
  return typeof reason === 'string' && /^[A-Z_]+$/.test(reason) ? reason : null;
}
