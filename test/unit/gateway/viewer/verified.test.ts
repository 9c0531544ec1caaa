import { expect, test } from 'vitest';

import { createAuthenticate, leewayS } from '../../../../gateway/viewer/authenticate.ts';
import { createKeySet } from '../../../../gateway/viewer/key-set.ts';
import { createVerifiedTokens } from '../../../../gateway/viewer/verified.ts';
import { createFakeClock } from '../../../support/fake-clock.ts';
import { audienceName, issuerName, makeKey, sign, type IssuerKey } from '../../../support/issuer.ts';
import { someViewer } from '../../../support/viewers.ts';

const key = await makeKey('one');

/** Authenticates by keys that the test changes, and counts how often one of them was looked for. */
function open() {
  const clock = createFakeClock();
  const issuer = { keys: [key] as readonly IssuerKey[] };
  const keys = createKeySet({
    read: () => Promise.resolve({ keys: issuer.keys.map(({ shown }) => shown) }),
    clock,
  });
  let lookedUp = 0;
  const startedAtMs = clock.now();
  const authenticate = createAuthenticate({
    issuer: issuerName,
    audience: audienceName,
    algorithms: ['ES256'],
    keys: {
      edition: () => keys.edition(),
      keyOf(header, token) {
        lookedUp += 1;
        return keys.keyOf(header, token);
      },
    },
    now: () => 1_800_000_000_000 + clock.now() - startedAtMs,
  });
  const outcome = (token: string) =>
    authenticate([`Bearer ${token}`]).then(
      ({ subject }) => subject,
      (error: unknown) => (error as { reason: string }).reason,
    );
  return { clock, issuer, outcome, lookedUp: () => lookedUp };
}

const token = (claims: Readonly<Record<string, unknown>> = {}, ttlS = 300) =>
  sign(key, { nowS: 1_800_000_000, ttlS, claims });

test('a token is verified once for many questions, and each token for itself', async () => {
  const { outcome, lookedUp } = open();
  const [one, other] = [await token(), await token({ sub: 'other' })];
  for (let asked = 0; asked < 5; asked++) expect([await outcome(one), await outcome(other)]).toEqual(['u-17', 'other']);
  expect(lookedUp()).toBe(2);
});

test('one that was verified ends when it ends', async () => {
  const { clock, outcome } = open();
  const one = await token({}, 5);
  expect(await outcome(one)).toBe('u-17');
  await clock.pass((5 + leewayS) * 1000 - 1);
  expect(await outcome(one)).toBe('u-17');
  await clock.pass(1);
  expect(await outcome(one)).toBe('EXPIRED');
});

test('one that was verified is refused within sixty seconds when its key is removed', async () => {
  const { clock, issuer, outcome } = open();
  const one = await token();
  expect(await outcome(one)).toBe('u-17');
  issuer.keys = [];
  let refusedAfterMs = 0;
  while ((await outcome(one)) === 'u-17') {
    await clock.pass(500);
    refusedAfterMs += 500;
  }
  expect(refusedAfterMs).toBeLessThanOrEqual(60_000);
});

test('what was refused is not remembered as anything', async () => {
  const { outcome, lookedUp } = open();
  const forged = await sign(await makeKey('one'), { nowS: 1_800_000_000 });
  expect([await outcome(forged), await outcome(forged)]).toEqual(['SIGNATURE', 'SIGNATURE']);
  expect(lookedUp()).toBe(2);
});

test('a changed token is another token', async () => {
  const { outcome } = open();
  const one = await token();
  expect(await outcome(one)).toBe('u-17');
  expect(await outcome(`${one.slice(0, -2)}AA`)).toBe('SIGNATURE');
});

test('no more are remembered than there is room for, and none by other keys', () => {
  const verified = createVerifiedTokens();
  const [keys, others] = [{}, {}];
  for (let index = 0; index <= 2_000; index++) {
    verified.keep(`token ${index}`, keys, { viewer: someViewer, endsAtS: 10 });
  }
  expect(verified.recall('token 0', keys, 9)).toBeNull();
  expect(verified.recall('token 1', keys, 9)).toBe(someViewer);
  expect(verified.recall('token 1', keys, 10)).toBeNull();
  expect(verified.recall('token 1', others, 9)).toBeNull();
});
