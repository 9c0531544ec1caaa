/** `npm run bench:audit`: what the trail costs in throughput. Ends with 1 where that is more than is promised. */

import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';

import { provenance } from '../machine.ts';
import { pin } from '../speed/pin.ts';
import { rowsVariable } from '../speed/world/question.ts';
import { measure, type Rounds } from './measure.ts';
import { brokenPromises, toReport } from './report.ts';

for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => process.exit(1));

try {
  await run(readOptions());
} catch (error) {
  process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
  process.exitCode = 1;
}

async function run({ isDry, ...asked }: Options): Promise<void> {
  const home = mkdtempSync(join(tmpdir(), 'nonet-bench-trail-'));
  process.once('exit', () => rmSync(home, { recursive: true, maxRetries: 3 }));
  // Off the core of the hubs.
  pin('load');
  const rows = await measure(asked, home);
  const text = toReport(
    rows,
    `${provenance('gateway', 'bench/trail')}; ${asked.rounds} rounds of ${asked.ms} ms each. On a machine that others use at the same time it is indicative.`,
  );
  process.stdout.write(text);
  if (!isDry && process.env[rowsVariable] === undefined) writeFileSync(new URL('../TRAIL.md', import.meta.url), text);
  const broken = brokenPromises(rows);
  if (broken.length > 0) throw new Error(broken.join('\n'));
}

interface Options extends Rounds {
  /** Whether the report is shown only, and not kept. */
  readonly isDry: boolean;
}

function readOptions(): Options {
  const { values } = parseArgs({
    options: {
      rounds: { type: 'string', default: '31' },
      ms: { type: 'string', default: '1000' },
      dry: { type: 'boolean', default: false },
    },
  });
  const read = (name: 'rounds' | 'ms') => {
    const number = Number(values[name]);
    if (!Number.isSafeInteger(number) || number < 1) throw new Error(`--${name} has to be a whole number above 0.`);
    return number;
  };
  return { rounds: read('rounds'), ms: read('ms'), isDry: values.dry };
}
