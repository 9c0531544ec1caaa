/** Rows as tables for people. */

import type { Row } from './measure.ts';
import type { Quartiles } from './quantiles.ts';

/** One line a row: medians, the quartiles of what decides, and what is to be known of the row. */
export function toTable(rows: readonly Row[]): string {
  return [
    ['scenario', 'gateway', 'CPU ms / request', '[quartiles]', 'rps', 'p50 ms', 'p99 ms', 'RSS MiB', 'note'],
    ['---', '---', '--:', ':-:', '--:', '--:', '--:', '--:', '---'],
    ...rows.map(toCells),
  ]
    .map((cells) => `| ${cells.join(' | ')} |`)
    .join('\n');
}

function toCells({ scenario, gateway, wrong, figures, note }: Row): string[] {
  if (!figures) return [scenario, gateway, 'wrong', '', '', '', '', '', `${note}; ${wrong ?? ''}`];
  const { cpuMsPerRequest, rps, p50Ms, p99Ms, rssMb, wrongAnswers } = figures;
  const told = wrongAnswers > 0 ? `${note}; ${wrongAnswers} wrong answers under load` : note;
  const figure = ({ median }: Quartiles, digits: number) => median.toFixed(digits);
  return [
    ...[scenario, gateway, figure(cpuMsPerRequest, 2)],
    `${cpuMsPerRequest.lower.toFixed(2)} – ${cpuMsPerRequest.upper.toFixed(2)}`,
    ...[figure(rps, 0), figure(p50Ms, 1), figure(p99Ms, 1), figure(rssMb, 0), told],
  ];
}
