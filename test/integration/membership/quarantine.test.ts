import { randomBytes } from 'node:crypto';
import { afterAll, afterEach, beforeAll, expect, it, vi } from 'vitest';

import { personKeyMark, type PersonKey } from '../../../common/person-id.ts';
import type { CourtStatus } from '../../../gateway/http/status.ts';
import { courtSdl } from '../../../subgraphs/court/schema.ts';
import { rowsQuery, seenOf, startFollowedCity, type FollowedCity } from './followed-city.ts';
import { speaking } from './other-programs.ts';

/** Milliseconds. The hub looks more often than by default, so that nobody has to wait for it. */
const promised = { timeout: 10_000, interval: 50 };

let city: FollowedCity;
beforeAll(async () => {
  city = await startFollowedCity({
    courts: 3,
    lookEveryMs: 50,
    watch: { knownEveryMs: 200, unreadEveryMs: 100, atMostEveryMs: 50 },
  });
}, 120_000);
afterAll(() => city[Symbol.asyncDispose]());

const drifting = () => city.entries[1]!;
const standing = async (): Promise<CourtStatus> => (await city.ready()).find(({ code }) => code === drifting().code)!;

afterEach(async () => {
  const { code } = drifting();
  city.register(city.entries);
  await city.restart(code, city.programs.get(code)!);
  await vi.waitFor(async () => expect(await standing()).toMatchObject({ standing: 'joined', lacks: [] }), promised);
});

const endOf = (key: PersonKey) => personKeyMark(key).slice(-6);

/** Quarantined within the time, alone, and told wherever somebody looks. */
async function expectAlone(fault: RegExp): Promise<void> {
  const { code, name } = drifting();
  await vi.waitFor(async () => expect(await standing()).toMatchObject({ standing: 'quarantined' }), promised);
  expect((await standing()).faults.join('\n')).toMatch(fault);
  const answer = await city.ask(rowsQuery);
  expect(seenOf(answer, code)).toEqual({ status: 'UNREACHABLE', reason: 'QUARANTINED', rows: 0 });
  for (const other of [city.entries[0]!, city.entries[2]!]) {
    expect(seenOf(answer, other.code)).toEqual({ status: 'FOUND', reason: null, rows: 6 });
  }
  expect(answer.errors).toEqual([
    expect.objectContaining({
      message: `Court ${code} (${name}) stands apart: its program cannot serve the contract.`,
      extensions: expect.objectContaining({
        code: 'UPSTREAM_UNREACHABLE',
        court: code,
        reason: 'QUARANTINED',
      }) as object,
    }),
  ]);
  const { courts } = (await city.ask('{ courts { code health } }')).data as { courts: { code: string }[] };
  expect(courts).toContainEqual({ code, health: 'QUARANTINED' });
  expect(await city.metrics()).toContain(`nonet_court_standing{upstream="${code}",standing="quarantined"} 1`);
  const told = city.lines.filter((line) => line.includes('a court stands apart'));
  expect(told.at(-1)).toContain(`"court":"${code}"`);
  expect(JSON.parse(told.at(-1)!)).toMatchObject({ level: 'warn', faults: (await standing()).faults });
}

it('keeps a court apart whose program gives a field another type', async () => {
  const { code } = drifting();
  const other = courtSdl.replace(/(type Case [^]*?\n {2}number: )CaseNumber!/, '$1Int!');
  expect(other).not.toBe(courtSdl);
  await city.restart(code, speaking(city.programs.get(code)!, other));
  await expectAlone(/^Case\.number: It is Int! here and CaseNumber! in the contract\. Serve it as CaseNumber!\./m);
});

it('keeps a court apart whose key is not the city’s', async () => {
  const other = { version: 1, secret: randomBytes(32) };
  await city.restart(drifting().code, await city.empty(drifting(), other));
  await expectAlone(new RegExp(`${endOf(other)}.*${endOf(city.key)}.*--person-key`));
});

it('keeps a court apart at whose address another court answers', async () => {
  const [first, second, third] = city.entries;
  city.register([first!, { ...second, endpoint: third!.endpoint }, third!]);
  await expectAlone(new RegExp(`the program of court ${third!.code}.*Give ${second!.code} the address of its own`));
});

it('keeps a court apart that serves another contract than the registry says', async () => {
  const [first, second, third] = city.entries;
  city.register([first!, { ...second, contractVersion: '2.0' }, third!]);
  await expectAlone(/serves the contract 1\.0, and the registry says 2\.0/);
});

it('keeps a court apart that does not say with which key it makes ids', async () => {
  const { code } = drifting();
  const program = city.programs.get(code)!;
  await city.restart(code, {
    ...program,
    ask: async (question, signal, headers) =>
      question.query.includes('_member')
        ? { errors: [{ message: 'Cannot query "_member".', extensions: { code: 'GRAPHQL_VALIDATION_FAILED' } }] }
        : program.ask(question, signal, headers),
  });
  await expectAlone(/does not say with which key.*Serve _member/);
});
