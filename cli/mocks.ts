/** `nonet mocks`: the agencies' mocked upstreams alone, as `nonet start mocks` serves them. */

import type { Command } from './command.ts';
import { mocksPart } from './start/parts/mocks.ts';
import { runPart } from './start/start.ts';

export const mocks: Command = {
  help: mocksPart.help,
  run: (args) => runPart(mocksPart, args),
};
