/** `nonet start mocks`: the agencies' upstreams, mocked, over HTTP. */

import { serveUpstreams } from '../../../mocks/upstreams/serve.ts';
import { handInAt } from '../../../mocks/upstreams/hand-in.ts';
import { createUpstreams, type UpstreamName } from '../../../mocks/upstreams/upstreams.ts';
import { openSettings } from '../../settings.ts';
import { agencyEntries, upstreamSeed } from '../agencies.ts';
import { createClock } from '../clock.ts';
import { readPort } from '../common-settings.ts';
import { stacked } from '../stack.ts';
import { readAnswersSecret } from './agency.ts';
import { clockHelp, clockOption, readClock } from './clock-setting.ts';
import type { Part } from './part.ts';
import { answersPath, answersSecretOf, portOf, urlOfMock } from './places.ts';

/** The vehicle administration answers at once. */
const callers = ['bank', 'property'] as const;

export const mocksPart: Part = {
  help: [
    'Usage: nonet start mocks [--port N]      (or nonet mocks)',
    '',
    'Serves the mocked upstreams of the agencies on 127.0.0.1, each below its name: /bank, /vehicle, /property, and GET',
    '/health. Their contract is mocks/README.md; what they know is generated, and forgotten when they stop. GET and PUT',
    '/behaviour/UPSTREAM steer them while they run (nonet mocks behave).',
    `  --port N                  (PORT, default ${portOf('mocks')}; 0 takes any free one)`,
    ...clockHelp,
    'Who is told to call back ({"callBack":true}) hands its answers in at the program of its agency:',
    ...callers.flatMap((name) => [
      `  --${name}-answers URL`.padEnd(28) + `(${variableOf(name)}, default ${answersOf(name)})`,
      `${' '.repeat(28)}by the secret ${answersSecretOf(name)}`,
    ]),
  ].join('\n'),
  async start(args, env) {
    const settings = openSettings(args, env, {
      port: 'string',
      'bank-answers': 'string',
      'property-answers': 'string',
      ...clockOption,
    });
    const port = readPort(settings, portOf('mocks'));
    const now = createClock(readClock(settings));
    const takers = callers.flatMap((name) => {
      const url = settings.address({ option: `${name}-answers`, variable: variableOf(name) }, answersOf(name));
      const secret = readAnswersSecret(settings, name);
      return secret === undefined ? [] : [[name, { url, secret }] as const];
    });
    settings.check();
    return stacked(async (stack) => {
      const upstreams = createUpstreams({
        seed: upstreamSeed,
        now,
        handIn: handInAt(Object.fromEntries(takers)),
        callers: takers.map(([name]) => name),
      });
      const { url } = stack.keep(await serveUpstreams(upstreams, { port }));
      const addresses = agencyEntries.map(({ name }) => [name, urlOfMock(url, name)] as const);
      return { title: 'mocks', url, seededCases: null, addresses: [...addresses, ['health', `${url}/health`]] };
    });
  },
};

function variableOf(name: UpstreamName): string {
  return `${name.toUpperCase()}_ANSWERS_URL`;
}

function answersOf(name: UpstreamName): string {
  return `http://127.0.0.1:${portOf(name)}${answersPath}`;
}
