import { spawnSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';
import { filesOf, text } from './deploy.ts';

const folder = 'deploy/systemd/';
const units = filesOf(folder).filter((name) => /\.(service|target)$/.test(name));
const services = units.filter((name) => name.endsWith('.service'));
const hasAnalyze = spawnSync('systemd-analyze', ['--version']).status === 0;

test('there is a unit for every kind of process', () => {
  expect(services).toEqual([
    'nonet-agency@.service',
    'nonet-command.service',
    'nonet-court@.service',
    'nonet-gateway.service',
    'nonet-mocks.service',
  ]);
  expect(units).toContain('nonet.target');
});

test.each(services)('%s starts again after a fault, stops gracefully, and may do little', (name) => {
  const unit = text(folder + name);
  for (const line of [
    'Restart=on-failure',
    'RestartPreventExitStatus=2 78',
    'KillSignal=SIGTERM',
    'TimeoutStopSec=30',
    'NoNewPrivileges=yes',
    'ProtectSystem=strict',
    'CapabilityBoundingSet=',
    'UMask=0077',
    'User=nonet',
    'PartOf=nonet.target',
    'WantedBy=nonet.target',
  ]) {
    expect(unit.split('\n'), line).toContain(line);
  }
  expect(unit).toMatch(/^ExecStart=\/usr\/bin\/env node cli\/nonet\.js start (%i|[a-z]+)$/m);
  // Node compiles at run time; this line would keep it from starting.
  expect(unit).not.toContain('MemoryDenyWriteExecute');
});

test('every environment file that a unit reads has an example', () => {
  const examples = filesOf(`${folder}env/`).map((name) => name.replace('.env.example', ''));
  const read = services.flatMap((name) => [
    ...text(folder + name).matchAll(/^EnvironmentFile=\/etc\/nonet\/(.*)\.env$/gm),
  ]);
  for (const [, name] of read) {
    const pattern = new RegExp(`^${name!.replace('%i', '.+')}$`);
    expect(
      examples.some((example) => pattern.test(example)),
      name,
    ).toBe(true);
  }
});

const verify = process.env['CI'] === undefined && !hasAnalyze ? test.skip : test;
verify('systemd-analyze verify has nothing to say about the units', () => {
  const paths = units.map((name) => fileURLToPath(new URL(`../../../${folder}${name}`, import.meta.url)));
  const { status, stdout, stderr, error } = spawnSync('systemd-analyze', ['verify', ...paths], { encoding: 'utf8' });
  expect(error).toBeUndefined();
  expect(stdout + stderr).toBe('');
  expect(status).toBe(0);
});
