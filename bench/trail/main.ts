/**
 * `npm run bench:audit`: what the trail costs. Two hubs in one process, one with a trail on disk and one with a trail that keeps nothing, are asked
 * in turns for the same page; courts and agencies answer out of memory, as texts, so that nearly all of the time is the hub's.
 */

import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';

import { readCourtRegistry } from '../../common/court-registry.ts';
import type { Answer, Ask } from '../../common/wire.ts';
import { agencyEntries } from '../../cli/start/agencies.ts';
import { emittedGraph } from '../../cli/start/hub.ts';
import { createHub, type Hub } from '../../gateway/hub.ts';
import { keepTrailKeys } from '../../gateway/trail/keys.ts';
import { chainHashes, type ChainHash } from '../../gateway/trail/line.ts';
import { createMemoryTrail, openTrail, type Trail } from '../../gateway/trail/trail.ts';
import { verifyTrail } from '../../gateway/trail/verify.ts';
import { provenance } from '../machine.ts';
import { quartilesOf } from '../speed/quantiles.ts';
import { createAgency } from '../speed/upstreams/agency.ts';
import { createCourt } from '../speed/upstreams/court.ts';
import { pageQuestion, pageSize } from '../speed/world/question.ts';
import { agencies, createTable } from '../speed/world/table.ts';

const { values } = parseArgs({
  options: {
    rounds: { type: 'string', default: '21' },
    ms: { type: 'string', default: '1000' },
    dry: { type: 'boolean' },
  },
});
const [rounds, roundMs, connections] = [Number(values.rounds), Number(values.ms), 16];
const court = '苏0312';
const query = pageQuestion.replace('cases(', `cases(filter: { courts: ["${court}"] }, `);
const personKey = { version: 1, secret: Buffer.alloc(32, 7) };

const directory = mkdtempSync(join(tmpdir(), 'nonet-bench-trail-'));
try {
  const lines = await measure(directory);
  const text = [
    '# What the trail costs',
    '',
    'Written by `npm run bench:audit`: how many questions a hub answers in a second with its trail on disk (every record',
    'chained and flushed before the answer goes out), as a share of what it answers over a trail that keeps nothing. Both in one',
    `process, in turns, ${connections} questions at once: one court's ${pageSize} newest cases, their debtors, three agencies.`,
    'Promised: at least 0.90.',
    '',
    `${provenance('gateway', 'bench/trail')}; ${rounds} rounds of ${roundMs} ms each. On a machine that others use at the same time it is indicative.`,
    '',
    ...lines,
    '',
  ].join('\n');
  process.stdout.write(text);
  if (!values.dry) writeFileSync(new URL('../TRAIL.md', import.meta.url), text);
} finally {
  rmSync(directory, { recursive: true });
}

async function measure(home: string): Promise<string[]> {
  const table = createTable({ courts: [court], casesPerCourt: pageSize, newestIn: null });
  const asks = { court: remembered(createCourt(table, court).ask) };
  const agencyAsks = agencies.map((name) => [name, remembered(createAgency(table, name).ask)] as const);
  const hubOver = (trail: Trail): Promise<Hub> =>
    createHub({
      ...emittedGraph(),
      registry: readCourtRegistry(),
      courts: new Map([[court, asks.court]]),
      agencies: new Map(agencyAsks),
      command: () => Promise.reject(new Error('Nobody asks for task forces.')),
      trail,
    });
  const memory = createMemoryTrail();
  const nothing: Trail = {
    ...memory,
    marks: { ...memory.marks, describe: () => '' },
    append: () => Promise.resolve(),
  };
  const lines = [
    '| trail | throughput with, of that without | [quartiles by round] | rps without | rps with | CPU without, of that with | CPU ms without | CPU ms with | records a request |',
    '| --- | --: | :-: | --: | --: | --: | --: | --: | --: |',
  ];
  const verified: string[] = [];
  for (const hash of chainHashes) {
    const own = join(home, hash);
    mkdirSync(join(own, 'chain-1'), { recursive: true });
    const keys = keepTrailKeys(own);
    const trail = await openTrail({
      directory: own,
      chain: '1',
      keys,
      personKey,
      hash,
      now: () => new Date(),
      tell: ({ kind }) => void process.stderr.write(`the trail: ${kind}\n`),
    });
    const [without, within] = [await hubOver(nothing), await hubOver(trail)];
    lines.push(await compare(hash, without, within));
    await without.stop();
    await within.stop();
    await trail.stop();
    const startedAt = performance.now();
    const [chain] = await verifyTrail(own, { keys: [keys.public] });
    const seconds = (performance.now() - startedAt) / 1000;
    if (!chain || chain.fault) throw new Error(`The trail is not whole: ${chain?.fault?.said ?? 'no chain'}.`);
    const perMillion = ((seconds / chain.records) * 1_000_000).toFixed(1);
    verified.push(
      `${hash}: ${chain.records} records verified in ${seconds.toFixed(1)} s, which is ${perMillion} s for a million (promised: 30).`,
    );
  }
  return [...lines, '', ...verified.map((line) => `- ${line}`)];
}

/** A round of one hub. */
interface Driven {
  readonly rps: number;
  /** Of the process, all threads. */
  readonly cpuMs: number;
}

async function compare(hash: ChainHash, without: Hub, within: Hub): Promise<string> {
  const records = agencyEntries.length * (await debtorsOf(within));
  for (const hub of [without, within, without, within]) await drive(hub);
  const pairs: (readonly [off: Driven, on: Driven])[] = [];
  for (let round = 0; round < rounds; round += 1) {
    const isFirst = round % 2 === 0;
    const first = await drive(isFirst ? without : within);
    const second = await drive(isFirst ? within : without);
    pairs.push(isFirst ? [first, second] : [second, first]);
  }
  const over = (of: (pair: (typeof pairs)[number]) => number) => quartilesOf(pairs.map(of));
  const [off, on] = [over(([one]) => one.rps).median, over(([, one]) => one.rps).median];
  const ratio = over(([one, other]) => other.rps / one.rps);
  const cpu = [over(([one]) => one.cpuMs).median, over(([, one]) => one.cpuMs).median] as const;
  const cells = [
    hash,
    ratio.median.toFixed(3),
    `${ratio.lower.toFixed(3)} – ${ratio.upper.toFixed(3)}`,
    off.toFixed(1),
    on.toFixed(1),
    over(([one, other]) => one.cpuMs / other.cpuMs).median.toFixed(3),
    ...cpu.map((one) => one.toFixed(2)),
    String(records),
  ];
  return `| ${cells.join(' | ')} |`;
}

/** Asks for as long as a round takes. */
async function drive(hub: Hub): Promise<Driven> {
  const startedAt = performance.now();
  const before = process.cpuUsage();
  let answered = 0;
  await Promise.all(
    Array.from({ length: connections }, async () => {
      while (performance.now() - startedAt < roundMs) {
        await ask(hub);
        answered += 1;
      }
    }),
  );
  const { user, system } = process.cpuUsage(before);
  return { rps: answered / ((performance.now() - startedAt) / 1000), cpuMs: (user + system) / 1000 / answered };
}

async function ask(hub: Hub): Promise<Answer> {
  const contextValue = hub.contextOf(new AbortController().signal);
  const { body } = await hub.apollo.executeOperation({ query }, { contextValue });
  if (body.kind !== 'single' || !body.singleResult.data) throw new Error('The hub gave no answer.');
  // As a door writes it.
  JSON.stringify(body.singleResult);
  return body.singleResult;
}

async function debtorsOf(hub: Hub): Promise<number> {
  const { data } = await ask(hub);
  return JSON.stringify(data).match(/"bank":/g)?.length ?? 0;
}

/** Answers a question that was asked before with the same text, read anew: what a remote upstream costs the hub, without a wire. */
function remembered(ask: Ask): Ask {
  const known = new Map<string, string>();
  return async (question, ...rest) => {
    const text = JSON.stringify(question);
    let answer = known.get(text);
    if (answer === undefined) known.set(text, (answer = JSON.stringify(await ask(question, ...rest))));
    return JSON.parse(answer) as Answer;
  };
}
