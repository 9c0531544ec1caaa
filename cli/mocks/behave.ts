/** `nonet mocks behave`: says to running mocks how one of them is to behave from its next call on. */

import { UsageFault } from '../command.ts';
import { openSettings } from '../settings.ts';
import { portOf } from '../start/parts/places.ts';

export const behaveHelp = [
  'Usage: nonet mocks behave UPSTREAM [--fault NAME] [--only NAME]… [--on ENDPOINT] [--delay MS] [--quota CALLS/MS] [--call-back]',
  '       nonet mocks behave',
  '',
  'Steers running mocks: UPSTREAM (bank, vehicle, property) behaves so from its next call on; without options as agreed.',
  '--call-back: it hands its answers in by itself, and polls find nothing (bank, property).',
  'Without UPSTREAM: shows how each behaves, and which faults there are.',
  `  --url URL                 the mocks (MOCKS_URL, default http://127.0.0.1:${portOf('mocks')})`,
].join('\n');

/** Sends one behaviour, or shows all; resolves with the exit code. */
export async function runBehave(
  args: readonly string[],
  env: NodeJS.ProcessEnv,
  write: (line: string) => void,
): Promise<number> {
  const settings = openSettings(
    args,
    env,
    {
      fault: 'string',
      only: 'strings',
      on: 'string',
      delay: 'string',
      quota: 'string',
      'call-back': 'boolean',
      url: 'string',
    },
    'UPSTREAM',
  );
  const [upstream, ...others] = settings.words;
  if (others.length > 0) throw new UsageFault('One upstream at a time: bank, vehicle or property.');
  const url = settings.address({ option: 'url', variable: 'MOCKS_URL' }, `http://127.0.0.1:${portOf('mocks')}`);
  const delayMs = settings.whole({ option: 'delay' }, -1, 0, 600_000);
  const quota = settings.read(() => readQuota(settings.text({ option: 'quota' })));
  settings.check();
  const only = settings.texts('only');
  const behaviour = {
    fault: settings.text({ option: 'fault' }),
    on: settings.text({ option: 'on' }),
    ...(only.length > 0 && { only }),
    ...(delayMs >= 0 && { delayMs }),
    ...(quota !== null && { quota }),
    ...(settings.flag('call-back') && { callBack: true }),
  };
  const response = await reach(`${url.replace(/\/$/, '')}/behaviour${upstream === undefined ? '' : `/${upstream}`}`, {
    ...(upstream !== undefined && {
      method: 'PUT',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(behaviour),
    }),
  });
  write(JSON.stringify(await response.json(), null, 2));
  return response.ok ? 0 : 1;
}

async function reach(url: string, init: RequestInit): Promise<Response> {
  try {
    return await fetch(url, init);
  } catch (error) {
    throw new Error(`No mocks answer at ${new URL(url).origin}; start them with nonet mocks, or give --url.`, {
      cause: error,
    });
  }
}

function readQuota(text: string | undefined): { calls: number; windowMs: number } | null {
  if (text === undefined) return null;
  const [, calls, windowMs] = /^(\d{1,9})\/(\d{1,9})$/.exec(text) ?? [];
  if (calls === undefined) throw new Error(`--quota is "${text}"; it has to be CALLS/MILLISECONDS, such as 20/1000.`);
  return { calls: Number(calls), windowMs: Number(windowMs) };
}
