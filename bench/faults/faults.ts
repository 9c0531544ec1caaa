/** `npm run bench:faults`: what asking does while courts fail, over real sockets; prints it and writes bench/FAULTS.md. */

import { writeFileSync } from 'node:fs';

import { provenance } from '../machine.ts';
import { scenarios, type Row } from './scenarios.ts';

const startedAt = performance.now();
const sections: string[] = [];
for (const { name, story, run } of scenarios) {
  const section = `## ${name}\n\n${story}\n\n${toTable(await run())}\n`;
  process.stdout.write(`${section}\n`);
  sections.push(section);
}
const seconds = ((performance.now() - startedAt) / 1_000).toFixed(0);
const head = [
  '# Asking under faults',
  '',
  'Written by `npm run bench:faults`: courts are small HTTP servers in the same process, asked by the hub’s own code with its',
  'default settings (OPERATIONS.md, “Asking”). Figures are those of one machine at one moment; what has to be true is in the',
  'tests.',
  '',
  `${provenance('gateway', 'common', 'bench/faults')}, ${seconds} s.`,
  '',
];
writeFileSync(new URL('../FAULTS.md', import.meta.url), [...head, ...sections].join('\n'));

function toTable(rows: readonly Row[]): string {
  const lines = rows.map(({ what, figure, promised = '' }) => `| ${what} | ${figure} | ${promised} |`);
  return ['| | measured | promised |', '| --- | --: | --: |', ...lines].join('\n');
}
