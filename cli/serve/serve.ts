/** `nonet serve city`: the logical subgraphs for another engine, until SIGTERM or SIGINT. */

import { UsageFault, type Command } from '../command.ts';
import { runPart } from '../start/start.ts';
import { cityPart } from './city.ts';

export const serve: Command = {
  help: cityPart.help,
  run([what, ...args]) {
    if (what === 'city') return runPart(cityPart, args);
    throw new UsageFault(
      what === undefined || what.startsWith('-')
        ? 'say what to serve: nonet serve city.'
        : `there is no "${what}" to serve. Known: city.`,
    );
  },
};
