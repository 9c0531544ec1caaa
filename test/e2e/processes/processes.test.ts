import { cpSync, existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';

import { startEmbedded } from '../../../cli/start/embedded.ts';
import { inMemory } from '../../../cli/start/trail.ts';
import type { OpenHub } from '../../../cli/start/hub.ts';
import { readCourtRegistry } from '../../../common/court-registry.ts';
import type { Answer } from '../../../common/wire.ts';
import { exampleNames } from '../../../gateway/explorer/examples.ts';
import { readAdminAddress } from '../../../subgraphs/court/admin/address.ts';
import { run as runImport } from '../../integration/import/running-court.ts';
import { childrenOf, isAlive, startNonet, type NonetProcess } from '../../support/nonet-process.ts';
import { writeSmallRegistry } from '../../support/small-registry.ts';
import { authorizationAt } from '../../support/viewers.ts';

const scale = 12;
const courts = 3;
// Nine processes, each of which loads its program, on perhaps a busy machine.
vi.setConfig({ testTimeout: 240_000, hookTimeout: 300_000 });

describe('a city of processes', () => {
  let directory: string;
  let data: string;
  let registry: string;
  let city: NonetProcess;
  let url: string;
  let embedded: OpenHub;

  beforeAll(async () => {
    directory = mkdtempSync(join(tmpdir(), 'nonet-processes-'));
    data = join(directory, 'data');
    registry = writeSmallRegistry(directory, courts);
    city = startNonet(
      [
        'start',
        '--processes',
        '--port=0',
        '--first-port=0',
        `--scale=${scale}`,
        `--data=${data}`,
        `--registry=${registry}`,
      ],
      // Nothing of this may reach a part: each is given its own settings.
      { PORT: '1', HOST: '127.0.0.1', NONET_COURT: '苏0391', BANK_URL: 'http://127.0.0.1:9/graphql' },
    );
    url = (await city.line(/graphql {3}(http\S+)/))[1]!;
    // The same people have the same ids only with the same key.
    const other = join(directory, 'embedded');
    mkdirSync(other);
    cpSync(join(data, 'person.key'), join(other, 'person.key'));
    embedded = await startEmbedded(
      {
        host: '127.0.0.1',
        port: 0,
        directory: other,
        casesPerCourt: scale,
        fresh: false,
        asking: {},
        trail: inMemory,
        identitySearches: 600,
        operating: { level: 'silent', traces: [] },
        registry: readCourtRegistry(registry),
      },
      () => undefined,
    );
  });

  afterAll(async () => {
    await embedded.stop();
    await city[Symbol.asyncDispose]();
    rmSync(directory, { recursive: true, force: true });
  });

  const pidOf = (part: RegExp): number => {
    const found = childrenOf(city.process.pid!).find(({ command }) => part.test(command));
    if (found === undefined) throw new Error(`no process ${String(part)}`);
    return found.pid;
  };

  it('says first what it needs and starts, and then the same as the embedded one', () => {
    // How far a slow start has come is told beside it.
    const lines = city
      .text()
      .split('\n')
      .filter((line) => !line.startsWith('Starting processes: ') && !line.startsWith('{'));
    expect(lines[2]).toMatch(
      /^Starts 9 processes on loopback: gateway \d+, mocks \d+, bank \d+, vehicle \d+, property \d+, command \d+, court 苏03 \d+, /,
    );
    expect(lines[0]).toContain(`a PGlite for each court, each agency and the command centre, 7 in all, in ${data}`);
    expect(lines[1]).toMatch(/^Memory: about \d+\.\d GB for 9 processes; \d+\.\d GB are free\./);
    expect(lines[3]).toBe('Seeded 36 cases in 3 courts.');
    expect(lines[4]).toMatch(/^Nonet is ready after \d/);
    expect(lines.slice(5, 9)).toEqual([
      expect.stringMatching(/^ {2}explorer {2}http/),
      `  graphql   ${url}`,
      expect.stringMatching(/^ {2}health {4}http.*\/ready$/),
      'Every person and number in it is generated. Stop with Ctrl-C.',
    ]);
    expect(childrenOf(city.process.pid!)).toHaveLength(9);
  });

  it.each(exampleNames)('answers %s exactly as one process with everything in it', async (name) => {
    const query = readFileSync(new URL(`../../../schema/operations/${name}.graphql`, import.meta.url), 'utf8');
    const variables = await variablesOf(name);
    const [ofProcesses, ofOne] = await Promise.all([
      settled(url, query, variables),
      settled(`${embedded.url}/graphql`, query, variables),
    ]);
    expect(toTimeless(ofProcesses)).toEqual(toTimeless(ofOne));
  });

  it('answers pages, filters and mistakes as one process does', async () => {
    const page = `query($after: String, $filter: CaseFilter) { cases(first: 5, after: $after, filter: $filter, orderBy: NUMBER_ASC) {
      totalCount pageInfo { hasNextPage endCursor } edges { cursor node { number parties { name idNumber person { id } } } } } }`;
    let after: unknown = null;
    for (const filter of [null, null, { stages: ['CLOSED'] }, { partyIdNumber: '11010519491231002X' }]) {
      const variables = { after: filter === null ? after : null, filter };
      const [one, other] = await Promise.all([
        ask(url, page, variables),
        ask(`${embedded.url}/graphql`, page, variables),
      ]);
      expect(one).toEqual(other);
      after = (one.data?.['cases'] as { pageInfo?: { endCursor?: unknown } } | undefined)?.pageInfo?.endCursor;
    }
    const mistake = '{ cases(first: 1000) { totalCount } }';
    expect(await ask(url, mistake)).toEqual(await ask(`${embedded.url}/graphql`, mistake));
  });

  it('misses a court that is killed, by name and with everybody else’s rows, until it is back with all of its own', async () => {
    const question =
      '{ cases { totalCount totalIsLowerBound coverage { complete courts(only: GAPS) { court { code } status reason } } } }';
    process.kill(pidOf(/--court=苏0303/), 'SIGKILL');
    const gap = await vi.waitFor(async () => {
      const answer = await ask(url, question);
      expect(answer.errors).toHaveLength(1);
      return answer;
    }, waiting);
    expect(gap.errors?.[0]?.extensions).toMatchObject({
      code: 'UPSTREAM_UNREACHABLE',
      court: '苏0303',
      reason: 'DOWN',
    });
    expect(gap.data).toEqual({
      cases: {
        totalCount: (courts - 1) * scale,
        totalIsLowerBound: true,
        coverage: { complete: false, courts: [{ court: { code: '苏0303' }, status: 'UNREACHABLE', reason: 'DOWN' }] },
      },
    });
    const whole = await vi.waitFor(async () => {
      const answer = await ask(url, question);
      expect(answer.errors).toBeUndefined();
      return answer;
    }, waiting);
    expect(whole.data).toMatchObject({ cases: { totalCount: courts * scale, coverage: { complete: true } } });
    expect(city.text()).toMatch(/court 苏0303 ended \(SIGKILL\); it starts again in 250 ms\./);
  });

  it('takes an import into a court that runs', async () => {
    const file = join(directory, 'cases.csv');
    writeFileSync(file, '案号,阶段,立案日期\n（2018）苏0303执999号,立案,2018-01-30\n');
    const { code, out } = await runImport(['--court', '苏0303', '--data', data, '--registry', registry, file]);
    expect([code, out]).toEqual([0, expect.stringContaining('through the running court')]);
    const { data: found } = await ask(url, '{ case(number: "（2018）苏0303执999号") { number } }');
    expect(found).toEqual({ case: { number: '（2018）苏0303执999号' } });
  });

  it('is refused a second time on the same data', async () => {
    await using second = startNonet([
      'start',
      '--processes',
      '--port=0',
      '--first-port=0',
      `--data=${data}`,
      `--registry=${registry}`,
    ]);
    expect(await second.ended).toBe(1);
    expect(second.text()).not.toContain('Starts');
    expect(second.text()).toContain(
      `--data (NONET_DATA) is ${data}, and ${join(data, 'processes')} is in use by process ${city.process.pid ?? 0} `,
    );
  });

  it('stops when it is told to, and leaves nothing running and nothing locked', async () => {
    const children = childrenOf(city.process.pid!);
    city.process.kill('SIGTERM');
    expect(await city.ended).toBe(0);
    expect(children.map(({ pid }) => isAlive(pid))).toEqual(children.map(() => false));
    const places = ['processes', 'command', ...readdirSync(join(data, 'courts')).map((code) => join('courts', code))];
    for (const place of places) {
      expect(readdirSync(join(data, place)).filter((name) => name.startsWith('lock-'))).toEqual([]);
      expect(readAdminAddress(join(data, place))).toBeNull();
    }
    expect(existsSync(join(data, 'courts', '苏0303', 'pglite'))).toBe(true);
  });

  async function variablesOf(name: (typeof exampleNames)[number]): Promise<Record<string, unknown>> {
    if (name === 'case-by-number' || name === 'debtor-across-courts') {
      const { data: first } = await ask(url, '{ cases(first: 1) { edges { node { number debtors { name } } } } }');
      const [{ node }] = (first!['cases'] as { edges: [{ node: { number: string; debtors: { name: string }[] } }] })
        .edges;
      return { number: node.number, name: node.debtors[0]!.name };
    }
    return {};
  }
});

it.each<readonly [string, (supervisor: NonetProcess['process']) => void]>([
  ['children whose supervisor is killed end by themselves', (supervisor) => void supervisor.kill('SIGKILL')],
  ['a supervisor whose own holder has gone ends with its children', (supervisor) => supervisor.disconnect()],
])('%s', async (_, leave) => {
  const directory = mkdtempSync(join(tmpdir(), 'nonet-orphans-'));
  try {
    const registry = writeSmallRegistry(directory, 1, 'http://127.0.0.1:9/graphql');
    await using city = startNonet([
      'start',
      '--processes',
      '--port=0',
      '--first-port=0',
      `--data=${join(directory, 'data')}`,
      `--registry=${registry}`,
    ]);
    // Some answer and others are still loading: all of them have to notice.
    await city.line(/Starts 6 processes/);
    const children = await vi.waitFor(() => {
      const found = childrenOf(city.process.pid!);
      expect(found.length).toBeGreaterThanOrEqual(2);
      return found;
    }, waiting);
    leave(city.process);
    await city.ended;
    await vi.waitFor(() => expect(children.filter(({ pid }) => isAlive(pid))).toEqual([]), waiting);
  } finally {
    rmSync(directory, { recursive: true, force: true });
  }
});

const waiting = { timeout: 100_000, interval: 50 };

async function ask(url: string, query: string, variables: Record<string, unknown> = {}): Promise<Answer> {
  const response = await fetch(url, {
    method: 'POST',
    headers: { 'content-type': 'application/json', ...(await authorizationAt(url)) },
    body: JSON.stringify({ query, variables }),
  });
  return (await response.json()) as Answer;
}

/** Asks until every agency has answered. */
function settled(url: string, query: string, variables: Record<string, unknown>): Promise<Answer> {
  return vi.waitFor(async () => {
    const answer = await ask(url, query, variables);
    expect(answer.errors).toBeUndefined();
    // As a status; there is a stage SETTLED_PENDING, too.
    expect(JSON.stringify(answer)).not.toContain('"PENDING"');
    return answer;
  }, waiting);
}

const uuid = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;

/** An answer without the instants at which it was given and the rows were read, and without ids made at random. */
function toTimeless(answer: Answer): unknown {
  return JSON.parse(
    JSON.stringify(answer, (key, value: unknown) => {
      if (typeof value === 'string' && uuid.test(value)) return 'an id';
      return ['asOf', 'receivedAt', 'answeredAt', 'elapsedMs'].includes(key) ? undefined : value;
    }),
  );
}
