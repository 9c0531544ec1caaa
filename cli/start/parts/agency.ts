/** `nonet start bank|vehicle|property`: one agency's program over its upstream. */

import { openPartOperating } from '../../operating/part.ts';
import { readLogLevel } from '../../operating/settings.ts';
import { openSettings } from '../../settings.ts';
import type { AgencyEntry } from '../agencies.ts';
import { createClock } from '../clock.ts';
import { readData, readPort } from '../common-settings.ts';
import { hubKeysHelp, hubKeysOption, readProofCheck } from '../hub-key.ts';
import { stacked } from '../stack.ts';
import { clockHelp, clockOption, readClock } from './clock-setting.ts';
import type { Part } from './part.ts';
import { portOf, urlOfMock } from './places.ts';
import { servePart } from './served.ts';

/** The part of one agency. */
export function toAgencyPart({ name, create }: AgencyEntry): Part {
  const variable = `${name.toUpperCase()}_UPSTREAM_URL`;
  const upstreamDefault = urlOfMock(`http://127.0.0.1:${portOf('mocks')}`, name);
  return {
    help: [
      `Usage: nonet start ${name} [--port N] [--upstream URL]`,
      '',
      `Serves the ${name} subgraph at POST /graphql, with GET /health, on 127.0.0.1. It keeps nothing: open questions are forgotten.`,
      `  --port N                  (PORT, default ${portOf(name)}; 0 takes any free one)`,
      `  --upstream URL            where the agency itself answers, after mocks/README.md (${variable},`,
      `                            default ${upstreamDefault}: nonet start mocks)`,
      '  --data DIR                where keys are (NONET_DATA, default data)',
      ...hubKeysHelp,
      ...clockHelp,
    ].join('\n'),
    async start(args, env) {
      const settings = openSettings(args, env, {
        port: 'string',
        upstream: 'string',
        data: 'string',
        ...hubKeysOption,
        ...clockOption,
      });
      const port = readPort(settings, portOf(name));
      const upstream = settings.address({ option: 'upstream', variable }, upstreamDefault);
      const now = createClock(readClock(settings));
      const openCheck = readProofCheck(settings, readData(settings));
      const level = readLogLevel(env, (line) => settings.fault(line));
      settings.check();
      return stacked(async (stack) => {
        const operating = stack.keep(openPartOperating(name, level));
        const baseUrl = upstream.replace(/\/$/, '');
        const program = stack.keep(await create({ upstream: { baseUrl }, now, onFault: operating.faulted }));
        return servePart(stack, { title: name, program, port, operating, checkProof: openCheck(stack, name) });
      });
    },
  };
}
