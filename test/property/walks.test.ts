import { describe, it } from 'vitest';
import fc from 'fast-check';

import { isSoak, randomRun, randomTimeoutMs, soakTimeoutMs } from '../support/random-run.ts';
import { createDice, randomTape } from './dice.ts';
import { walk } from './walk.ts';

/** Each page is one interleaving of what five members have next. */
const pages = isSoak ? 1_000_000 : 5_000;
/** So many walks at a time; then progress is told. */
const batch = isSoak ? 5_000 : 500;

describe('a walk through the pages of several members', () => {
  it(
    'shows each row once, in one order, whoever is missing and whatever the page sizes are',
    () => {
      let done = 0;
      const property = fc.property(randomTape(90), (tape) => {
        done += walk(createDice(tape));
      });
      const begun = performance.now();
      // A run that is replayed is one batch.
      do {
        fc.assert(property, randomRun(batch));
        const seconds = Math.round((performance.now() - begun) / 1000);
        if (isSoak) process.stderr.write(`${done} of ${pages} pages in ${seconds} s\n`);
      } while (done < pages && process.env['NONET_SEED'] === undefined);
    },
    isSoak ? soakTimeoutMs : randomTimeoutMs,
  );
});
