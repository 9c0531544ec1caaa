/** `nonet token`: a token for a hub that makes them itself, for whom one wants to be. */

import { existsSync } from 'node:fs';

import { readCourtRegistry } from '../../common/court-registry.ts';
import { ValueError } from '../../common/value-error.ts';
import { roleNames, roles } from '../../common/viewer.ts';
import { createLocalIssuer, longestLocalTtlS } from '../../gateway/viewer/local-issuer.ts';
import { createTokenDesk } from '../../gateway/viewer/token-desk.ts';
import { readUrl } from '../ask/hub-options.ts';
import type { JsonObject } from '../ask/json.ts';
import { requestToken } from '../ask/token.ts';
import { UsageFault, type Command } from '../command.ts';
import { openSettings, type Settings } from '../settings.ts';
import { readData } from '../start/common-settings.ts';
import { issuerKeyFile, readIssuerKey } from '../start/issuer-key.ts';

const usualTtlS = 8 * 3_600;

export const token: Command = {
  help: [
    'Usage: nonet token [--role ROLE] [--court CODE] [--task-force ID]… [--ttl TIME] [--url URL | --data DIR]',
    '',
    'Prints a token of the issuer that nonet start and nonet start --processes have for themselves: of the hub that runs at',
    'the address, else by the key in the data directory. Without a role it is of the command centre of the higher court.',
    'Roles:',
    ...roleNames.map((name) => `  ${name.padEnd(22)}${roles[name].chinese} ${roles[name].english}`),
    `  ${'enforcement'.padEnd(22)}the same as judge`,
    'Options:',
    '  --court CODE            the court that one belongs to, such as 苏0312',
    '  --task-force ID         a task force (专项行动) that one is a member of; may be repeated',
    '  --subject NAME          who it is (default local-ROLE-COURT)',
    '  --work-id TEXT          工作证编号 (default that of the court’s first officer)',
    '  --duty-certificate TEXT 执行公务证编号 (likewise)',
    '  --ttl TIME              how long it holds: 90s, 30m, 8h (default 8h, at most 24h)',
    '  --url URL               the hub (NONET_URL, default http://127.0.0.1:4000)',
    '  --data DIR              sign by the key there, whether a hub runs or not (NONET_DATA, default data)',
    'Exit: 0 printed, 2 wrong use, 69 neither a hub nor a key, 78 wrong address.',
  ].join('\n'),
  run: (args) => printToken(args, process.env, console.log, console.error),
};

/** The whole command, with its surroundings given. Resolves with the exit code. */
export async function printToken(
  args: readonly string[],
  env: NodeJS.ProcessEnv,
  out: (line: string) => void,
  err: (line: string) => void,
): Promise<number> {
  const settings = openSettings(args, env, {
    role: 'string',
    court: 'string',
    'task-force': 'strings',
    subject: 'string',
    'work-id': 'string',
    'duty-certificate': 'string',
    ttl: 'string',
    url: 'string',
    data: 'string',
  });
  const url = settings.read(() => readHubUrl(settings));
  settings.check();
  const wish = toWish(settings);
  const isFromFile = settings.text({ option: 'data' }) !== undefined;
  const answer = isFromFile || url === null ? null : await requestToken(url, wish, 10_000);
  if (answer !== null && 'problem' in answer) throw new UsageFault(answer.problem);
  const data = readData(settings);
  const found = answer?.token ?? (await signedBy(issuerKeyFile(data), wish));
  if (found !== null) {
    out(found);
    return 0;
  }
  err(
    isFromFile
      ? `nonet token: ${data} has no key of a local issuer; nonet start makes it there.`
      : `nonet token: no hub at ${url ?? ''} gives tokens, and ${data} has no key of a local issuer. Start one with nonet start, or say where it is: --url URL, --data DIR. A hub with an issuer takes tokens of that issuer alone.`,
  );
  return 69; // EX_UNAVAILABLE of sysexits.h
}

function readHubUrl(settings: Settings): string {
  const faults: string[] = [];
  const url = readUrl('--url (NONET_URL)', settings.text({ option: 'url', variable: 'NONET_URL' }), faults);
  if (faults[0] !== undefined) throw new Error(faults[0]);
  return url;
}

/** As the desk of a hub reads it. */
function toWish(settings: Settings): JsonObject {
  const text = (option: string) => settings.text({ option });
  const said = {
    role: text('role'),
    court: text('court'),
    task_forces: settings.texts('task-force').length > 0 ? settings.texts('task-force') : undefined,
    sub: text('subject'),
    work_id: text('work-id'),
    duty_certificate: text('duty-certificate'),
  };
  const claims = Object.fromEntries(Object.entries(said).filter(([, value]) => value !== undefined));
  if (said.role === undefined && Object.keys(claims).length > 0) {
    throw new UsageFault(`--role is missing; one of ${roleNames.join(', ')}.`);
  }
  return { ...claims, ttl: readTtl(text('ttl')) };
}

function readTtl(text: string | undefined): number {
  if (text === undefined) return usualTtlS;
  const [, count, unit = 's'] = /^(\d{1,6})([smh])?$/.exec(text) ?? [];
  const seconds = Number(count) * { s: 1, m: 60, h: 3_600 }[unit as 's' | 'm' | 'h'];
  if (seconds >= 1 && seconds <= longestLocalTtlS) return seconds;
  throw new UsageFault(`--ttl is "${text}"; it has to be a time such as 90s, 30m or 8h, and at most 24h.`);
}

async function signedBy(file: string, wish: JsonObject): Promise<string | null> {
  if (!existsSync(file)) return null;
  const desk = createTokenDesk(createLocalIssuer(readIssuerKey(file)), () => readCourtRegistry().courts);
  try {
    return (await desk.issue(wish)).token;
  } catch (error) {
    if (error instanceof ValueError) throw new UsageFault(`${error.message}.`);
    throw error;
  }
}
