/** What is measured: each scenario starts its courts, makes them fail, and gives rows of the table. */

import { once } from 'node:events';
import { createGzip } from 'node:zlib';

import { defaultAsking } from '../../gateway/asking/settings.ts';
import { createUpstream } from '../../gateway/asking/upstream.ts';
import { askWithin } from '../../gateway/asking/ask.ts';
import { openRecord } from '../../gateway/operating/record.ts';
import { askOnce, askTimes, percentile, question, shareOf, type Timed } from './asking.ts';
import { after, broken, startBenchCourt, well, type BenchCourt } from './court.ts';

/** One figure: what, how much, and what it has to be where something is promised. */
export interface Row {
  readonly what: string;
  readonly figure: string;
  readonly promised?: string;
}

export interface Scenario {
  readonly name: string;
  /** What happens, in a sentence. */
  readonly story: string;
  readonly run: () => Promise<Row[]>;
}

const { breaker, retry, hedge, slots } = defaultAsking;
const ms = (value: number) => `${value < 10 ? value.toFixed(2) : value.toFixed(0)} ms`;
const percent = (share: number) => `${(share * 100).toFixed(1)} %`;

export const scenarios: readonly Scenario[] = [
  {
    name: 'An open breaker',
    story:
      'A court takes questions and answers none. After five deadlines its breaker is open; 2,000 questions follow, one each millisecond.',
    run: () =>
      withCourts(1, async ([court]) => {
        court!.manner = () => undefined;
        const upstream = createUpstream({
          kind: 'court',
          id: 'a',
          ask: court!.ask,
          breaker,
          retry,
          slots: slots.court,
        });
        for (let call = 0; call < 5; call += 1) await askOnce(upstream, 100);
        const timed: Timed[] = [];
        for (let call = 0; call < 2_000; call += 1) {
          await pause(1);
          timed.push(await askOnce(upstream));
        }
        upstream.stop();
        const times = timed.map((one) => one.ms);
        return [
          { what: 'failed at once', figure: percent(shareOf(timed, 'BREAKER_OPEN')) },
          { what: 'until a question has failed, p99', figure: ms(percentile(times, 99)), promised: '≤ 20 ms' },
          { what: 'until a question has failed, the slowest', figure: ms(Math.max(...times)) },
        ];
      }),
  },
  {
    name: 'Recovery',
    story:
      'A court fails until its breaker is open and comes back at an arbitrary moment, ten times. It is asked all the while.',
    run: () =>
      withCourts(1, async ([court]) => {
        const upstream = createUpstream({
          kind: 'court',
          id: 'a',
          ask: court!.ask,
          breaker,
          retry,
          slots: slots.court,
        });
        const times: number[] = [];
        let failedAfterwards = 0;
        for (let round = 0; round < 10; round += 1) {
          court!.manner = broken;
          while ((await askOnce(upstream)).said !== 'BREAKER_OPEN');
          await pause(130 * round);
          court!.manner = well;
          const backAt = performance.now();
          while ((await askOnce(upstream)).said !== 'answered') await pause(2);
          times.push(performance.now() - backAt);
          const timed = await askTimes(upstream, 100, 8);
          failedAfterwards += timed.filter(({ said }) => said !== 'answered').length;
        }
        upstream.stop();
        return [
          { what: 'from its return to the first answer, median', figure: ms(percentile(times, 50)) },
          {
            what: 'from its return to the first answer, the longest',
            figure: ms(Math.max(...times)),
            promised: '≤ 2,000 ms',
          },
          { what: 'of the next 1,000 questions failed', figure: String(failedAfterwards), promised: '0' },
        ];
      }),
  },
  {
    name: 'The budget of retries',
    story: 'Every other answer of a court is an error page, for 3,000 questions. Its breaker is switched off for this.',
    run: async () => {
      const measure = (own: typeof retry | null) =>
        withCourts(1, async ([court]) => {
          let count = 0;
          court!.manner = (response) => ((count += 1) % 2 === 0 ? broken : well)(response);
          const upstream = createUpstream({ kind: 'court', id: 'a', ask: court!.ask, retry: own, slots: slots.court });
          const timed = await askTimes(upstream, 3_000, 8);
          return { answered: shareOf(timed, 'answered'), extra: court!.asked() / timed.length - 1 };
        });
      const without = await measure(null);
      const withRetry = await measure(retry);
      return [
        { what: 'answered, without retries', figure: percent(without.answered) },
        { what: 'answered, with retries', figure: percent(withRetry.answered) },
        { what: 'asked beyond the first time', figure: percent(withRetry.extra), promised: '≤ 10 %' },
      ];
    },
  },
  {
    name: 'Hedging',
    story:
      'The first of two replicas answers in 2 ms, but 3 of 100 questions take it 300 ms. 3,000 questions, 8 at once.',
    run: async () => {
      const measure = (own: typeof hedge | null) =>
        withCourts(2, async ([first, second]) => {
          let count = 0;
          first!.manner = (response) => after((count += 1) % 100 < 3 ? 300 : 2)(response);
          second!.manner = after(2);
          const ask = [first!.ask, second!.ask];
          const upstream = createUpstream({ kind: 'court', id: 'a', ask, breaker, hedge: own, slots: slots.court });
          const times = (await askTimes(upstream, 3_000, 8)).map((one) => one.ms);
          upstream.stop();
          return { times, extra: (first!.asked() + second!.asked()) / times.length - 1 };
        });
      const without = await measure(null);
      const hedged = await measure(hedge);
      return [
        {
          what: 'p50 and p99 without',
          figure: `${ms(percentile(without.times, 50))} · ${ms(percentile(without.times, 99))}`,
        },
        {
          what: 'p50 and p99 with',
          figure: `${ms(percentile(hedged.times, 50))} · ${ms(percentile(hedged.times, 99))}`,
        },
        { what: 'asked beyond the first time', figure: percent(hedged.extra), promised: '≤ 5 %' },
      ];
    },
  },
  {
    name: 'A gzip bomb',
    story: 'A court answers with 512 MiB of zeros in half a MiB of gzip, twenty times.',
    run: async () => {
      const bomb = await zip(512);
      return withCourts(1, async ([court]) => {
        court!.manner = (response) => void response.writeHead(200, { 'content-encoding': 'gzip' }).end(bomb);
        const upstream = createUpstream({ kind: 'court', id: 'a', ask: court!.ask });
        const before = process.memoryUsage.rss();
        let peak = before;
        const watch = setInterval(() => (peak = Math.max(peak, process.memoryUsage.rss())), 1);
        const timed = await askTimes(upstream, 20, 1);
        clearInterval(watch);
        const times = timed.map((one) => one.ms);
        return [
          { what: 'given up as too large', figure: percent(shareOf(timed, 'TOO_LARGE')) },
          { what: 'until it is given up, the longest', figure: ms(Math.max(...times)), promised: '≤ 500 ms' },
          { what: 'memory above what there was before', figure: `${((peak - before) / 2 ** 20).toFixed(0)} MiB` },
        ];
      });
    },
  },
  {
    name: 'The same question twice',
    story: 'One request asks a court the same twenty times at once; a hundred such requests.',
    run: () =>
      withCourts(1, async ([court]) => {
        const upstream = createUpstream({
          kind: 'court',
          id: 'a',
          ask: court!.ask,
          breaker,
          retry,
          slots: slots.court,
        });
        for (let request = 0; request < 100; request += 1) {
          const context = { record: openRecord(), signal: new AbortController().signal };
          const twenty = Array.from({ length: 20 }, () =>
            askWithin(upstream, question, { deadlineMs: 3_000, context }),
          );
          await Promise.all(twenty);
        }
        upstream.stop();
        return [{ what: 'questions sent for 2,000 askers', figure: String(court!.asked()), promised: '100' }];
      }),
  },
  {
    name: 'The cost of asking',
    story:
      'An `Ask` in this process that answers at once, 10,000 questions: the processor time of all policies when nothing fails.',
    run: async () => {
      const ask = () => Promise.resolve({ data: { cases: [] } });
      const bare = createUpstream({ kind: 'court', id: 'a', ask });
      const guarded = createUpstream({ kind: 'court', id: 'a', ask, breaker, retry, slots: slots.court });
      const replicas = createUpstream({
        kind: 'court',
        id: 'a',
        ask: [ask, ask],
        breaker,
        retry,
        hedge,
        slots: slots.court,
      });
      const rows: Row[] = [];
      for (const [what, upstream] of [
        ['a call without policies', bare],
        ['a call with all of them', guarded],
        ['a call to a court with two replicas', replicas],
      ] as const) {
        await askTimes(upstream, 3_000, 1);
        const before = process.cpuUsage();
        await askTimes(upstream, 10_000, 1);
        const { user, system } = process.cpuUsage(before);
        rows.push({ what, figure: `${((user + system) / 10_000).toFixed(0)} µs` });
      }
      return rows;
    },
  },
];

async function withCourts<T>(count: number, work: (courts: readonly BenchCourt[]) => Promise<T>): Promise<T> {
  const courts = await Promise.all(Array.from({ length: count }, () => startBenchCourt()));
  try {
    return await work(courts);
  } finally {
    for (const court of courts) await court.stop();
  }
}

/** So many MiB of zeros, compressed. */
async function zip(mebibytes: number): Promise<Buffer> {
  const gzip = createGzip();
  const pieces: Buffer[] = [];
  gzip.on('data', (piece: Buffer) => pieces.push(piece));
  const zeros = Buffer.alloc(2 ** 20);
  for (let written = 0; written < mebibytes; written += 1) {
    if (!gzip.write(zeros)) await once(gzip, 'drain');
  }
  gzip.end();
  await once(gzip, 'end');
  return Buffer.concat(pieces);
}

const pause = (forMs: number) => new Promise<void>((resolve) => void setTimeout(resolve, forMs));
