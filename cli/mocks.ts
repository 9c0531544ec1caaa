/** `nonet mocks`: the agencies' mocked upstreams alone, as `nonet start mocks` serves them, and how they are steered. */

import type { Command } from './command.ts';
import { behaveHelp, runBehave } from './mocks/behave.ts';
import { mocksPart } from './start/parts/mocks.ts';
import { runPart } from './start/start.ts';

export const mocks: Command = {
  help: `${mocksPart.help}\n\n${behaveHelp}`,
  run: ([first, ...rest]) =>
    first === 'behave'
      ? runBehave(rest, process.env, (line) => void process.stdout.write(`${line}\n`))
      : runPart(mocksPart, first === undefined ? [] : [first, ...rest]),
};
