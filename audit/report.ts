/** Results for people: a line for each audit, and a table by family. */

import { families } from './audit.ts';
import type { AuditResult } from './run.ts';

/** `ok`, or `FAILED` with what was expected and what came. */
export function toLine({ audit: { id, name }, failure, elapsedMs }: AuditResult): string {
  return failure === null ? `ok      ${id}  ${name}  (${elapsedMs} ms)` : `FAILED  ${id}  ${name}\n        ${failure}`;
}

/** The last line of a run. */
export function toSummary(results: readonly AuditResult[]): string {
  const failed = results.filter(({ failure }) => failure !== null).length;
  return `${results.length - failed} passed, ${failed} failed`;
}

/** A Markdown table by family, and each failure as a fact in one sentence. */
export function toReport(results: readonly AuditResult[]): string {
  const lines = families.flatMap((family) => {
    const own = results.filter(({ audit }) => audit.family === family);
    const failed = own.filter(({ failure }) => failure !== null).length;
    return own.length === 0 ? [] : [`| ${family} | ${own.length - failed} | ${failed} |`];
  });
  const facts = results.flatMap(({ audit, failure }) =>
    failure === null ? [] : [`- ${audit.id} ${audit.name}: ${failure}`],
  );
  const table = ['| family | passed | failed |', '| --- | --: | --: |', ...lines, '', `${toSummary(results)}.`];
  return [...table, ...(facts.length === 0 ? [] : ['', ...facts])].join('\n');
}
