import { copyFileSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { afterAll, describe, expect, it } from 'vitest';

import { readSettings } from '../../../cli/start/embedded-settings.ts';
import { gatewayPart } from '../../../cli/start/parts/gateway.ts';
import { toPlan } from '../../../cli/start/processes/plan.ts';
import { readProcessesSettings } from '../../../cli/start/processes/settings.ts';
import { keepTrailKeys, publicKeyFile, trailKeyFaults } from '../../../gateway/trail/keys.ts';
import { audienceName, issuerName, makeKey, toJwks } from '../../support/issuer.ts';

const directory = mkdtempSync(join(tmpdir(), 'nonet-trail-settings-'));
afterAll(() => rmSync(directory, { recursive: true, force: true }));

const jwks = join(directory, 'jwks.json');
writeFileSync(jwks, toJwks([await makeKey('one')]));
const issuerArgs = [`--issuer=${issuerName}`, `--audience=${audienceName}`, `--jwks=${jwks}`];
const needed =
  'nobody says where it is recorded what agencies are asked: give a directory with --trail DIR (NONET_TRAIL), or --trail memory for a trail that is cut short and ends with the process.';

/** What a gateway with this issuer is told beside what is wrong with its registry. */
async function faultsOf(args: readonly string[], env: NodeJS.ProcessEnv = {}): Promise<string[]> {
  const started = Promise.resolve().then(() => gatewayPart.start([...args, `--data=${directory}`, '--port=x'], env));
  const refusal = await started.then(
    () => 'it started',
    (error: unknown) => (error as Error).message,
  );
  // It never starts here: its port is none.
  expect(refusal).toContain('--port is "x"');
  return refusal.split('\n').filter((line) => line.includes('trail'));
}

describe('where an issuer says who asks, a hub whose trail nobody has placed does not start', () => {
  it('as a gateway', async () => {
    expect(await faultsOf(issuerArgs)).toEqual([needed]);
    const env = { NONET_ISSUER: issuerName, NONET_AUDIENCE: audienceName, NONET_JWKS: jwks };
    expect(await faultsOf([], env)).toEqual([needed]);
    expect(await faultsOf([], { ...env, NONET_TRAIL: '' })).toEqual([needed]);
  });

  it('nor embedded with its rows in memory', () => {
    expect(() => readSettings(['--memory', ...issuerArgs], {})).toThrow(needed);
  });
});

describe('memory is a trail', () => {
  it('for whoever says so', async () => {
    expect(await faultsOf([...issuerArgs, '--trail=memory'])).toEqual([]);
    expect(await faultsOf(issuerArgs, { NONET_TRAIL: 'memory' })).toEqual([]);
    expect(readSettings(['--memory', '--trail=memory', ...issuerArgs], {}).trail.directory).toBeNull();
    expect(readSettings(['--trail=./memory', ...issuerArgs], {}).trail.directory).toBe(join(process.cwd(), 'memory'));
  });

  it('that no key signs', async () => {
    expect(await faultsOf([...issuerArgs, '--trail=memory', '--trail-key=k'])).toEqual([
      '--trail-key (NONET_TRAIL_KEY_FILE) signs no trail in memory; leave out one of the two.',
    ]);
  });

  it('of the gateway of a city of processes, when it was chosen for all of it', () => {
    const trailOf = (args: readonly string[]) =>
      toPlan(readProcessesSettings([`--data=${directory}`, ...args], {}), [], 0).gateway.args.filter((arg) =>
        arg.startsWith('--trail='),
      );
    expect(trailOf(['--trail=memory', ...issuerArgs])).toEqual(['--trail=memory']);
    expect(trailOf(issuerArgs)).toEqual([`--trail=${join(directory, 'trail')}`]);
  });
});

it('keys that do not belong together are told before a worker is started', () => {
  const [one, other] = [join(directory, 'one'), join(directory, 'other')];
  for (const own of [one, other]) keepTrailKeys(own);
  copyFileSync(publicKeyFile(other), publicKeyFile(one));
  const said = `${publicKeyFile(one)} is not the public half of ${join(one, 'signing.key')}`;
  expect(() => readSettings([`--data=${directory}`, `--trail=${one}`], {})).toThrow(said);
  // What is wrong with a key is told once.
  writeFileSync(join(other, 'signing.key'), 'none');
  const faults = trailKeyFaults(other);
  expect(faults).toEqual([`${join(other, 'signing.key')} does not hold an Ed25519 key in PEM.`]);
  rmSync(join(other, 'signing.key'));
  expect(trailKeyFaults(other)).toEqual([`${join(other, 'signing.key')} is not there.`]);
  // Another secret of marks would find nobody again, without a word.
  const lost = join(directory, 'lost');
  keepTrailKeys(lost);
  rmSync(join(lost, 'party.key'));
  const restore = `${join(lost, 'party.key')} is not there; restore it`;
  expect(() => readSettings([`--data=${directory}`, `--trail=${lost}`], {})).toThrow(restore);
  expect(() => keepTrailKeys(lost)).toThrow(restore);
  // Nor where a chain alone has come back.
  rmSync(join(lost, 'signing.pub'));
  mkdirSync(join(lost, 'chain-1'));
  writeFileSync(join(lost, 'chain-1', '000001.jsonl'), '');
  expect(trailKeyFaults(lost)).toEqual([expect.stringContaining(restore)]);
  expect(() => keepTrailKeys(lost)).toThrow(restore);
});

it('without an issuer an embedded start keeps its trail beside its rows, and with none of these in memory, unasked', () => {
  expect(readSettings([`--data=${directory}`], {}).trail.directory).toBe(join(directory, 'trail'));
  expect(readSettings([`--data=${directory}`, ...issuerArgs], {}).trail.directory).toBe(join(directory, 'trail'));
  expect(readSettings(['--memory'], {}).trail.directory).toBeNull();
});
