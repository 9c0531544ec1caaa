/** `nonet start mocks`: the agencies' upstreams, mocked, over HTTP. */

import { serveUpstreams } from '../../../mocks/upstreams/serve.ts';
import { createUpstreams } from '../../../mocks/upstreams/upstreams.ts';
import { openSettings } from '../../settings.ts';
import { agencyEntries, upstreamSeed } from '../agencies.ts';
import { createClock } from '../clock.ts';
import { readPort } from '../common-settings.ts';
import { stacked } from '../stack.ts';
import { clockHelp, clockOption, readClock } from './clock-setting.ts';
import type { Part } from './part.ts';
import { portOf, urlOfMock } from './places.ts';

export const mocksPart: Part = {
  help: [
    'Usage: nonet start mocks [--port N]      (or nonet mocks)',
    '',
    'Serves the mocked upstreams of the agencies on 127.0.0.1, each below its name: /bank, /vehicle, /property, and GET',
    '/health. Their contract is mocks/README.md; what they know is generated, and forgotten when they stop. GET and PUT',
    '/behaviour/UPSTREAM steer them while they run (nonet mocks behave).',
    `  --port N                  (PORT, default ${portOf('mocks')}; 0 takes any free one)`,
    ...clockHelp,
  ].join('\n'),
  async start(args, env) {
    const settings = openSettings(args, env, { port: 'string', ...clockOption });
    const port = readPort(settings, portOf('mocks'));
    const now = createClock(readClock(settings));
    settings.check();
    return stacked(async (stack) => {
      const upstreams = createUpstreams({ seed: upstreamSeed, now });
      const { url } = stack.keep(await serveUpstreams(upstreams, { port }));
      const addresses = agencyEntries.map(({ name }) => [name, urlOfMock(url, name)] as const);
      return { title: 'mocks', url, seededCases: null, addresses: [...addresses, ['health', `${url}/health`]] };
    });
  },
};
