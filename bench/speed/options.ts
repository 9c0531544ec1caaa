/** What the benchmark is told on its command line. */

import { resolve } from 'node:path';
import { parseArgs } from 'node:util';

import { scenarios, type Scenario } from './scenarios.ts';
import { rowsVariable } from './world/question.ts';

export interface Options {
  readonly scenarios: readonly Scenario[];
  /** Ids of gateways; null for all. */
  readonly only: readonly string[] | null;
  /** 0: answers are compared, and nothing is timed. */
  readonly rounds: number;
  readonly roundMs: number;
  /** Only rows that decide something. */
  readonly isQuick: boolean;
  readonly warmUpMs: number;
  readonly connections: number;
  /** Whether rows are measured, or only what stands beside them. */
  readonly hasRows: boolean;
  /** Everything is measured, so that it can be written down. */
  readonly isWhole: boolean;
  /** Another checkout whose Nonet is measured in turns with ours; null for none. */
  readonly beside: string | null;
  /** A directory for V8's CPU profiles of the gateways' processes. */
  readonly cpuProfiles: string | null;
  /** Options of Node for the gateways' processes. */
  readonly node: readonly string[];
}

export const usage = [
  'Usage: npm run bench [-- OPTIONS]',
  '',
  '  --answers          compares the answers and times nothing',
  '  --quick            three rounds of a second each, and only ours, the limit and rows that a promise is about: under five',
  '                     minutes; never a figure to be quoted',
  '  --only ID,…        these gateways alone: nonet, apollo-stock, … (the first word of an id is enough)',
  '  --scenario NAME,…  these scenarios alone: one, nine, skewed, late',
  '  --rounds N         how many rounds (default 7)',
  '  --seconds N        how long a round is (default 5)',
  '  --beside DIR       the Nonet of another checkout too, in turns with ours; ends with its CPU over ours',
  '  --sections         what is measured beside the rows, alone: latency at half load, plans, calls at agencies',
  '  --node=OPTION      an option of Node for every gateway, --perf-basic-prof for one; may stand several times',
  '  --cpu-prof DIR     a CPU profile of each gateway, written there when it ends (*.cpuprofile, for Chrome DevTools)',
  '',
  'NONET_BENCH_ROWS=1 asks for one row instead of fifty: what is left is what a request costs whatever it brings.',
  'Without all of these it writes bench/RESULTS.md and bench/results.json.',
].join('\n');

/** Reads them; throws an Error with one line for people. */
export function readOptions(args: string[]): Options | 'help' {
  const { values } = parseArgs({
    args,
    options: {
      sections: { type: 'boolean', default: false },
      answers: { type: 'boolean', default: false },
      quick: { type: 'boolean', default: false },
      only: { type: 'string' },
      scenario: { type: 'string' },
      rounds: { type: 'string' },
      seconds: { type: 'string' },
      'cpu-prof': { type: 'string' },
      beside: { type: 'string' },
      node: { type: 'string', multiple: true, default: [] },
      help: { type: 'boolean', short: 'h', default: false },
    },
  });
  if (values.help) return 'help';
  const { answers, quick, sections } = values;
  if (sections && (values.beside !== undefined || values.node.length > 0))
    throw new Error(
      '--sections measures the hub as it is, and what is written by hand: neither --beside nor --node goes with it.',
    );
  return {
    scenarios: values.scenario === undefined ? scenarios : values.scenario.split(',').map(scenarioOf),
    only: values.only?.split(',') ?? null,
    rounds: answers ? 0 : numberOf('rounds', values.rounds, quick ? 3 : 7),
    roundMs: numberOf('seconds', values.seconds, quick ? 1 : 5) * 1_000,
    isQuick: quick,
    warmUpMs: quick ? 2_000 : 6_000,
    connections: 16,
    hasRows: !sections,
    isWhole:
      !answers &&
      !sections &&
      [values.only, values.scenario, values.beside, values.node[0], process.env[rowsVariable]].every(
        (own) => own === undefined,
      ),
    beside: values.beside === undefined ? null : resolve(values.beside),
    cpuProfiles: values['cpu-prof'] ?? null,
    node: values.node,
  };
}

function scenarioOf(name: string): Scenario {
  const found = scenarios.find((scenario) => scenario.name === name);
  if (!found)
    throw new Error(`--scenario is "${name}"; it has to be one of ${scenarios.map((one) => one.name).join(', ')}.`);
  return found;
}

function numberOf(option: string, given: string | undefined, byDefault: number): number {
  const value = given === undefined ? byDefault : Number(given);
  if (!(value > 0 && value <= 600)) throw new Error(`--${option} has to be a number above 0, at most 600.`);
  return value;
}
