import { subscribe, unsubscribe } from 'node:diagnostics_channel';
import { once } from 'node:events';
import type { Socket } from 'node:net';

import { afterEach, describe, expect, it } from 'vitest';

import { createLog } from '../../../common/log.ts';
import type { Viewer } from '../../../common/viewer.ts';
import { createAuthenticate } from '../../../gateway/viewer/authenticate.ts';
import { createKeySet, type KeySet } from '../../../gateway/viewer/key-set.ts';
import { readAtAddress } from '../../../gateway/viewer/key-source.ts';
import { tokenAlgorithms } from '../../../gateway/viewer/keys.ts';
import { createTokenDesk } from '../../../gateway/viewer/token-desk.ts';
import { createFakeClock } from '../../support/fake-clock.ts';
import { audienceName, issuerName, makeKey, serveKeys, sign } from '../../support/issuer.ts';
import { anybody, localViewers, someViewer } from '../../support/viewers.ts';
import { dial, latch, openSmallDoor, post, rawPost, toAnswer } from '../http/small-door.ts';

const key = await makeKey('one');
const greeting = JSON.stringify({ query: '{ greeting }' });
const opened: KeySet[] = [];
afterEach(() => opened.splice(0).forEach((keys) => keys.stop()));

/** Authenticates by the keys at an address. */
function authenticateBy(url: URL, clock = createFakeClock()) {
  const keys = createKeySet({ read: (signal) => readAtAddress(url, signal), clock });
  opened.push(keys);
  return createAuthenticate({ issuer: issuerName, audience: audienceName, algorithms: tokenAlgorithms, keys });
}

const shown = async (token: Promise<string>) => ({ authorization: `Bearer ${await token}` });

describe('a door whose issuer shows its keys over HTTP', () => {
  it('answers whoever shows a token of it, and gives the context who it is', async () => {
    await using server = await serveKeys([key]);
    const seen: Viewer[] = [];
    const lines: string[] = [];
    await using small = await openSmallDoor({
      authenticate: async (headers) => {
        const viewer = await authenticateBy(server.url)(headers);
        seen.push(viewer);
        return viewer;
      },
      log: createLog({ name: 'gateway', level: 'info', write: (line) => lines.push(line) }),
    });
    const response = await post(small.door, greeting, await shown(sign(key)));
    expect([response.status, await toAnswer(response)]).toEqual([200, { data: { greeting: 'hello' } }]);
    expect(seen).toEqual([expect.objectContaining({ subject: 'u-17', role: 'judge', court: '苏0312' })]);
    // Who asks is no business of this log.
    expect(lines.join()).not.toContain('u-17');
  });

  it('refuses all others with one code, before it reads what they ask', async () => {
    await using server = await serveKeys([key]);
    const lines: string[] = [];
    await using small = await openSmallDoor({
      authenticate: authenticateBy(server.url),
      log: createLog({ name: 'gateway', level: 'info', write: (line) => lines.push(line) }),
    });
    const other = await makeKey('two');
    const tokens = [
      {},
      { authorization: 'Bearer x' },
      await shown(sign(await makeKey('one'))),
      await shown(sign(other)),
      await shown(sign(key, { claims: { aud: 'other' } })),
      await shown(sign(key, { nowS: 1 })),
    ];
    for (const headers of tokens) {
      for (const body of [greeting, '{ "query": "{ nothing', 'x'.repeat(2_000_000)]) {
        const response = await post(small.door, body, headers);
        expect(response.status).toBe(401);
        expect(response.headers.get('www-authenticate')).toMatch(/^Bearer/);
        expect((await toAnswer(response)).errors?.map(({ extensions }) => extensions.code)).toEqual([
          'UNAUTHENTICATED',
        ]);
      }
    }
    expect(small.executed()).toBe(0);
    const told = lines.map((line) => JSON.parse(line) as Record<string, unknown>);
    expect(new Set(told.map(({ outcome, status, refusal }) => [outcome, status, refusal].join()))).toEqual(
      new Set(['refused,401,UNAUTHENTICATED']),
    );
    expect([...new Set(told.map(({ reason }) => reason))]).toEqual([
      'NO_TOKEN',
      'MALFORMED',
      'SIGNATURE',
      'UNKNOWN_KEY',
      'AUDIENCE',
      'EXPIRED',
    ]);
  });

  it('answers health, readiness and metrics to everybody', async () => {
    await using server = await serveKeys([key]);
    await using small = await openSmallDoor({ authenticate: authenticateBy(server.url) });
    for (const path of ['/health', '/ready', '/metrics']) {
      expect((await fetch(`${small.door.url}${path}`)).status).toBe(200);
    }
  });

  it('learns a new key when it is shown, forgets one that is gone, and lives through an outage', async () => {
    await using server = await serveKeys([key]);
    const clock = createFakeClock();
    await using small = await openSmallDoor({ authenticate: authenticateBy(server.url, clock) });
    const next = await makeKey('next');
    const statusOf = async (by: typeof key) => (await post(small.door, greeting, await shown(sign(by)))).status;
    expect(await statusOf(key)).toBe(200);
    expect(server.asked()).toBe(1);
    server.show([key, next]);
    expect(await statusOf(next)).toBe(200);
    server.show({ status: 503 });
    await clock.pass(60_000);
    expect([await statusOf(key), await statusOf(next)]).toEqual([200, 200]);
    server.show({ text: '<html>' });
    await clock.pass(60_000);
    expect([await statusOf(key), await statusOf(next)]).toEqual([200, 200]);
    server.show([next]);
    await clock.pass(60_000);
    expect([await statusOf(key), await statusOf(next)]).toEqual([401, 200]);
  });

  it('says that it cannot know anybody when the keys were never to be had', async () => {
    await using server = await serveKeys([key]);
    server.show({ status: 500 });
    const clock = createFakeClock();
    await using small = await openSmallDoor({ authenticate: authenticateBy(server.url, clock) });
    const response = await post(small.door, greeting, await shown(sign(key)));
    expect([response.status, response.headers.get('retry-after')]).toEqual([503, '10']);
    expect((await toAnswer(response)).errors?.[0]?.extensions.code).toBe('KEYS_UNAVAILABLE');
    server.show([key]);
    await clock.pass(10_000);
    expect((await post(small.door, greeting, await shown(sign(key)))).status).toBe(200);
  });

  it('follows no redirection to keys, and reads no more of them than keys are long', async () => {
    await using server = await serveKeys([key]);
    const read = () => readAtAddress(server.url, AbortSignal.timeout(5_000));
    server.show({ text: JSON.stringify({ keys: [], more: 'x'.repeat(300_000) }) });
    await expect(read()).rejects.toThrow('gives more than 262144 bytes');
    server.show({ status: 302 });
    await expect(read()).rejects.toThrow(/HTTP 302|cannot be reached/);
    await server[Symbol.asyncDispose]();
    await expect(read()).rejects.toThrow(/cannot be reached \([A-Z_]+\)/);
  });

  it('lets go of a client that leaves while it is not known yet', async () => {
    const asked = latch<null>();
    const known = latch<Viewer>();
    const lines = latch<string>();
    await using small = await openSmallDoor({
      log: createLog({ name: 'gateway', level: 'info', write: (line) => lines.open(line) }),
      authenticate: () => {
        asked.open(null);
        return known.promise;
      },
    });
    const atDoor = latch<Socket>();
    const look = (message: unknown) => atDoor.open((message as { socket: Socket }).socket);
    subscribe('http.server.request.start', look);
    const { socket } = await dial(small.door);
    socket.write(rawPost(greeting));
    await asked.promise;
    unsubscribe('http.server.request.start', look);
    const gone = once(await atDoor.promise, 'close');
    socket.destroy();
    await gone;
    known.open(someViewer);
    expect(JSON.parse(await lines.promise)).toMatchObject({ outcome: 'left', status: null });
    expect(small.executed()).toBe(0);
  });
});

describe('POST /token', () => {
  const courts = [
    { code: '苏03', name: '徐州市中级人民法院', level: 'INTERMEDIATE' },
    { code: '苏0312', name: '徐州市铜山区人民法院', level: 'BASIC' },
  ];
  const open = () =>
    openSmallDoor({
      authenticate: localViewers.authenticate,
      tokens: createTokenDesk(localViewers.issuer, () => courts),
    });
  const wish = (url: string, body: unknown, headers: Record<string, string> = { 'content-type': 'application/json' }) =>
    fetch(`${url}/token`, { method: 'POST', headers, body: JSON.stringify(body) });

  it('is not there but with an issuer of the hub’s own', async () => {
    await using small = await openSmallDoor();
    const response = await wish(small.door.url, { role: 'judge', court: '苏0312' });
    expect(response.status).toBe(404);
    expect(await response.text()).not.toContain('/token');
  });

  it('gives a token for whom one wants to be, with which one is answered', async () => {
    await using small = await open();
    const response = await wish(small.door.url, {
      role: 'enforcement',
      court: '苏0312',
      task_forces: ['tf-1'],
      ttl: 60,
    });
    const { token, expiresInSeconds } = (await response.json()) as { token: string; expiresInSeconds: number };
    expect(expiresInSeconds).toBe(60);
    expect(await localViewers.authenticate([`Bearer ${token}`])).toEqual({
      subject: 'local-judge-苏0312',
      role: 'judge',
      court: '苏0312',
      taskForces: ['tf-1'],
      workId: '苏0312-G001',
      dutyCertificate: '苏0312-执001',
    });
    const answer = await post(small.door, greeting, { authorization: `Bearer ${token}` });
    expect(answer.status).toBe(200);
    expect((await post(small.door, greeting)).status).toBe(401);
  });

  it('gives one of the higher court’s command centre to whoever does not say', async () => {
    await using small = await open();
    const { token } = (await (await wish(small.door.url, {})).json()) as { token: string };
    expect(await localViewers.authenticate([`Bearer ${token}`])).toMatchObject({
      role: 'command-centre',
      court: '苏03',
    });
  });

  it.each([
    [{ role: 'root' }, '"role" is missing or no role; expected one of judge, '],
    [{ role: 'judge' }, '"court" is missing; expected the court of a judge'],
    [{ role: 'judge', court: '苏0399' }, '"court" is no court of this city; expected one of 苏03, 苏0312.'],
    [{ role: 'lawyer', court: '苏0312' }, '"court" stands beside a role outside the courts'],
    [{ role: 'judge', court: '苏0312', ttl: 86_401 }, '"ttl" is no time that a token may hold; expected whole seconds'],
    [{ role: 'judge', court: '苏0312', sub: '11010519491231002X' }, '"sub" cannot be read; expected 1 to 128 visible'],
  ])('refuses %j', async (body, problem) => {
    await using small = await open();
    const response = await wish(small.door.url, body);
    expect(response.status).toBe(400);
    const { errors } = await toAnswer(response);
    expect(errors?.[0]?.extensions.code).toBe('NO_SUCH_VIEWER');
    expect(errors?.[0]?.message).toContain(problem);
    expect(errors?.[0]?.message).not.toContain('1101051949');
  });

  it.each([
    ['Forwarded', 'for=192.0.2.1'],
    ['X-Forwarded-For', '192.0.2.1'],
    ['X-Forwarded-Host', 'hub.court.example'],
    ['X-Forwarded-Proto', 'https'],
    ['X-Real-IP', '127.0.0.1'],
    ['Via', '1.1 proxy'],
    ['X-Forwarded-For', ''],
  ])('is closed to what a proxy of this machine passes on (%s: %j)', async (name, value) => {
    await using small = await open();
    const caller = await dial(small.door);
    const head = { 'content-type': 'application/json', [name]: value };
    caller.socket.write(rawPost('{}', head).replace('/graphql', '/token'));
    const answer = await caller.until((text) => text.includes('--jwks'));
    caller.socket.destroy();
    expect(answer).toMatch(/^HTTP\/1\.1 403 /);
    expect(answer).toContain('BEHIND_PROXY');
    expect(answer).not.toMatch(/192\.0\.2|court\.example|"token"/);
  });

  it('is closed to pages of others: to their forms, and to their names', async () => {
    await using small = await open();
    expect((await wish(small.door.url, {}, { 'content-type': 'text/plain' })).status).toBe(415);
    const caller = await dial(small.door);
    caller.socket.write(rawPost('{}', { host: 'evil.example' }).replace('/graphql', '/token'));
    expect(await caller.until((text) => text.includes('\r\n\r\n'))).toMatch(/^HTTP\/1\.1 421 /);
    caller.socket.destroy();
  });
});

describe('an open door', () => {
  it('listens on other addresses, and is called by other names', async () => {
    await using small = await openSmallDoor({ host: '0.0.0.0', isOpen: true });
    const { port } = new URL(small.door.url);
    expect((await fetch(`http://127.0.0.1:${port}/health`)).status).toBe(200);
    const caller = await dial(small.door);
    caller.socket.write(rawPost(greeting, { host: 'hub.court.example' }));
    expect(await caller.until((text) => text.includes('hello'))).toMatch(/^HTTP\/1\.1 200 /);
    caller.socket.destroy();
  });

  it('cannot be one that gives tokens away', async () => {
    const tokens = createTokenDesk(localViewers.issuer, () => []);
    await expect(openSmallDoor({ authenticate: anybody, tokens, isOpen: true })).rejects.toThrow(
      'A door that is open to other machines must not give tokens away.',
    );
  });
});
