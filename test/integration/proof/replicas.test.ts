import { createPublicKey, randomUUID } from 'node:crypto';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createClient } from 'redis';
import { afterAll, afterEach, expect, it, vi } from 'vitest';

import { agencyEntries } from '../../../cli/start/agencies.ts';
import { newHubKey, toKeySet } from '../../../cli/start/hub-key.ts';
import { toAgencyPart } from '../../../cli/start/parts/agency.ts';
import { proofHeader, toPublicJwk, toSigningKey } from '../../../common/proof.ts';
import { createProofCheck, type CheckProof } from '../../../subgraphs/kit/http-proof.ts';
import { openRedisProofs } from '../../../subgraphs/kit/redis-proofs.ts';
import { describeOnRedis, redisUrl } from '../../support/describe-redis.ts';
import { digestOf, handmadeProof } from '../../support/handmade-proof.ts';
import { createTcpProxy } from '../../support/tcp-proxy.ts';

const hubKey = toSigningKey(newHubKey());
const keys = new Map([[hubKey.kid, createPublicKey(hubKey.privateKey)]]);
const body = Buffer.from('{"query":"{ _service { sdl } }"}');

const directory = mkdtempSync(join(tmpdir(), 'nonet-replicas-'));
afterAll(() => rmSync(directory, { recursive: true }));
const hubKeys = join(directory, 'hub-keys.json');
writeFileSync(hubKeys, toKeySet([toPublicJwk(hubKey.privateKey)]));

const opened: { stop(): Promise<void> }[] = [];
afterEach(async () => {
  for (const one of opened.splice(0)) await one.stop();
});

/** One of several programs of a name; what it has said is kept. */
async function replica(url: string, audience = 'bank') {
  const faults: string[] = [];
  let unshared = 0;
  const shared = await openRedisProofs({
    url,
    onFault: ({ message }) => faults.push(message),
    onUnshared: () => (unshared += 1),
  });
  opened.push(shared);
  const check = createProofCheck({ audience, keys: () => keys, shared, nowMs: Date.now });
  return { check, faults, unshared: () => unshared };
}

const bound = { htm: 'POST', htu: '/graphql', bh: digestOf(body), viewer: null };
const signed = (salt: string = randomUUID(), aud = 'bank') =>
  handmadeProof(hubKey, { ...bound, aud, iat: Date.now() / 1_000, salt });
const saidOf = (check: CheckProof, proof: string) =>
  check({ method: 'POST', path: '/graphql', body, proof }).then(
    () => 'answered',
    (error: unknown) => (error as Error).message,
  );
const used = 'the proof was used before.';

describeOnRedis('programs of one name over Redis', () => {
  it('take a proof once between them, also when it comes to all of them at one moment', async () => {
    const [one, other] = await Promise.all([replica(redisUrl), replica(redisUrl)]);
    const proof = signed();
    expect(await saidOf(one.check, proof)).toBe('answered');
    expect(await saidOf(other.check, proof)).toBe(used);
    expect(await saidOf(one.check, proof)).toBe(used);
    const second = signed();
    const said = await Promise.all([one, other, one, other].map(({ check }) => saidOf(check, second)));
    expect(said.sort()).toEqual(['answered', used, used, used]);
    expect([one.unshared(), other.unshared(), one.faults, other.faults]).toEqual([0, 0, [], []]);
  });

  it('are programs as they are started, with REDIS_URL', async () => {
    const start = async (name: string, url: string) => {
      const data = join(directory, name);
      const args = ['--port=0', `--data=${data}`, `--hub-keys=${hubKeys}`];
      const part = await toAgencyPart(agencyEntries[0]!).start(args, { LOG_LEVEL: 'silent', REDIS_URL: url });
      opened.push(part);
      return part.url;
    };
    const ask = async (url: string, proof: string) => {
      const headers = { 'content-type': 'application/json', [proofHeader]: proof };
      return (await fetch(`${url}/graphql`, { method: 'POST', headers, body })).status;
    };
    const one = await start('one', redisUrl);
    const other = await start('other', redisUrl);
    const alone = await start('alone', 'redis://127.0.0.1:9');
    const proof = signed();
    expect(await ask(one, proof)).toBe(200);
    expect(await ask(other, proof)).toBe(401);
    expect(await ask(alone, proof)).toBe(200);
    const counted = async (url: string) =>
      /^nonet_part_proofs_unshared_total (\d+)$/m.exec(await (await fetch(`${url}/metrics`)).text())?.[1];
    expect([await counted(one), await counted(other), await counted(alone)]).toEqual(['0', '0', '1']);
  }, 120_000);

  it('do not stand in the way of a program of another name', async () => {
    const [bank, vehicle] = await Promise.all([replica(redisUrl), replica(redisUrl, 'vehicle')]);
    const salt = randomUUID();
    expect(await saidOf(bank.check, signed(salt))).toBe('answered');
    expect(await saidOf(vehicle.check, signed(salt, 'vehicle'))).toBe('answered');
  });

  it('leave nothing there but a digest, for a minute', async () => {
    const { check } = await replica(redisUrl);
    const client = createClient({ url: redisUrl });
    await client.connect();
    const keysNow = async () => new Set(await client.keys('nonet:proof:*'));
    const before = await keysNow();
    expect(await saidOf(check, signed(`320311198001011234 ${randomUUID()}`))).toBe('answered');
    const [key, ...others] = [...(await keysNow())].filter((one) => !before.has(one));
    expect([key, others]).toEqual([expect.stringMatching(/^nonet:proof:[\w-]{43}$/), []]);
    expect(await client.get(key!)).toBe('1');
    const leftMs = await client.pTTL(key!);
    expect(leftMs).toBeGreaterThan(50_000);
    expect(leftMs).toBeLessThanOrEqual(60_000);
    client.destroy();
  });

  it('go on by themselves while Redis is away, say so once, count it, and come back to it', async () => {
    const { hostname, port } = new URL(redisUrl);
    await using proxy = await createTcpProxy({ host: hostname, port: Number(port || 6379) });
    const one = await replica(proxy.through(redisUrl));
    await proxy.goDown();
    const proof = signed();
    await vi.waitFor(() => expect(one.faults).toHaveLength(1), { timeout: 15_000 });
    expect(await saidOf(one.check, proof)).toBe('answered');
    expect(await saidOf(one.check, proof)).toBe(used);
    expect(one.faults.join()).toMatch(/^Redis at REDIS_URL cannot be reached: a proof that another program/);
    expect(one.unshared()).toBe(1);
    await proxy.comeUp();
    const other = await replica(redisUrl);
    await vi.waitFor(
      async () => {
        const later = signed();
        expect(await saidOf(one.check, later)).toBe('answered');
        expect(await saidOf(other.check, later)).toBe(used);
      },
      { timeout: 15_000, interval: 50 },
    );
    expect(one.faults).toHaveLength(1);
  });

  it('wait a quarter of a second for a Redis that is silent, and then for a second not at all', async () => {
    const { hostname, port } = new URL(redisUrl);
    await using proxy = await createTcpProxy({ host: hostname, port: Number(port || 6379) });
    const one = await replica(proxy.through(redisUrl));
    proxy.fallSilent();
    const began = performance.now();
    for (let asked = 0; asked < 20; asked += 1) expect(await saidOf(one.check, signed())).toBe('answered');
    expect(performance.now() - began).toBeLessThan(2_000);
    expect([one.unshared(), one.faults.length]).toEqual([20, 1]);
  });
});
