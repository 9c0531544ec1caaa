/** `npm run bench`: what a request costs, of Nonet and of others that are asked for the same. */

import { measure, type Row } from './measure.ts';
import { readOptions, usage } from './options.ts';
import { canPin, pinLoad } from './pin.ts';
import { toTable } from './report.ts';

try {
  const options = readOptions(process.argv.slice(2));
  if (options === 'help') process.stdout.write(`${usage}\n`);
  else {
    if (!canPin)
      process.stderr.write('There is no taskset or one core alone: nothing is pinned, and figures are worth little.\n');
    pinLoad();
    const rows: Row[] = [];
    for (const scenario of options.scenarios) {
      rows.push(...(await measure(scenario, options, (line) => process.stderr.write(`${line}\n`))));
    }
    process.stdout.write(`${toTable(rows)}\n`);
  }
} catch (error) {
  process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
  process.exitCode = 1;
}
