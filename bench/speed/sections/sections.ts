/** What is measured beside the rows, as sections of the report. */

import { gateways } from '../gateways.ts';
import type { Options } from '../options.ts';
import { limitId } from '../promises.ts';
import { measureAddedLatency } from './added-latency.ts';
import { countAgencyCalls } from './agency-calls.ts';
import { measurePlan } from './plans.ts';

/** Measures each and tells it in a section of its own. */
export async function measureSections(options: Options, tell: (line: string) => void): Promise<string[]> {
  tell('half load');
  const latency = await toLatency(options);
  tell('plans');
  const plans = await toPlans();
  tell('calls at agencies');
  return [latency, plans, await toAgencyCalls()];
}

async function toLatency(options: Options): Promise<string> {
  const rows: string[] = [];
  for (const gateway of gateways.filter(({ id }) => id === 'nonet' || id === limitId('nine'))) {
    const told = await measureAddedLatency(gateway, options);
    const { perSecond, requests, p50Ms, p99Ms, addedP50Ms, addedP99Ms } = told;
    const figures = [p50Ms, p99Ms, addedP50Ms, addedP99Ms].map((ms) => ms.toFixed(1));
    const isOurs = gateway.id === 'nonet';
    const verdict = isOurs ? ` (${addedP99Ms <= 5 ? 'met' : '**missed**'})` : '';
    rows.push(`| ${gateway.name} | ${perSecond.toFixed(0)} | ${requests} | ${figures.join(' | ')}${verdict} |`);
  }
  return [
    '## What is added at half load',
    '',
    'Nine courts that answer after 20 ms, asked once in a page for their rows and those that run dry once more; agencies answer at once. Each is',
    'asked half as often as it can bear, at even distances. “Added” is a request’s time less what the slowest upstream of each hop held its',
    'question. Promised of Nonet: p99 ≤ 5 ms.',
    '',
    '| | a second | requests | p50 ms | p99 ms | added p50 ms | added p99 ms |',
    '| --- | --: | --: | --: | --: | --: | --: |',
    ...rows,
  ].join('\n');
}

async function toPlans(): Promise<string> {
  // The first of a process pays for what is compiled once.
  await measurePlan(9);
  const rows: string[] = [];
  for (const courts of [9, 144, 3_500]) {
    const { fetches, planMs, explainMs } = await measurePlan(courts);
    rows.push(`| ${courts} | ${fetches} | ${planMs.toFixed(1)} | ${explainMs.toFixed(1)} |`);
  }
  return [
    '## Plans',
    '',
    'The question of the scenarios, planned by a hub over simulated courts. Promised: flat. Explaining a plan names each court.',
    '',
    '| courts | fetches | ms to plan | ms to explain a known plan |',
    '| --: | --: | --: | --: |',
    ...rows,
  ].join('\n');
}

async function toAgencyCalls(): Promise<string> {
  const { debtors, answered, calls, mostAtVehicles } = await countAgencyCalls();
  return [
    '## Calls at agencies',
    '',
    `One page with ${debtors} debtors (${answered} answered) through our agencies’ programs to their mocked systems.`,
    '',
    '| | counted | promised |',
    '| --- | --: | --- |',
    `| submits at the bank | ${calls.bank.submit} | ≤ ${debtors / 100} |`,
    `| submits at the real-estate registry | ${calls.property.submit} | ≤ ${debtors / 100} |`,
    `| calls at the vehicle administration | ${calls.vehicle.query} | one per debtor |`,
    `| the most of them at once | ${mostAtVehicles} | ≤ 20 |`,
  ].join('\n');
}
