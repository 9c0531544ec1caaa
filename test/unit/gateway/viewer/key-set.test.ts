import { expect, test, vi } from 'vitest';

import { createLog, type Log } from '../../../../common/log.ts';
import { createKeySet, keyTimes } from '../../../../gateway/viewer/key-set.ts';
import { KeysUnavailable } from '../../../../gateway/viewer/keys.ts';
import { createFakeClock, settled } from '../../../support/fake-clock.ts';
import { makeKey, type IssuerKey } from '../../../support/issuer.ts';

const [one, two, three] = [await makeKey('one'), await makeKey('two'), await makeKey('three')];

/** A key set over an issuer that the test steers. */
function openKeys(log?: Log) {
  const clock = createFakeClock();
  const issuer = { keys: [one] as readonly IssuerKey[], isDown: false, isSilent: false };
  const read = vi.fn((signal: AbortSignal) => {
    if (issuer.isDown) return Promise.reject(new Error('the issuer is down.'));
    const jwks = { keys: issuer.keys.map(({ shown }) => shown) };
    if (!issuer.isSilent) return Promise.resolve(jwks);
    return new Promise((_, reject) => {
      signal.addEventListener('abort', () => reject(signal.reason as Error));
    });
  });
  const keys = createKeySet({ read, clock, ...(log && { log }) });
  const token = { payload: '', signature: '' };
  /** Whether a key of this name verifies now. */
  const has = (kid: string): Promise<boolean> =>
    keys.keyOf({ alg: 'ES256', kid }, token).then(
      () => true,
      (error: unknown) => {
        if (error instanceof KeysUnavailable) throw error;
        return false;
      },
    );
  return { clock, issuer, read, has, stop: () => keys.stop() };
}

test('nothing is read before a key is wanted, and once for all who want one then', async () => {
  const { read, has } = openKeys();
  expect(read).toHaveBeenCalledTimes(0);
  expect(await Promise.all([has('one'), has('one'), has('one')])).toEqual([true, true, true]);
  expect(read).toHaveBeenCalledTimes(1);
});

test('a key that nobody knows is fetched at once', async () => {
  const { clock, issuer, read, has } = openKeys();
  await has('one');
  issuer.keys = [one, two];
  await clock.pass(1);
  expect(await has('two')).toBe(true);
  expect(read).toHaveBeenCalledTimes(2);
});

test('unknown keys are fetched at most once in ten seconds, whoever names them', async () => {
  const { clock, issuer, read, has } = openKeys();
  await has('one');
  for (let attempt = 0; attempt < 50; attempt++) expect(await has(`made-up-${attempt}`)).toBe(false);
  expect(await Promise.all(Array.from({ length: 50 }, (_, index) => has(`again-${index}`)))).not.toContain(true);
  expect(read).toHaveBeenCalledTimes(2);
  issuer.keys = [one, two];
  await clock.pass(9_999);
  expect(await has('two')).toBe(false);
  expect(read).toHaveBeenCalledTimes(2);
  await clock.pass(1);
  expect(await has('two')).toBe(true);
  expect(read).toHaveBeenCalledTimes(3);
});

test('a removed key is refused within sixty seconds, however often it is used', async () => {
  const { clock, issuer, has } = openKeys();
  await has('one');
  issuer.keys = [two];
  let refusedAfterMs = 0;
  while (await has('one')) {
    await clock.pass(250);
    refusedAfterMs += 250;
  }
  expect(refusedAfterMs).toBeLessThanOrEqual(60_000);
  expect(await has('two')).toBe(true);
});

test('a removed key is refused by a hub that nobody asked for an hour', async () => {
  const { clock, issuer, has } = openKeys();
  await has('one');
  issuer.keys = [two];
  await clock.pass(3_600_000);
  expect(await has('one')).toBe(false);
});

test('an outage of long ago is no reason to believe old keys', async () => {
  const { clock, issuer, has } = openKeys();
  await has('one');
  issuer.isDown = true;
  await clock.pass(60_000);
  expect(await has('one')).toBe(true);
  issuer.isDown = false;
  issuer.keys = [two];
  await clock.pass(3_600_000);
  expect(await has('one')).toBe(false);
});

test('keys in use are read every twenty seconds, beside those who ask', async () => {
  const { clock, issuer, read, has } = openKeys();
  await has('one');
  for (let second = 0; second < 60; second++) {
    await clock.pass(1_000);
    expect(await has('one')).toBe(true);
  }
  expect(read).toHaveBeenCalledTimes(4);
  // Nobody waits for an issuer that is slow, as long as the keys are young.
  issuer.isSilent = true;
  await clock.pass(keyTimes.refreshAfterMs);
  expect(await has('one')).toBe(true);
});

test('an outage is survived on the last keys, and the issuer is asked every ten seconds', async () => {
  const { clock, issuer, read, has } = openKeys();
  await has('one');
  issuer.isDown = true;
  for (let second = 0; second < 600; second++) {
    await clock.pass(1_000);
    expect(await has('one')).toBe(true);
  }
  expect(read.mock.calls.length).toBeGreaterThan(50);
  expect(read.mock.calls.length).toBeLessThanOrEqual(61);
  issuer.isDown = false;
  issuer.keys = [two];
  let refusedAfterMs = 0;
  while (await has('one')) {
    await clock.pass(1_000);
    refusedAfterMs += 1_000;
  }
  // The one who asks when it is asked again does not wait for it.
  expect(refusedAfterMs).toBeLessThanOrEqual(keyTimes.againAfterMs + 1_000);
});

test('an issuer that is silent keeps nobody longer than it may take, and nobody twice', async () => {
  const { clock, issuer, has } = openKeys();
  await has('one');
  issuer.isSilent = true;
  await clock.pass(120_000);
  const waiting = vi.fn();
  void has('one').then(waiting);
  await clock.pass(keyTimes.readWithinMs - 1);
  expect(waiting).not.toHaveBeenCalled();
  await clock.pass(1);
  expect(waiting).toHaveBeenCalledWith(true);
  for (let second = 0; second < 60; second++) {
    await clock.pass(1_000);
    const told = vi.fn();
    void has('one').then(told);
    await settled();
    expect(told).toHaveBeenCalledWith(true);
  }
});

test('what is no key set takes nothing away', async () => {
  const { clock, issuer, read, has } = openKeys();
  await has('one');
  read.mockImplementation(() => Promise.resolve({ keys: 'gone' }));
  await clock.pass(30_000);
  expect(await has('one')).toBe(true);
  await settled();
  expect(await has('one')).toBe(true);
  // An empty one is a word of the issuer.
  issuer.keys = [];
  read.mockImplementation(() => Promise.resolve({ keys: [] }));
  await clock.pass(60_000);
  expect(await has('one')).toBe(false);
});

test('the last keys hold for a day, and then nobody is known', async () => {
  const { clock, issuer, has } = openKeys();
  await has('one');
  issuer.isDown = true;
  await clock.pass(keyTimes.lastGoodForMs - 1);
  expect(await has('one')).toBe(true);
  await clock.pass(1);
  await expect(has('one')).rejects.toThrow(KeysUnavailable);
});

test('without a first reading nobody is known, and the issuer is asked every ten seconds', async () => {
  const { clock, issuer, read, has } = openKeys();
  issuer.isDown = true;
  for (let attempt = 0; attempt < 20; attempt++) await expect(has('one')).rejects.toThrow(KeysUnavailable);
  expect(read).toHaveBeenCalledTimes(1);
  issuer.isDown = false;
  await clock.pass(keyTimes.againAfterMs);
  expect(await has('one')).toBe(true);
});

test('a key that comes while keys are read is found without another reading', async () => {
  const { clock, issuer, read, has } = openKeys();
  await has('one');
  await clock.pass(keyTimes.refreshAfterMs);
  issuer.keys = [one, two, three];
  expect(await Promise.all([has('one'), has('two'), has('three')])).toEqual([true, true, true]);
  expect(read).toHaveBeenCalledTimes(2);
});

test('an outage and its end are told once each', async () => {
  const lines: string[] = [];
  const { clock, issuer, has } = openKeys(
    createLog({ name: 'gateway', level: 'info', write: (line) => lines.push(line) }),
  );
  await has('one');
  issuer.isDown = true;
  for (let second = 0; second < 120; second++) {
    await clock.pass(1_000);
    await has('one');
  }
  issuer.isDown = false;
  await clock.pass(10_000);
  await has('one');
  await settled();
  expect(lines.map((line) => (JSON.parse(line) as { msg: string }).msg)).toEqual([
    "the issuer's keys cannot be read; the last ones hold",
    "the issuer's keys can be read again",
  ]);
});

test('a key set that was stopped ends what it reads', async () => {
  const { issuer, has, stop } = openKeys();
  issuer.isSilent = true;
  const asked = has('one');
  await settled();
  stop();
  await expect(asked).rejects.toThrow(KeysUnavailable);
});
