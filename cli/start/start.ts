/** `nonet start`: the embedded hub, until SIGTERM or SIGINT. */

import type { Command } from '../command.ts';
import { startEmbedded } from './embedded.ts';
import { readSettings } from './settings.ts';

export const start: Command = {
  name: 'start',
  summary: 'start the embedded hub: nine courts, three agencies, the gateway',
  help: [
    'Usage: nonet start [--port N] [--scale N] [--fresh] [--data DIR | --memory] [--host ADDRESS]',
    '',
    'Starts hub, courts, agencies and their mocked upstreams in one process, on loopback only.',
    '  --port N        port of the hub (PORT, default 4000; 0 takes any free one)',
    '  --scale N       cases per court when the rows are seeded, 1 to 12000 (default 300)',
    '  --fresh         delete the rows and seed anew',
    '  --data DIR      where rows and keys live (NONET_DATA, default data)',
    '  --memory        keep rows in memory only',
    '  --host ADDRESS  a loopback address (HOST, default 127.0.0.1)',
  ].join('\n'),
  async run(args) {
    const startedAt = performance.now();
    const hub = await startEmbedded(readSettings(args, process.env), (line) => console.log(line));
    console.log(
      [
        `Nonet is ready after ${((performance.now() - startedAt) / 1000).toFixed(1)} s.`,
        `  explorer  ${hub.url}/`,
        `  graphql   ${hub.url}/graphql`,
        `  health    ${hub.url}/health  ${hub.url}/ready`,
        'Every person and number in it is generated. Stop with Ctrl-C.',
      ].join('\n'),
    );
    await stopSignal();
    await hub.stop();
    return 0;
  },
};

function stopSignal(): Promise<void> {
  return new Promise((resolve) => {
    process.once('SIGTERM', () => resolve());
    process.once('SIGINT', () => resolve());
  });
}
