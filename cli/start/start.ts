/** `nonet start`: everything in one process, one part alone, or every part in a process of its own; until SIGTERM or SIGINT. */

import { UsageFault, type Command } from '../command.ts';
import { createProgress, processTerminal } from '../progress.ts';
import type { StartSettings } from './embedded-settings.ts';
import { isSupervised, live, tellParent } from './lifetime.ts';
import { toCityLines, toReadyLines } from './lines.ts';
import { issuerHelp } from './issuer-settings.ts';
import type { Part } from './parts/part.ts';
import { parts } from './parts/parts.ts';
import { searchesHelp } from './searches-setting.ts';
import { trailHelp } from './trail.ts';
import { workersHelp } from './workers/settings.ts';
import { readTask, type HeldCity, type WorkerTask } from './workers/task.ts';

export const start: Command = {
  help: [
    'Usage: nonet start [--port N] [--scale N] [--fresh] [--data DIR | --memory] [--registry FILE]',
    '       nonet start --processes [options]     every part a process of its own: nonet start --processes --help',
    '       nonet start PART [options]            one part alone: nonet start PART --help',
    '',
    'Starts hub, courts, agencies and their mocked upstreams in one process. Without an issuer it makes',
    'tokens itself (nonet token) and listens on loopback only.',
    '  --port N         port of the hub (PORT, default 4000; 0 takes any free one)',
    '  --scale N        cases per court when the rows are seeded, 1 to 12000 (default 300)',
    '  --fresh          delete the rows and seed anew',
    '  --data DIR       where rows and keys live (NONET_DATA, default data)',
    '  --memory         keep rows in memory only',
    '  --registry FILE  the courts (NONET_REGISTRY, default registry/courts.json)',
    '  --graph DIR      court.graphql and the SDL of each subgraph (NONET_GRAPH, default what is emitted of our own programs)',
    '  --host ADDRESS   a loopback address, or with an issuer any (HOST, default 127.0.0.1)',
    ...issuerHelp(19),
    ...workersHelp(19),
    ...trailHelp(19, 'trail in the data directory'),
    ...searchesHelp(19),
    '  --asking FILE    how courts and agencies are asked (NONET_ASKING; JSON, see OPERATIONS.md)',
    '  --call-back      the mocked banks and registry hand their answers in instead of being polled',
    'Parts:',
    ...parts.map(({ name, summary }) => `  ${name.padEnd(15)}  ${summary}`),
  ].join('\n'),
  async helpFor(args) {
    if (args.includes('--processes')) return (await import('./processes/processes.ts')).processesHelp;
    const part = await parts.find(({ name }) => name === args[0])?.load();
    return part?.help;
  },
  async run(args) {
    if (args.includes('--processes')) return runProcesses(args);
    const [name, ...rest] = args;
    if (name === undefined || name.startsWith('-')) return runEmbedded(args);
    const part = await parts.find((one) => one.name === name)?.load();
    if (part !== undefined) return runPart(part, rest);
    throw new UsageFault(`there is no part "${name}". Known: ${parts.map((one) => one.name).join(', ')}.`);
  },
};

/** Runs one part alone until it is told to stop. */
export function runPart(part: Part, args: readonly string[]): Promise<number> {
  const startedAt = performance.now();
  return live({
    start: async () => part.start(args, process.env),
    tellReady: (running) => (isSupervised() ? tellParent(running) : print(toReadyLines(running, startedAt))),
  });
}

async function runEmbedded(args: readonly string[]): Promise<number> {
  const { readSettings } = await import('./embedded-settings.ts');
  const settings = readSettings(args, process.env);
  const startedAt = performance.now();
  const task = readTask(process.env);
  if (task?.city) return runWorker(settings, task, task.city);
  const { startEmbedded } = await import('./embedded.ts');
  return live({
    start: () => startEmbedded(settings, print, createProgress(processTerminal())),
    tellReady: ({ url }) => print(toCityLines(url, startedAt)),
  });
}

/** One hub of an embedded city that has several. */
async function runWorker(settings: StartSettings, task: WorkerTask, city: HeldCity): Promise<number> {
  const { openWorkersHub } = await import('./workers/hub.ts');
  return live({
    start: () => openWorkersHub(settings, task, city),
    tellReady: ({ url }) => tellParent({ url, seededCases: null }),
  });
}

async function runProcesses(args: readonly string[]): Promise<number> {
  const { readProcessesSettings } = await import('./processes/settings.ts');
  const settings = readProcessesSettings(args, process.env);
  const startedAt = performance.now();
  const { startProcesses } = await import('./processes/processes.ts');
  return live({
    start: (stopping) => startProcesses(settings, stopping, print, createProgress(processTerminal())),
    tellReady: ({ url }) => print(toCityLines(url, startedAt)),
    stopWithinMs: 45_000,
    interruptible: true,
  });
}

function print(text: string): void {
  console.log(text);
}
