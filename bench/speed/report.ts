/** Figures as tables for people, and as JSON for programs. */

import { readFileSync } from 'node:fs';

import { provenance } from '../machine.ts';
import { hasMercurius } from './gateways.ts';
import type { Row } from './measure.ts';
import type { Options } from './options.ts';
import type { Quartiles } from './quantiles.ts';
import { scenarios } from './scenarios.ts';
import type { Target } from './targets.ts';

/** What a report is made of. */
export interface Report {
  readonly rows: readonly Row[];
  readonly targets: readonly Target[];
  /** More sections, with their titles. */
  readonly sections: readonly string[];
  readonly options: Options;
}

/** `bench/RESULTS.md`. */
export function toMarkdown({ rows, targets, sections, options }: Report): string {
  const { rounds, roundMs, connections } = options;
  return [
    '# What a request costs',
    '',
    'Written by `npm run bench` (docs/benchmark.md tells how it measures). Compare within one table only, and ratios only between',
    'runs: the deciding figure is CPU time of the gateway’s process per request.',
    '',
    `${toProvenance()}. ${rounds} rounds of ${roundMs / 1_000} s in turns, ${connections} connections; medians.`,
    '',
    ...scenarios
      .filter(({ name }) => rows.some((row) => row.scenario === name))
      .map(({ name, story }) => `- **${name}**: ${story}`),
    '',
    toTable(rows),
    '',
    '## Targets',
    '',
    'The last figure is the ratio that the program written by hand reaches in our place: with no schema, check, proof, trail or record.',
    '',
    toTargetTable(targets),
    '',
    ...sections.flatMap((section) => [section, '']),
  ].join('\n');
}

/** `bench/results.json`. */
export function toJson({ rows, targets, options }: Report): string {
  const told = {
    provenance: toProvenance(),
    versions: versions(),
    options: { rounds: options.rounds, roundMs: options.roundMs, connections: options.connections },
    rows: rows.map(({ gateway, scenario, wrong, figures, note }) => {
      if (!figures) return { gateway, scenario, wrong, note };
      const { rps, p50Ms, p99Ms, cpuMsPerRequest, rssMb, requests, wrongAnswers } = figures;
      const quartiles = { rps, p50Ms, p99Ms, cpuMsPerRequest, rssMb };
      const medians = Object.fromEntries(Object.entries(quartiles).map(([name, { median }]) => [name, round(median)]));
      const ends = Object.entries(quartiles).map(([name, { lower, upper }]) => [name, [round(lower), round(upper)]]);
      return {
        gateway,
        scenario,
        ...medians,
        quartiles: Object.fromEntries(ends) as object,
        requests,
        wrongAnswers,
        note,
      };
    }),
    targets: targets.map(({ what, promised, ratio, limit, isMet }) => ({
      what,
      promised,
      ratio: round(ratio.median),
      quartiles: [round(ratio.lower), round(ratio.upper)],
      limit: limit && round(limit),
      isMet,
    })),
  };
  return `${JSON.stringify(told, null, 2)}\n`;
}

function round(value: number): number {
  return Math.round(value * 1_000) / 1_000;
}

function toProvenance(): string {
  const of = Object.entries(versions()).map(([name, version]) => `${name} ${version}`);
  return `${provenance('gateway', 'common', 'schema', 'cli', 'bench/speed')}; ${of.join(', ')}`;
}

function versions(): Record<string, string> {
  const of = (folder: string, name: string) => {
    const file = new URL(`../../${folder}node_modules/${name}/package.json`, import.meta.url);
    return [name, (JSON.parse(readFileSync(file, 'utf8')) as { version: string }).version] as const;
  };
  return Object.fromEntries([
    ...['@apollo/gateway', '@apollo/server', 'graphql', 'undici'].map((name) => of('', name)),
    ...(hasMercurius ? [of('bench/mercurius/', '@mercuriusjs/gateway')] : []),
    ...['@graphql-hive/gateway-runtime', '@graphql-hive/router-runtime'].map((name) => of('bench/', name)),
  ]);
}

function toTargetTable(targets: readonly Target[]): string {
  const lines = targets.map(({ what, promised, ratio: { lower, median, upper }, limit, isMet }) => [
    what,
    promised,
    median.toFixed(2),
    `${lower.toFixed(2)} – ${upper.toFixed(2)}`,
    limit === null ? '' : limit.toFixed(2),
    isMet ? 'met' : '**missed**',
  ]);
  return [
    ['', 'promised', 'ratio of medians', 'quartiles by round', 'written by hand', ''],
    ['---', '---', '--:', ':-:', '--:', '---'],
    ...lines,
  ]
    .map((cells) => `| ${cells.join(' | ')} |`)
    .join('\n');
}

/** One line a row: medians, the quartiles of what decides, and what is to be known of the row. */
export function toTable(rows: readonly Row[]): string {
  return [
    ['scenario', 'gateway', 'CPU ms / request', '[quartiles]', 'rps', 'p50 ms', 'p99 ms', 'RSS MiB', 'note'],
    ['---', '---', '--:', ':-:', '--:', '--:', '--:', '--:', '---'],
    ...rows.map(toCells),
  ]
    .map((cells) => `| ${cells.join(' | ')} |`)
    .join('\n');
}

function toCells({ scenario, gateway, wrong, figures, note }: Row): string[] {
  if (!figures) return [scenario, gateway, 'wrong', '', '', '', '', '', `${note}; ${wrong ?? ''}`];
  const { cpuMsPerRequest, rps, p50Ms, p99Ms, rssMb, wrongAnswers } = figures;
  const told = wrongAnswers > 0 ? `${note}; ${wrongAnswers} wrong answers under load` : note;
  const figure = ({ median }: Quartiles, digits: number) => median.toFixed(digits);
  return [
    ...[scenario, gateway, figure(cpuMsPerRequest, 2)],
    `${cpuMsPerRequest.lower.toFixed(2)} – ${cpuMsPerRequest.upper.toFixed(2)}`,
    ...[figure(rps, 0), figure(p50Ms, 1), figure(p99Ms, 1), figure(rssMb, 0), told],
  ];
}
