/** `nonet start bank|vehicle|property`: one agency's program over its upstream and a database of its own. */

import { mkdirSync } from 'node:fs';

import { createDatabaseHost } from '../../../subgraphs/kit/database/host.ts';
import type { Bell } from '../../../subgraphs/kit/inquiry/bell.ts';
import type { RedisBellOptions } from '../../../subgraphs/kit/inquiry/redis-bell.ts';
import { createAnswersDoor, shortestSecret } from '../../../subgraphs/kit/inquiry/answers-door.ts';
import { openPartOperating } from '../../operating/part.ts';
import { readLogLevel } from '../../operating/settings.ts';
import { openSettings, type Settings } from '../../settings.ts';
import type { UpstreamName } from '../../../mocks/upstreams/upstreams.ts';
import { schemaOfAgency, type AgencyEntry } from '../agencies.ts';
import { createClock } from '../clock.ts';
import { readData, readPort } from '../common-settings.ts';
import { databaseHelp, databaseOptions, readDatabase } from '../database-settings.ts';
import { hubKeysHelp, hubKeysOption, readProofCheck } from '../hub-key.ts';
import { readNamedKey } from '../person-key.ts';
import { readRedisUrl } from '../redis-setting.ts';
import { stacked } from '../stack.ts';
import { clockHelp, clockOption, readClock } from './clock-setting.ts';
import type { Part } from './part.ts';
import { answersPath, answersSecretOf, directoryOfAgency, portOf, urlOfMock } from './places.ts';
import { servePart } from './served.ts';

/** The part of one agency. */
export function toAgencyPart({ name, create }: AgencyEntry): Part {
  const variable = `${name.toUpperCase()}_UPSTREAM_URL`;
  const upstreamDefault = urlOfMock(`http://127.0.0.1:${portOf('mocks')}`, name);
  return {
    help: [
      `Usage: nonet start ${name} [--port N] [--data DIR] [--upstream URL] [--person-key FILE]`,
      '',
      `Serves the ${name} subgraph at POST /graphql, with GET /health, on 127.0.0.1. What it has asked and been answered outlives it.`,
      `  --port N                  (PORT, default ${portOf(name)}; 0 takes any free one)`,
      `  --data DIR                its tickets are in agencies/${name} below it, and keys in it (NONET_DATA, default data)`,
      `  --upstream URL            where the agency itself answers, after mocks/README.md (${variable},`,
      `                            default ${upstreamDefault}: nonet start mocks)`,
      "  --person-key FILE         the city's key (NONET_PERSON_KEY_FILE): tickets are marked by it, so that who reads them",
      '                            cannot confirm whom they are about; tickets that were once marked by it need it',
      ...hubKeysHelp,
      ...clockHelp,
      ...databaseHelp,
      'Several programs of one agency may share a PostgreSQL database; a PGlite belongs to one alone. REDIS_URL,',
      'redis://host:port, is where they tell one another what has come; without it readers look into the database.',
      `${answersSecretOf(name)}, a secret of ${shortestSecret} characters or more, opens POST ${answersPath}, where the agency hands answers in by`,
      'itself (mocks/README.md); without it that path is not there.',
    ].join('\n'),
    async start(args, env) {
      const settings = openSettings(args, env, {
        port: 'string',
        upstream: 'string',
        data: 'string',
        'person-key': 'string',
        ...hubKeysOption,
        ...clockOption,
        ...databaseOptions,
      });
      const port = readPort(settings, portOf(name));
      const upstream = settings.address({ option: 'upstream', variable }, upstreamDefault);
      const now = createClock(readClock(settings));
      const data = readData(settings);
      const directory = directoryOfAgency(data, name);
      const place = readDatabase(settings, name, directory);
      const redisUrl = readRedisUrl(settings);
      const openCheck = readProofCheck(settings, data, redisUrl);
      const personKey = readNamedKey(settings);
      const secret = readAnswersSecret(settings, name);
      const level = readLogLevel(env, (line) => settings.fault(line));
      settings.check();
      return stacked(async (stack) => {
        const operating = stack.keep(openPartOperating(name, level));
        const isShared = place.databaseUrl !== undefined;
        if (!isShared) mkdirSync(directory, { recursive: true, mode: 0o700 });
        const host = stack.keep(await createDatabaseHost(place));
        const onFault = operating.faulted;
        const channel = `nonet:tickets:${name}`;
        const bell =
          redisUrl === undefined || !isShared
            ? undefined
            : stack.keep(await openBell({ url: redisUrl, channel, onFault }));
        const program = stack.keep(
          await create({
            upstream: { baseUrl: upstream.replace(/\/$/, '') },
            database: await host.open(schemaOfAgency(name)),
            shared: isShared,
            personKey: personKey?.read() ?? null,
            ...(bell && { bell }),
            now,
            onFault,
          }),
        );
        const checkProof = await openCheck(stack, name, operating);
        const deliveries =
          secret === undefined
            ? undefined
            : new Map([[answersPath, createAnswersDoor((answer) => program.handIn(answer), secret)]]);
        return servePart(stack, { title: name, program, port, operating, checkProof, deliveries });
      });
    },
  };
}

/** The agency's secret, or undefined without one. The text itself is never repeated. */
export function readAnswersSecret(settings: Settings, name: UpstreamName): string | undefined {
  const variable = answersSecretOf(name);
  const secret = settings.text({ variable });
  if (secret !== undefined && !/^[\x21-\x7e]+$/.test(secret))
    settings.fault(
      `${variable} has characters that no header can carry; give letters, digits and signs without spaces.`,
    );
  if (secret !== undefined && secret.length < shortestSecret)
    settings.fault(
      `${variable} has ${secret.length} characters; it has to have ${shortestSecret} or more, such as openssl rand -hex 32 makes.`,
    );
  return secret;
}

/** Redis is loaded by those who have one. */
async function openBell(options: RedisBellOptions): Promise<Bell> {
  const { createRedisBell } = await import('../../../subgraphs/kit/inquiry/redis-bell.ts');
  return createRedisBell(options);
}
