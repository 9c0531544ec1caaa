import { writeFileSync } from 'node:fs';
import { afterAll, beforeAll, expect, it, vi } from 'vitest';

import { rowsQuery, seenOf, startFollowedCity, type FollowedCity } from './followed-city.ts';

/** What is promised, in milliseconds; the hub is started with its own settings. */
const promised = { timeout: 10_000, interval: 50 };

let city: FollowedCity;
const codes = () => city.entries.map(({ code }) => code);
const seen = async (code: string) => seenOf(await city.ask(rowsQuery), code);

beforeAll(async () => {
  city = await startFollowedCity({ courts: 4, waiting: 1 });
}, 120_000);
afterAll(() => city[Symbol.asyncDispose]());

it('answers whole from the first request on', async () => {
  const answer = await city.ask(rowsQuery);
  expect(answer.errors).toBeUndefined();
  expect(answer.data).toMatchObject({ cases: { totalCount: 18, coverage: { complete: true } } });
  expect(await city.ready()).toMatchObject(
    codes()
      .slice(0, 3)
      .map((code) => ({ code, standing: 'joined', faults: [], lacks: [] })),
  );
  expect(await city.metrics()).toContain(`nonet_court_standing{upstream="${codes()[0]!}",standing="joined"} 1`);
});

it('takes a court in within ten seconds of its approval, and lets it go', async () => {
  const joining = codes()[3]!;
  expect(await seen(joining)).toBeUndefined();
  city.register(city.entries);
  await vi.waitFor(async () => {
    expect(await seen(joining)).toEqual({ status: 'FOUND', reason: null, rows: 6 });
  }, promised);
  expect((await city.ask('{ courts { code health } }')).data).toEqual({
    courts: codes().map((code) => ({ code, health: 'UP' })),
  });
  const { number } = (
    (await city.ask(rowsQuery)).data as { cases: { edges: { node: { number: string } }[] } }
  ).cases.edges.find(({ node }) => node.number.includes(joining))!.node;
  const byNumber = {
    query: 'query ($number: CaseNumber!) { case(number: $number) { number } }',
    variables: { number },
  };
  expect((await city.ask(byNumber.query, byNumber.variables)).data).toEqual({ case: { number } });

  city.register(city.entries.slice(0, 3));
  await vi.waitFor(async () => expect(await seen(joining)).toBeUndefined(), promised);
  const gone = await city.ask(byNumber.query, byNumber.variables);
  expect(gone.errors).toMatchObject([{ extensions: { code: 'UNKNOWN_COURT', known: codes().slice(0, 3) } }]);
  expect(await city.metrics()).not.toContain(`upstream="${joining}",standing=`);
});

it('keeps a court in its place while it is down, and has its rows again when it is back', async () => {
  const code = codes()[1]!;
  await city.restart(code, null);
  expect(await seen(code)).toEqual({ status: 'UNREACHABLE', reason: 'DOWN', rows: 0 });
  expect(await seen(codes()[0]!)).toMatchObject({ status: 'FOUND', rows: 6 });
  expect(await city.ready()).toContainEqual(expect.objectContaining({ code, standing: 'joined' }));
  await city.restart(code, city.programs.get(code)!);
  await vi.waitFor(async () => expect(await seen(code)).toMatchObject({ status: 'FOUND', rows: 6 }), promised);
});

it('knows a court that nobody could read yet as unreachable, and its rows as soon as it runs', async () => {
  const [code, court] = [codes()[3]!, city.programs.get(codes()[3]!)!];
  await city.restart(code, null);
  city.register(city.entries);
  await vi.waitFor(
    async () => expect(await seen(code)).toEqual({ status: 'UNREACHABLE', reason: 'DOWN', rows: 0 }),
    promised,
  );
  expect(await city.ready()).toContainEqual(expect.objectContaining({ code, standing: 'unread' }));
  expect((await city.ask('{ courts { code health } }')).data).toMatchObject({
    courts: expect.arrayContaining([{ code, health: 'DOWN' }]),
  });
  await city.restart(code, court);
  await vi.waitFor(async () => expect(await seen(code)).toMatchObject({ status: 'FOUND', rows: 6 }), promised);
});

it('stays with the courts it has while the registry file is faulty, and says what is wrong with it', async () => {
  const before = city.lines.length;
  const logged = () => city.lines.slice(before).join('');
  writeFileSync(city.registryFile, '{ "courts": [');
  await vi.waitFor(() => expect(logged()).toContain('The file is not JSON'), promised);
  const [first, ...others] = city.entries;
  city.register([{ ...first, codes: ['苏9'] }, ...others]);
  await vi.waitFor(() => expect(logged()).toContain(`lacks the court's own code ${first!.code}`), promised);
  expect(logged().trim().split('\n')).toHaveLength(2);
  expect((await city.ask(rowsQuery)).data).toMatchObject({ cases: { totalCount: 24, coverage: { complete: true } } });
  city.register(city.entries);
});

it('asks nobody in the name of an entry that would have to run in the hub itself', async () => {
  const [first, second, ...others] = city.entries;
  city.register([first!, { ...second, endpoint: 'embedded' }, ...others]);
  await vi.waitFor(
    async () => expect(await seen(second!.code)).toEqual({ status: 'UNREACHABLE', reason: 'DOWN', rows: 0 }),
    promised,
  );
  city.register(city.entries);
  await vi.waitFor(async () => expect(await seen(second!.code)).toMatchObject({ status: 'FOUND', rows: 6 }), promised);
});
