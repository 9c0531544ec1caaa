/** `npm run bench`: what a request costs, of Nonet and of others that are asked for the same. */

import { writeFileSync } from 'node:fs';

import { hasHive } from '../hive/process.ts';
import { hasMercurius } from './gateways.ts';
import { measure, type Row } from './measure.ts';
import { readOptions, usage, type Options } from './options.ts';
import { canPin, pin } from './pin.ts';
import { toProfileTables } from './profile.ts';
import { toJson, toMarkdown, toTable, type Report } from './report.ts';
import { measureSections } from './sections/sections.ts';
import { toComparison, toTargets } from './targets.ts';

for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => process.exit(1));

try {
  const options = readOptions(process.argv.slice(2));
  if (options === 'help') process.stdout.write(`${usage}\n`);
  else await run(options);
} catch (error) {
  process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
  process.exitCode = 1;
}

async function run(options: Options): Promise<void> {
  const tell = (line: string) => process.stderr.write(`${line}\n`);
  if (!canPin) tell('There is no taskset, or one core alone: nothing is pinned, and figures are worth little.');
  const asksHive = options.hasRows && (options.only?.some((id) => id.startsWith('hive')) ?? true);
  if (asksHive && !hasHive)
    throw new Error('Hive Gateway is not installed: run npm ci --prefix bench --ignore-scripts.');
  if (!hasMercurius)
    tell('Mercurius is not installed (npm ci --prefix bench/mercurius --ignore-scripts): it has no rows.');
  // Off the gateway's core.
  pin('load');
  if (!options.hasRows) {
    process.stdout.write(`${(await measureSections(options, tell)).join('\n\n')}\n`);
    return;
  }
  const rows: Row[] = [];
  for (const scenario of options.scenarios) rows.push(...(await measure(scenario, options, tell)));
  if (options.cpuProfiles !== null) tell(toProfileTables(options.cpuProfiles));
  if (options.rounds === 0) {
    if (rows.some(({ wrong }) => wrong !== null)) process.exitCode = 1;
    return;
  }
  if (!options.isWhole) {
    process.stdout.write(`${toTable(rows)}\n${toComparison(rows)}\n`);
    return;
  }
  const sections = await measureSections(options, tell);
  const report: Report = { rows, targets: toTargets(rows), sections, options };
  const text = toMarkdown(report);
  process.stdout.write(text);
  writeFileSync(new URL('../RESULTS.md', import.meta.url), text);
  writeFileSync(new URL('../results.json', import.meta.url), toJson(report));
}
