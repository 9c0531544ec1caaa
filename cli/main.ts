/** The command `nonet`. */

import 'reflect-metadata';

import { runNonet } from './run.ts';

// `nonet ask … | head` has what it wants: no fault, and nobody to tell.
process.stdout.on('error', (error: NodeJS.ErrnoException) => {
  if (error.code !== 'EPIPE') throw error;
  process.exit();
});

process.exitCode = await runNonet(process.argv.slice(2), {
  out: (line) => console.log(line),
  err: (line) => console.error(line),
});
