import { chmodSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { exportJWK, generateKeyPair } from 'jose';
import { afterAll, describe, expect, it } from 'vitest';

import { readSettings } from '../../../cli/start/embedded-settings.ts';
import { issuerKeyFile, keepIssuerKey, readIssuerKey } from '../../../cli/start/issuer-key.ts';
import { gatewayPart } from '../../../cli/start/parts/gateway.ts';
import { toPlan } from '../../../cli/start/processes/plan.ts';
import { readProcessesSettings } from '../../../cli/start/processes/settings.ts';
import { stacked } from '../../../cli/start/stack.ts';
import { openViewers } from '../../../cli/start/viewers.ts';
import { printToken } from '../../../cli/token/token.ts';
import { silentLog } from '../../../common/log.ts';
import { createLocalIssuer } from '../../../gateway/viewer/local-issuer.ts';
import { tokenAlgorithms } from '../../../gateway/viewer/keys.ts';
import { createTokenDesk } from '../../../gateway/viewer/token-desk.ts';
import { audienceName, issuerName, makeKey, serveKeys, sign, toJwks } from '../../support/issuer.ts';
import { anybody, localViewers } from '../../support/viewers.ts';
import { openSmallDoor } from '../http/small-door.ts';

const directory = mkdtempSync(join(tmpdir(), 'nonet-viewer-'));
afterAll(() => rmSync(directory, { recursive: true, force: true }));

const written = (name: string, text: string) => {
  const file = join(directory, name);
  writeFileSync(file, text);
  return file;
};
const key = await makeKey('one');
const jwks = written('jwks.json', toJwks([key]));
const issuerArgs = [`--issuer=${issuerName}`, `--audience=${audienceName}`, `--jwks=${jwks}`];

/** What a start is refused with. */
async function refusalOf(start: () => unknown): Promise<string> {
  const refused = await Promise.resolve()
    .then(start)
    .then(
      () => 'it started',
      (error: unknown) => (error as Error).message,
    );
  return refused;
}

describe('a gateway is not started', () => {
  it.each([
    [
      'without an issuer',
      [],
      {},
      'nobody says who asks: name the issuer of tokens with --issuer, --audience and --jwks',
    ],
    [
      'with half of one',
      [issuerArgs[0]!],
      {},
      '--audience (NONET_AUDIENCE) is missing; an issuer is known by all three.',
    ],
    ['with the other half', issuerArgs.slice(1), {}, '--issuer (NONET_ISSUER) is missing'],
    [
      'with the name of a local issuer',
      ['--issuer=nonet-local', ...issuerArgs.slice(1)],
      {},
      '--issuer is "nonet-local"',
    ],
    ['by keys on their way in the clear', [...issuerArgs, '--jwks=http://issuer.example/keys'], {}, 'has to be https'],
    [
      'by keys behind a password',
      [...issuerArgs, '--jwks=https://u:geheim@issuer.example'],
      {},
      'without user and password',
    ],
    ['for a shared secret', [...issuerArgs, '--algorithms=HS256'], {}, '--algorithms (NONET_ALGORITHMS) is "HS256"'],
    [
      'by a local issuer that nobody of ours handed over',
      [],
      { NONET_LOCAL_ISSUER_KEY_FILE: '/etc/passwd' },
      'NONET_LOCAL_ISSUER_KEY_FILE is set, which nonet start --processes alone may do',
    ],
  ])('%s', async (_, args, env, problem) => {
    const refusal = await refusalOf(() => gatewayPart.start(args, env));
    expect(refusal).toContain(problem);
    expect(refusal).not.toContain('geheim');
  });
});

describe('keys are not trusted', () => {
  const started = (text: string) =>
    refusalOf(() =>
      stacked(async (stack) => {
        const settings = { issuer: issuerName, audience: audienceName, algorithms: tokenAlgorithms };
        await openViewers(stack, { ...settings, jwks: written('shown.json', text) }, silentLog);
        return { stop: () => Promise.resolve() };
      }),
    );
  const shownOf = (shown: object) => JSON.stringify({ keys: [shown] });

  it('that are secrets, short, shown whole, or known to everybody', async () => {
    const { privateKey } = await generateKeyPair('ES256', { extractable: true });
    const short = await exportJWK((await shortRsa()).publicKey);
    expect(await started(shownOf({ kty: 'oct', k: 'c2VjcmV0', kid: 'a' }))).toBe(
      '--jwks (NONET_JWKS): key 1 is a shared secret (oct): show public keys only.',
    );
    expect(await started(shownOf({ ...(await exportJWK(privateKey)), kid: 'a' }))).toContain('shows its private part');
    expect(await started(shownOf({ ...short, kid: 'a' }))).toContain('is an RSA key of 1024 bits: it needs 2048');
    const example = { kty: 'OKP', crv: 'Ed25519', x: '11qYAYKxCrfVS_7TyWQHOg7hcvPapiMlrwIaaPcHURo', kid: 'a' };
    expect(await started(shownOf(example))).toContain('is an example printed in a standard');
  });

  it('that are none', async () => {
    expect(await started('<html>')).toContain('what is there in place of the keys is no JSON.');
    expect(await started('{"keys": 1}')).toContain('is no JSON Web Key Set');
    expect(await started('{"keys": []}')).toContain('there is no key that could verify a token');
    const missing = { issuer: issuerName, audience: audienceName, algorithms: tokenAlgorithms, jwks: '/nowhere/jwks' };
    expect(
      await refusalOf(() =>
        stacked(async (stack) => {
          await openViewers(stack, missing, silentLog);
          return { stop: () => Promise.resolve() };
        }),
      ),
    ).toBe('--jwks (NONET_JWKS): the file of the keys cannot be read (ENOENT).');
  });

  it('but an issuer that is down is asked when somebody comes', async () => {
    await using server = await serveKeys([key]);
    server.show({ status: 502 });
    const settings = { issuer: issuerName, audience: audienceName, algorithms: tokenAlgorithms, jwks: server.url.href };
    const opened = await stacked(async (stack) => {
      const viewers = await openViewers(stack, settings, silentLog);
      return { ...viewers, stop: () => Promise.resolve() };
    });
    server.show([key]);
    expect(await opened.authenticate([`Bearer ${await sign(key)}`])).toMatchObject({ subject: 'u-17' });
    expect(opened.issuer).toBeNull();
    await opened.stop();
  });
});

describe('other addresses than loopback', () => {
  it('are listened on by an embedded start and its processes only with an issuer', () => {
    expect(() => readSettings(['--host=0.0.0.0'], {})).toThrow(/--host is "0\.0\.0\.0"; where no issuer says who asks/);
    expect(readSettings(['--host=0.0.0.0', ...issuerArgs], {})).toMatchObject({
      host: '0.0.0.0',
      issuer: { issuer: issuerName, audience: audienceName, jwks },
    });
    expect(() => readProcessesSettings(['--host=::'], {})).toThrow(/--host is "::"; where no issuer says who asks/);
    expect(readProcessesSettings(['--host=::', ...issuerArgs], {}).host).toBe('::');
  });
});

it('the gateway of a city of processes has its issuer, or the key of the city’s own', () => {
  const own = toPlan(readProcessesSettings([`--data=${directory}`], {}), [], 0).gateway;
  expect(own.env['NONET_LOCAL_ISSUER_KEY_FILE']).toBe(join(directory, 'issuer.key'));
  const other = toPlan(readProcessesSettings([`--data=${directory}`, ...issuerArgs], {}), [], 0).gateway;
  expect(other.env['NONET_LOCAL_ISSUER_KEY_FILE']).toBeUndefined();
  expect(other.args).toEqual(expect.arrayContaining(issuerArgs));
});

describe('the key of a local issuer', () => {
  it('is made once, for its owner’s eyes, and not at all where nothing is kept', () => {
    const data = join(directory, 'data');
    const made = keepIssuerKey(data);
    expect(statSync(issuerKeyFile(data)).mode & 0o777).toBe(0o600);
    expect(keepIssuerKey(data).equals(made)).toBe(true);
    expect(keepIssuerKey(null).equals(keepIssuerKey(null))).toBe(false);
  });

  it('is not believed when others may read it, or when it is something else', () => {
    const data = join(directory, 'seen');
    keepIssuerKey(data);
    chmodSync(issuerKeyFile(data), 0o644);
    expect(() => readIssuerKey(issuerKeyFile(data))).toThrow('may be read by others than its owner: chmod 600');
    const weak = written('weak.key', 'secret');
    chmodSync(weak, 0o600);
    expect(() => readIssuerKey(weak)).toThrow('does not hold the key of a local issuer (Ed25519)');
  });
});

describe('nonet token', () => {
  /** What it prints, and its exit code. */
  async function printed(...args: string[]) {
    const [out, err]: [string[], string[]] = [[], []];
    const code = await printToken(
      args,
      {},
      (line) => out.push(line),
      (line) => err.push(line),
    );
    return { code, out: out.join('\n'), err: err.join('\n') };
  }

  it('prints a token of the hub that runs at the address', async () => {
    await using small = await openSmallDoor({
      authenticate: localViewers.authenticate,
      tokens: createTokenDesk(localViewers.issuer, () => [{ code: '苏0312', name: '铜山', level: 'BASIC' }]),
    });
    const args = ['--role=enforcement', '--court=苏0312', '--task-force=a', '--task-force=b', '--ttl=30m'];
    const { code, out } = await printed(...args, `--url=${small.door.url}`);
    expect(code).toBe(0);
    expect(await localViewers.authenticate([`Bearer ${out}`])).toMatchObject({
      role: 'judge',
      court: '苏0312',
      taskForces: ['a', 'b'],
    });
    const { exp = 0, iat = 0 } = JSON.parse(Buffer.from(out.split('.')[1]!, 'base64url').toString()) as {
      exp?: number;
      iat?: number;
    };
    expect(exp - iat).toBe(1_800);
    await expect(printed('--role=judge', '--court=苏03', `--url=${small.door.url}`)).rejects.toThrow(
      '"court" is no court of this city; expected one of 苏0312.',
    );
  });

  it('signs by the key of a data directory, whether a hub runs or not', async () => {
    const data = join(directory, 'signed');
    const { authenticate } = createLocalIssuer(keepIssuerKey(data));
    const { out } = await printed('--role=auditor', `--data=${data}`);
    expect(await authenticate([`Bearer ${out}`])).toMatchObject({ role: 'auditor', court: null });
    expect(readFileSync(issuerKeyFile(data), 'utf8')).toContain('PRIVATE KEY');
  });

  it('says where there are none', async () => {
    await using small = await openSmallDoor({ authenticate: anybody });
    const nowhere = join(directory, 'nowhere');
    expect(await printed('--role=judge', '--court=苏0312', `--data=${nowhere}`)).toMatchObject({
      code: 69,
      out: '',
      err: `nonet token: ${nowhere} has no key of a local issuer; nonet start makes it there.`,
    });
    await expect(printed('--court=苏0312', `--url=${small.door.url}`)).rejects.toThrow(
      '--role is missing; one of judge',
    );
    await expect(printed('--role=judge', '--court=苏0312', '--ttl=25h')).rejects.toThrow('--ttl is "25h"');
  });
});

async function shortRsa() {
  const { subtle } = globalThis.crypto;
  const algorithm = { name: 'RSASSA-PKCS1-v1_5', modulusLength: 1024, publicExponent: new Uint8Array([1, 0, 1]) };
  return subtle.generateKey({ ...algorithm, hash: 'SHA-256' }, true, ['sign', 'verify']);
}
