/** `nonet audit verify`: says whether the trail of questions to agencies and of changes is whole, and if not, where it first is wrong. */

import { existsSync } from 'node:fs';

import { publicKeyFile, readPublicKey } from '../../gateway/trail/keys.ts';
import { verifyTrail } from '../../gateway/trail/verify.ts';
import { UsageFault, type Command } from '../command.ts';
import { openSettings, type Settings } from '../settings.ts';
import { readData } from '../start/common-settings.ts';
import { trailOf } from '../start/trail.ts';
import { toChainLine, toFaultLine, toNoteLines } from './report.ts';

export const audit: Command = {
  help: [
    'Usage: nonet audit verify [DIR] [--key FILE …] [--from N]',
    '',
    'Verifies the trail of questions to agencies and of changes: that each line follows from the one before, that its heads are',
    'signed, and that nothing that was signed is missing. Tells the first place that is wrong, and exits with 1. A hub may go',
    'on writing.',
    '  DIR         where the trail is (NONET_TRAIL, default trail in the data directory)',
    '  --key FILE  the public key that signed it, kept where nobody who could change the trail can change it (default',
    '              signing.pub beside the trail); several where the key was changed',
    '  --from N    older segments were put away: begin with segment N of each chain',
  ].join('\n'),
  run([what, ...args]) {
    if (what === 'verify') return verify(args, process.env);
    throw new UsageFault(
      what === undefined || what.startsWith('-')
        ? 'say what to do: nonet audit verify.'
        : `there is no "${what}" of the trail. Known: verify.`,
    );
  },
};

async function verify(args: readonly string[], env: NodeJS.ProcessEnv): Promise<number> {
  const options = { key: 'strings', from: 'string', data: 'string' } as const;
  const settings = openSettings(args, env, options, 'the directory of the trail');
  const directory = directoryOf(settings);
  const from = settings.whole({ option: 'from' }, 1, 1, 999_999);
  const files = settings.texts('key');
  const named = files.length > 0 ? files : [publicKeyFile(directory)];
  if (!existsSync(directory))
    settings.fault(`there is no trail in ${directory}; give its directory: nonet audit verify DIR.`);
  const keys = existsSync(directory) ? settings.read(() => named.map(readPublicKey)) : null;
  settings.check();
  const chains = await verifyTrail(directory, { keys: keys ?? [], from });
  if (chains.length === 0) throw new Error(`there is no chain of a trail in ${directory}.`);
  for (const chain of chains) {
    console.log(toChainLine(chain));
    for (const line of toNoteLines(chain)) console.log(line);
    if (chain.fault) console.error(toFaultLine(chain.fault));
  }
  return chains.some(({ fault }) => fault !== null) ? 1 : 0;
}

function directoryOf(settings: Settings): string {
  const [given, ...more] = settings.words;
  if (more.length > 0) throw new UsageFault(`"${more[0] ?? ''}" is one word too many: one directory.`);
  return given ?? settings.text({ variable: 'NONET_TRAIL' }) ?? trailOf(readData(settings));
}
