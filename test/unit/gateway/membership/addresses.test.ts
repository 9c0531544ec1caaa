import { expect, test } from 'vitest';

import { askWithin } from '../../../../gateway/asking/ask.ts';
import { openRecord } from '../../../../gateway/operating/record.ts';
import { unread } from '../../../../gateway/membership/membership.ts';
import { without } from '../../../support/older-program.ts';
import { contractSdl, first, program, second, watched } from './watched.ts';

type Court = ReturnType<typeof watched>;

/** Who answers a question to the court now: the programs that were asked, or why nobody was. */
async function ask({ roll }: Court, query = '{ who }'): Promise<unknown> {
  const context = { record: openRecord(), signal: new AbortController().signal };
  const reply = await askWithin(roll.now().upstreams.get(first)!, { query }, { deadlineMs: 5_000, context });
  return reply.kind === 'failed' ? reply.reason : reply.answer.data?.['who'];
}

test('an address of another court, or of another key, keeps the court apart; the fault names it by its place', async () => {
  const stranger = program(second);
  const otherKey = program(first);
  otherKey.own.mark = `k1.${'o'.repeat(43)}`;
  for (const [other, coordinate] of [
    [stranger, '_Member.court'],
    [otherKey, '_Member.personKeyMark'],
  ] as const) {
    const court = watched({ [first]: [program(first).ask, other.ask] });
    await court.watch.firstRead();
    const standing = court.standingOf(first);
    expect(standing).toMatchObject({ kind: 'quarantined', faults: [{ coordinate }] });
    expect(JSON.stringify(standing)).toContain('At the second address: ');
    expect(await ask(court)).toBe('QUARANTINED');
    expect(other.own.asked).toBe(0);
    court.watch.stop();
  }
});

test('an address that was never read is not asked, and is asked as soon as it was', async () => {
  const [one, two] = [program(first), program(first)];
  one.own.isDown = true;
  const court = watched({ [first]: [one.ask, two.ask] });
  await court.watch.firstRead();
  expect(court.standingOf(first)).toMatchObject({ kind: 'joined', asked: [1] });
  one.own.isDown = false;
  expect(await ask(court)).toBe('asked');
  // A change is told to the preferred address only, and that one may not be asked yet.
  expect(await ask(court, 'mutation { who }')).toBe('DOWN');
  expect([one.own.asked, two.own.asked]).toEqual([0, 1]);
  await court.clock.pass(1_000);
  expect(court.standingOf(first)).toMatchObject({ kind: 'joined', asked: [0, 1] });
  expect(await ask(court, 'mutation { who }')).toBe('asked');
  expect([one.own.asked, court.changes]).toEqual([1, [`${first} joined`]]);
  court.watch.stop();
});

test('an address that lacks other things than the preferred one is not asked, until both are alike', async () => {
  const [one, two] = [program(first), program(first)];
  two.own.sdl = without(contractSdl, 'Case.closingMode');
  const court = watched({ [first]: [one.ask, two.ask] });
  await court.watch.firstRead();
  expect(court.standingOf(first)).toMatchObject({ kind: 'joined', capability: { isWhole: true }, asked: [0] });
  one.own.sdl = two.own.sdl;
  await court.clock.pass(3_000);
  expect(court.standingOf(first)).toMatchObject({ kind: 'joined', capability: { isWhole: false }, asked: [0, 1] });
  court.watch.stop();
});

test('an address that cannot be read any more does not keep the court apart, and is not asked; with none readable all stays', async () => {
  const [one, two] = [program(first), program(second)];
  const court = watched({ [first]: [one.ask, two.ask] });
  await court.watch.firstRead();
  expect(court.standingOf(first).kind).toBe('quarantined');
  two.own.isDown = true;
  await court.clock.pass(3_000);
  expect(court.standingOf(first)).toMatchObject({ kind: 'joined', asked: [0] });
  two.own.isDown = false;
  await court.clock.pass(1_000);
  expect(court.standingOf(first).kind).toBe('quarantined');
  one.own.isDown = true;
  two.own.isDown = true;
  await court.clock.pass(9_000);
  expect(court.standingOf(first).kind).toBe('quarantined');
  court.watch.stop();
});

test('an address that hangs holds up no other', async () => {
  const hanging = () => new Promise<never>(() => undefined);
  const court = watched({ [first]: [hanging, program(first).ask] });
  await expect.poll(() => court.standingOf(first).kind, { timeout: 10_000 }).toBe('joined');
  court.watch.stop();
});

test('a program that is another one at every reading is judged every half minute, and at once when it has come to rest', async () => {
  const own = program(first);
  const court = watched({ [first]: own.ask });
  await court.watch.firstRead();
  const lacking = () => {
    const standing = court.standingOf(first);
    return standing.kind === 'joined'
      ? standing.capability.lacks.map(({ coordinate }) => coordinate).join()
      : standing.kind;
  };
  const read = async (sdl: string) => {
    own.own.sdl = sdl;
    await court.clock.pass(3_000);
    return lacking();
  };
  const fields = ['closingMode', 'closedOn', 'transferKind'].map((field) => `Case.${field}`);
  const sdls = fields.map((field) => without(contractSdl, field));
  const other = (count: number) => `${sdls[1]!} # ${count}`;
  // The first change is taken up at once, and what follows each time is not.
  expect(await read(sdls[0]!)).toBe(fields[0]);
  for (let count = 1; count < 10; count += 1) expect(await read(other(count))).toBe(fields[0]);
  expect(await read(other(10))).toBe(fields[1]);
  expect(await read(sdls[2]!)).toBe(fields[1]);
  expect(await read(sdls[2]!)).toBe(fields[2]);
  // What was judged before takes no time.
  expect(await read(contractSdl)).toBe('');
  expect(await read(sdls[0]!)).toBe(fields[0]);
  court.watch.stop();
});

test('whoever is stopped or left out before the first reading began is not read, and what a reading throws is reported', async () => {
  const own = program(first);
  const stopped = watched({ [first]: own.ask });
  stopped.watch.stop();
  await stopped.watch.firstRead();
  const left = watched({ [first]: own.ask });
  left.watch.follow(left.ofCodes([]), new Map());
  await left.clock.pass(5_000);
  expect(own.own.read).toBe(0);
  const faults: string[] = [];
  const court = watched(
    { [first]: own.ask },
    {
      changed: () => {
        throw new Error('told in vain');
      },
      report: (code, fault) => faults.push(`${code} ${String(fault)}`),
    },
  );
  await court.watch.firstRead();
  expect(faults).toEqual([`${first} Error: told in vain`]);
  await court.clock.pass(1_000);
  expect(own.own.read).toBe(2);
  expect(court.standingOf(first)).not.toEqual(unread);
  court.watch.stop();
});
