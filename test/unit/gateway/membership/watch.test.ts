import { expect, test } from 'vitest';

import type { Answer, Ask } from '../../../../common/wire.ts';
import { unread } from '../../../../gateway/membership/membership.ts';
import { readContract } from '../../../../schema/horizontal/contract.ts';
import { without } from '../../../support/older-program.ts';
import { contractSdl, first, mark, program, second, third, watched } from './watched.ts';

test('every court is read at once, and again every three seconds; what has not changed is not judged again', async () => {
  const courts = { [first]: program(first), [second]: program(second) };
  const { clock, changes, standingOf, watch } = watched({ [first]: courts[first]!.ask, [second]: courts[second]!.ask });
  expect(standingOf(first)).toEqual(unread);
  await watch.firstRead();
  expect(standingOf(first)).toMatchObject({ kind: 'joined', capability: { isWhole: true } });
  await clock.pass(2_999);
  expect(courts[first]!.own.read).toBe(1);
  await clock.pass(1);
  expect(courts[first]!.own.read).toBe(2);
  await clock.pass(30_000);
  expect(courts[first]!.own.read).toBe(12);
  expect(changes).toEqual([`${first} joined`, `${second} joined`]);
  watch.stop();
  expect(clock.waiting()).toBe(0);
});

test('a court that was never reached is tried every second, and takes part as soon as it answers', async () => {
  const { own, ask } = program(first);
  own.isDown = true;
  const { clock, changes, standingOf, watch } = watched({ [first]: ask });
  await watch.firstRead();
  await clock.pass(4_000);
  expect([own.read, standingOf(first), changes]).toEqual([5, unread, []]);
  own.isDown = false;
  await clock.pass(1_000);
  expect([standingOf(first).kind, changes]).toEqual(['joined', [`${first} joined`]]);
  watch.stop();
});

test('a court that goes down keeps its standing, and is judged again when it comes back as another', async () => {
  const { own, ask } = program(first);
  const { clock, changes, standingOf, watch } = watched({ [first]: ask });
  await watch.firstRead();
  own.isDown = true;
  await clock.pass(10_000);
  expect(standingOf(first).kind).toBe('joined');
  own.isDown = false;
  own.sdl = without(contractSdl, 'Case.closingMode');
  await clock.pass(1_000);
  const standing = standingOf(first);
  expect(standing.kind === 'joined' && standing.capability.lacks.map(({ coordinate }) => coordinate)).toEqual([
    'Case.closingMode',
  ]);
  own.mark = `k1.${'o'.repeat(43)}`;
  await clock.pass(3_000);
  expect(standingOf(first)).toMatchObject({ kind: 'quarantined', faults: [{ coordinate: '_Member.personKeyMark' }] });
  own.mark = mark;
  own.sdl = contractSdl;
  await clock.pass(3_000);
  expect(changes).toEqual([`${first} joined`, `${first} joined`, `${first} quarantined`, `${first} joined`]);
  watch.stop();
});

test('a doubt is looked into at once, and no more often than once a second', async () => {
  const { own, ask } = program(first);
  const { clock, watch } = watched({ [first]: ask });
  await watch.firstRead();
  await clock.pass(1_500);
  for (let doubt = 0; doubt < 10; doubt += 1) watch.look(first);
  await clock.pass(0);
  expect(own.read).toBe(2);
  for (let doubt = 0; doubt < 10; doubt += 1) watch.look(first);
  await clock.pass(999);
  expect(own.read).toBe(2);
  await clock.pass(1);
  expect(own.read).toBe(3);
  watch.look(third);
  watch.stop();
});

test('courts that hang take their own time only', async () => {
  const hanging: Ask = () => new Promise(() => undefined);
  const { ask } = program(second);
  const settings = { readWithinMs: 30, atOnce: 2 };
  const { standingOf, watch } = watched({ [first]: hanging, [second]: ask, [third]: hanging }, { settings });
  await watch.firstRead();
  expect([first, second, third].map((code) => standingOf(code).kind)).toEqual(['unread', 'joined', 'unread']);
  watch.stop();
});

test('who joins is read at once, who leaves is not read any more, and who moves is read where it is now', async () => {
  const [one, two, moved] = [program(first), program(second), program(first)];
  const { clock, watch, roll, ofCodes, standingOf } = watched({ [first]: one.ask });
  await watch.firstRead();
  const during = roll.now();
  watch.follow(
    ofCodes([first, second]),
    new Map([
      [first, one.ask],
      [second, two.ask],
    ]),
  );
  expect(standingOf(second)).toEqual(unread);
  await clock.pass(0);
  expect([standingOf(first).kind, standingOf(second).kind]).toEqual(['joined', 'joined']);
  watch.follow(ofCodes([first]), new Map([[first, moved.ask]]));
  expect(standingOf(first)).toEqual(unread);
  await clock.pass(0);
  expect(standingOf(first).kind).toBe('joined');
  await clock.pass(30_000);
  expect([one.own.read, two.own.read, moved.own.read]).toEqual([1, 1, 11]);
  // A request that began before all this still sees what it saw.
  expect([during.members.codes, during.standingOf(first).kind]).toEqual([[first], 'joined']);
  watch.stop();
});

test('another contract judges everybody when it is put in force, and not before', async () => {
  const { own, ask } = program(first);
  own.sdl = without(contractSdl, 'Case.closingMode');
  const { watch, standingOf } = watched({ [first]: ask });
  await watch.firstRead();
  expect(standingOf(first)).toMatchObject({ kind: 'joined', capability: { isWhole: false } });
  const force = await watch.prepare(readContract(own.sdl, 'contract'));
  expect(standingOf(first)).toMatchObject({ kind: 'joined', capability: { isWhole: false } });
  force();
  expect(standingOf(first)).toMatchObject({ kind: 'joined', capability: { isWhole: true } });
  watch.stop();
});

test('without a mark no key is compared, and a program that says nothing of itself takes part', async () => {
  const silent: Ask = ({ query }) =>
    Promise.resolve<Answer>(
      query.includes('_member')
        ? { errors: [{ message: 'unknown', extensions: { code: 'GRAPHQL_VALIDATION_FAILED' } }] }
        : { data: { _service: { sdl: contractSdl } } },
    );
  for (const [personKeyMark, kind] of [
    [null, 'joined'],
    [mark, 'quarantined'],
  ] as const) {
    const { watch, standingOf } = watched({ [first]: silent }, { personKeyMark });
    await watch.firstRead();
    expect(standingOf(first).kind).toBe(kind);
    watch.stop();
  }
});

test('a court that cannot be read for a minute is told of once, and so is an address; who stands apart is told of elsewhere', async () => {
  const down: Ask = () => Promise.reject(new Error('nobody there'));
  const missed: string[] = [];
  const [half, apart] = [program(second), program(second)];
  const { clock, watch } = watched(
    { [first]: down, [second]: [half.ask, down], [third]: apart.ask },
    { missed: (code, addresses) => missed.push(`${code} ${addresses.join()}`) },
  );
  await watch.firstRead();
  await clock.pass(59_000);
  expect(missed).toEqual([]);
  await clock.pass(120_000);
  expect(missed.sort()).toEqual([`${first} 0`, `${second} 1`].sort());
  watch.stop();
});

test("a court's clock is held against the hub's, and told once when it lies too far off and once when it is right", async () => {
  const { own, ask } = program(first);
  const skews: string[] = [];
  const nowMs = Date.parse('2018-01-31T01:00:00Z');
  const { clock, watch } = watched(
    { [first]: ask, [second]: program(second).ask },
    { now: () => new Date(nowMs), skewed: (code, skewMs, isTooFar) => skews.push(`${code} ${skewMs} ${isTooFar}`) },
  );
  await watch.firstRead();
  expect(watch.skewMsOf(first)).toBe(null);
  for (const skewMs of [5_000, -5_001, -9_000, 4_000]) {
    own.now = new Date(nowMs + skewMs).toISOString();
    await clock.pass(3_000);
    expect([watch.skewMsOf(first), watch.skewMsOf(second)]).toEqual([skewMs, null]);
  }
  expect(skews).toEqual([`${first} -5001 true`, `${first} 4000 false`]);
  watch.stop();
});

test('what answers without being a subgraph stands apart; what fails inside is tried again', async () => {
  const invalid: Ask = () =>
    Promise.resolve({ errors: [{ message: 'no', extensions: { code: 'GRAPHQL_VALIDATION_FAILED' } }] });
  const broken: Ask = () => Promise.resolve({ errors: [{ message: 'no', extensions: { code: 'INTERNAL' } }] });
  const { watch, standingOf } = watched({ [first]: invalid, [second]: broken });
  await watch.firstRead();
  expect(standingOf(first)).toMatchObject({ kind: 'quarantined', faults: [{ coordinate: 'Query._service' }] });
  expect(standingOf(second)).toEqual(unread);
  watch.stop();
});
