/** A small city in which one court stands behind a server that can be made to fail. */

import type { Answer } from '../../../common/wire.ts';
import type { AskingOptions, Deadlines } from '../../../gateway/asking/settings.ts';
import { cityWide, rowsQuery } from '../../support/city-answer.ts';
import { startFaultProxy, type FaultProxy } from '../../support/fault-proxy.ts';
import { startTestCity, type TestCity } from '../../support/test-city.ts';

/** The court that fails: 徐州市铜山区人民法院, one with a legacy prefix and debtors known elsewhere. */
export const broken = '苏0312';

/** Milliseconds. Nobody waits for these where nobody hangs: they are for a busy machine. */
export const deadlines = { requestMs: 12_000, courtMs: 4_000, agencyMs: 5_000 };

/** Milliseconds. Short enough to be waited for, and long enough for a healthy court to answer. */
export const shortDeadlines = { requestMs: 8_000, courtMs: 1_000, agencyMs: 5_000 };

/** Rows are asked for in a hop of their own, which is where a court then fails. */
export const inTwoHops = { pages: { wholeRows: false } };

export interface FaultyCity {
  readonly city: TestCity;
  readonly court: FaultProxy;
  [Symbol.asyncDispose](): Promise<void>;
}

/**
 * Starts the city and asks everything once, so that plans are made and agencies' answers are at hand. Without a breaker and
 * retries unless told: most promises are about what is said of a court that was asked, test after test.
 */
export async function startFaultyCity(
  within: Deadlines = deadlines,
  { breaker = null, retry = null, pages = {} }: Pick<AskingOptions, 'breaker' | 'retry' | 'pages'> = {},
): Promise<FaultyCity> {
  const court = await startFaultProxy();
  const city = await startTestCity({
    // All rows of the city fit in one page.
    casesPerCourt: 7,
    seed: 'faults',
    deadlines: within,
    breaker,
    retry,
    pages,
    between: (code, ask) => (code === broken ? court.front(ask) : ask),
  });
  await warmUp(city);
  return {
    city,
    court,
    async [Symbol.asyncDispose]() {
      await city[Symbol.asyncDispose]();
      await court[Symbol.asyncDispose]();
    },
  };
}

/** Asks until the agencies have answered about everybody; their upstreams take a while. */
export async function warmUp(city: TestCity): Promise<void> {
  await city.ask(rowsQuery);
  for (let round = 0; round < 5; round += 1) {
    if (!JSON.stringify((await city.ask(cityWide)).data).includes('"PENDING"')) return;
  }
}

/** How long a question took, beside its answer. */
export async function timed(ask: () => Promise<Answer>): Promise<{ answer: Answer; elapsedMs: number }> {
  const startedAt = performance.now();
  const answer = await ask();
  return { answer, elapsedMs: performance.now() - startedAt };
}
