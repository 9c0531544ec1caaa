/** One scenario: everybody is started, judged, warmed up, and driven in turns. */

import { mkdirSync } from 'node:fs';

import { drive } from './drive.ts';
import { besideOurs, gateways, type Gateway } from './gateways.ts';
import type { Options } from './options.ts';
import { isPromised } from './promises.ts';
import { quantile, quartilesOf, type Quartiles } from './quantiles.ts';
import { judge, startGateway, type Running } from './running.ts';
import type { Scenario } from './scenarios.ts';
import { writeSetting } from './setting.ts';
import { startUpstreams } from './upstreams/process.ts';
import { cpuMsOf, rssMbOf } from './usage.ts';
import { pageQuestion, sideBySideQuestion, toPageAnswer, toSideBySideAnswer } from './world/question.ts';
import { createTable, type Table } from './world/table.ts';

/** What one gateway came to in one scenario. */
export interface Row {
  readonly gateway: string;
  readonly id: string;
  readonly note: string;
  readonly scenario: Scenario['name'];
  /** What is wrong with its answer; null for a right one. Nothing is timed of a wrong one. */
  readonly wrong: string | null;
  readonly figures: Figures | null;
}

/** Over the rounds; `cpuMsPerRequest` of the gateway's process alone. */
export type Figures = Readonly<Record<Figure, Quartiles>> & {
  readonly byRound: readonly Round[];
  /** In all rounds: answers, and how many of them were not the right one. */
  readonly requests: number;
  readonly wrongAnswers: number;
};

type Figure = 'rps' | 'p50Ms' | 'p99Ms' | 'cpuMsPerRequest' | 'rssMb';

type Round = Readonly<Record<Figure, number>> & { readonly requests: number; readonly wrong: number };

interface Subject {
  readonly running: Running;
  readonly query: string;
  readonly bytes: number;
}

/** Measures a scenario; `tell` is given a line now and then. */
export async function measure(scenario: Scenario, options: Options, tell: (line: string) => void): Promise<Row[]> {
  const table = createTable(scenario.shape);
  const upstreams = await startUpstreams({ shape: scenario.shape, delaysMs: scenario.delaysMs });
  const setting = await writeSetting(table.courts, upstreams);
  const started: Running[] = [];
  try {
    const { beside } = options;
    const wanted = [...wantedIn(scenario, options), ...(beside === null ? [] : [besideOurs(beside)])];
    // All at once, since each mostly waits for others; those that have started are stopped even when one does not.
    const starts = await Promise.allSettled(
      wanted.map(async (gateway) => {
        const node = [...options.node, ...profiling(options.cpuProfiles, `${gateway.id}.${scenario.name}`)];
        const running = await startGateway(gateway, setting, node);
        started.push(running);
        return running;
      }),
    );
    const rows: (Row | Subject)[] = [];
    for (const start of starts) {
      if (start.status === 'rejected') throw start.reason;
      rows.push(await admit(start.value, table, scenario, tell));
    }
    const subjects = rows.flatMap((row) => ('running' in row ? [row] : []));
    if (options.rounds > 0) for (const subject of subjects) await warmUp(subject, options);
    await upstreams.readAccount();
    const rounds = new Map<Subject, Round[]>(subjects.map((subject) => [subject, []]));
    for (let round = 0; round < options.rounds; round += 1) {
      // Each begins a round once in a while, so that nobody always follows the same one.
      const at = round % subjects.length;
      for (const subject of [...subjects.slice(at), ...subjects.slice(0, at)]) {
        rounds.get(subject)!.push(await driveFor(subject, options, options.roundMs));
      }
      tell(`${scenario.name}: round ${round + 1} of ${options.rounds}`);
    }
    const { asked, worked } = await upstreams.readAccount();
    // Many would mean that an engine asks in ever other words, and that its upstreams were not cheap.
    if (asked > 0) tell(`${scenario.name}: upstreams were asked ${asked} times and worked out ${worked} answers`);
    return rows.map((row) => ('running' in row ? toRow(row, scenario, rounds.get(row)!) : row));
  } finally {
    await Promise.all(started.map((one) => one.stop()));
    setting.remove();
    await upstreams.stop();
  }
}

/** Who is measured in a scenario. A quick run has who is named, or ours, the limit, and every row that a promise is about. */
export function wantedIn({ name }: Scenario, { only, isQuick }: Pick<Options, 'only' | 'isQuick'>): Gateway[] {
  const isNamed = ({ id }: Gateway) => only?.some((own) => id === own || id.startsWith(`${own}-`)) ?? true;
  const decides = ({ id }: Gateway) => id === 'nonet' || id.startsWith('by-hand') || isPromised(name, id);
  return gateways.filter(
    (gateway) =>
      gateway.scenarios.includes(name) &&
      gateway.isInstalled !== false &&
      isNamed(gateway) &&
      (!isQuick || only !== null || decides(gateway)),
  );
}

/** Takes it to be measured when its answer is right. */
async function admit(
  running: Running,
  table: Table,
  { name: scenario }: Scenario,
  tell: (line: string) => void,
): Promise<Row | Subject> {
  const { gateway } = running;
  const { asks } = gateway;
  const [query, truth] =
    asks === 'page'
      ? [pageQuestion, toPageAnswer(table)]
      : [sideBySideQuestion(table.courts.length, asks.rowsOfEach), toSideBySideAnswer(table, asks.rowsOfEach)];
  const judged = await judge(running, query, truth);
  if ('bytes' in judged) {
    tell(`${scenario}: ${gateway.name} gives the right answer, ${judged.bytes} bytes`);
    return { running, query, bytes: judged.bytes };
  }
  tell(`${scenario}: ${gateway.name} gives ${judged.wrong}`);
  const { id, note } = gateway;
  return { gateway: gateway.name, id, note, scenario, wrong: judged.wrong, figures: null };
}

function profiling(directory: string | null, name: string): string[] {
  if (directory === null) return [];
  mkdirSync(directory, { recursive: true });
  return ['--cpu-prof', `--cpu-prof-dir=${directory}`, `--cpu-prof-name=${name}.cpuprofile`];
}

/** Until V8 has compiled what is hot: by time, and longer for who gives few answers in it. */
async function warmUp(subject: Subject, options: Options): Promise<void> {
  let requests = 0;
  for (let turn = 0; turn < mostWarmUps && requests < enoughToWarmUp; turn += 1) {
    requests += (await driveFor(subject, options, options.warmUpMs)).requests;
  }
}

/** V8 is still compiling after a thousand, and a hub runs for weeks. Who does not come so far in its turns is measured as it is then. */
const enoughToWarmUp = 4_000;

/** So many times is somebody driven before the first round who gives few answers. */
export const mostWarmUps = 4;

async function driveFor({ running, query, bytes }: Subject, options: Options, durationMs: number): Promise<Round> {
  const { url, pid, headers } = running;
  const before = cpuMsOf(pid);
  const driven = await drive({ url, headers, query, connections: options.connections, durationMs, length: bytes });
  const { requests, seconds, latenciesMs, wrong } = driven;
  return {
    rps: requests / seconds,
    p50Ms: quantile(latenciesMs, 0.5),
    p99Ms: quantile(latenciesMs, 0.99),
    cpuMsPerRequest: (cpuMsOf(pid) - before) / requests,
    rssMb: rssMbOf(pid),
    requests,
    wrong,
  };
}

function toRow({ running: { gateway } }: Subject, { name: scenario }: Scenario, rounds: readonly Round[]): Row {
  const { name, id, note } = gateway;
  const over = (figure: Figure) => quartilesOf(rounds.map((round) => round[figure]));
  const sum = (of: (round: Round) => number) => rounds.reduce((total, round) => total + of(round), 0);
  return {
    gateway: name,
    id,
    note,
    scenario,
    wrong: null,
    figures: {
      rps: over('rps'),
      p50Ms: over('p50Ms'),
      p99Ms: over('p99Ms'),
      cpuMsPerRequest: over('cpuMsPerRequest'),
      rssMb: over('rssMb'),
      byRound: rounds,
      requests: sum((round) => round.requests),
      wrongAnswers: sum((round) => round.wrong),
    },
  };
}
