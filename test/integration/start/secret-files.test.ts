import {
  chmodSync,
  chownSync,
  existsSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, describe, expect, it } from 'vitest';

import { runNonet } from '../../../cli/run.ts';
import { hubKeyFiles, keepHubKeys, readHubKey } from '../../../cli/start/hub-key.ts';
import { issuerKeyFile, keepIssuerKey } from '../../../cli/start/issuer-key.ts';
import { gatewayPart } from '../../../cli/start/parts/gateway.ts';
import { keepPersonKey, personKeyFile } from '../../../cli/start/person-key.ts';
import { makeSecretFile, readSecretFile } from '../../../common/secret-file.ts';
import { keepTrailKeys } from '../../../gateway/trail/keys.ts';
import { adminFile, readAdminAddress, writeAdminAddress } from '../../../subgraphs/court/admin/address.ts';

const directory = mkdtempSync(join(tmpdir(), 'nonet-secrets-'));
afterAll(() => rmSync(directory, { recursive: true, force: true }));
const place = (name: string) => join(directory, name);
const trail = place('trail');
const elsewhere = place('signing.key');
const { platform } = process;
afterEach(() => void Object.defineProperty(process, 'platform', { value: platform }));

/** Each secret that is kept in a file: made and read by `use`. */
const secrets: readonly { readonly name: string; readonly file: string; readonly use: () => unknown }[] = [
  { name: 'the key of a local issuer', file: issuerKeyFile(directory), use: () => keepIssuerKey(directory) },
  { name: "the city's key", file: personKeyFile(directory), use: () => keepPersonKey(directory) },
  {
    name: "the hub's key",
    file: hubKeyFiles(directory).privateFile,
    use() {
      keepHubKeys(directory);
      return readHubKey(hubKeyFiles(directory).privateFile);
    },
  },
  { name: 'the key that signs a trail', file: join(trail, 'signing.key'), use: () => keepTrailKeys(trail) },
  { name: 'the secret behind its marks', file: join(trail, 'party.key'), use: () => keepTrailKeys(trail) },
  {
    name: 'the key that signs a trail, kept elsewhere',
    file: elsewhere,
    use() {
      makeSecretFile(elsewhere, () => readSecretFile(join(place('other'), 'signing.key')));
      return keepTrailKeys(place('other'), elsewhere);
    },
  },
  {
    name: "what opens a court's admin door",
    file: adminFile(directory),
    use() {
      if (!existsSync(adminFile(directory)))
        writeAdminAddress(directory, { url: 'http://127.0.0.1:1/admin/import', secret: 's'.repeat(43), pid: 1 });
      return readAdminAddress(directory);
    },
  },
];

keepTrailKeys(place('other'));

describe.each(secrets)('$name', ({ file, use }) => {
  it('is made for its owner alone', () => {
    use();
    expect(statSync(file).mode & 0o777).toBe(0o600);
  });

  it.each([0o640, 0o604, 0o620, 0o644, 0o666])('is not read with mode %o, and how to close it is said', (mode) => {
    use();
    chmodSync(file, mode);
    expect(use).toThrow(`${file} holds a secret and may be read by others than its owner: chmod 600 ${file}`);
    // As it says: then all is well.
    chmodSync(file, 0o600);
    expect(use).not.toThrow();
    chmodSync(file, 0o400);
    expect(use).not.toThrow();
    chmodSync(file, 0o600);
  });

  it('is read as it is where files have no modes', () => {
    use();
    chmodSync(file, 0o666);
    Object.defineProperty(process, 'platform', { value: 'win32' });
    expect(use).not.toThrow();
    chmodSync(file, 0o600);
  });
});

// Root alone can give a file to somebody else, and read it then.
describe.runIf(process.geteuid?.() === 0)('of another user', () => {
  const another = 54_321;

  it.each(secrets)('$name is not read by root, and how to mend it is said', ({ file, use }) => {
    use();
    chownSync(file, another, another);
    expect(use).toThrow(
      `${file} holds a secret and belongs to another user (${another}), who may read and replace it: run as that user, or chown 0 ${file}`,
    );
    chownSync(file, 0, 0);
    expect(use).not.toThrow();
  });

  it.each([
    ['its own', another, true],
    ["root's", 0, true],
    ["somebody else's", another + 1, false],
  ])('a program of no root that may open it reads a file that is %s', (_, owner, isRead) => {
    const file = place('theirs.key');
    rmSync(file, { force: true });
    makeSecretFile(file, () => 'secret');
    chownSync(file, owner, owner);
    const { geteuid } = process;
    process.geteuid = () => another;
    try {
      const read = () => readSecretFile(file);
      if (isRead) expect(read()).toBe('secret');
      else expect(read).toThrow('belongs to another user');
    } finally {
      process.geteuid = geteuid!;
      rmSync(file);
    }
  });

  it('the hub’s key is tended to by root all the same', async () => {
    keepHubKeys(directory);
    const { privateFile } = hubKeyFiles(directory);
    chownSync(privateFile, another, another);
    const code = await runNonet(['hub-key', 'drop', '--data', directory], {
      out: () => undefined,
      err: () => undefined,
    });
    chownSync(privateFile, 0, 0);
    expect(code).toBe(0);
  });
});

it('no secret stands in a file of another mode beside these', () => {
  for (const secret of secrets) secret.use();
  const open = readdirSync(directory, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && (statSync(join(entry.parentPath, entry.name)).mode & 0o077) !== 0)
    .map(({ name }) => name);
  expect(open).toEqual(['hub-keys.json']);
});

it('a gateway tells of all of its secrets together, and does not start', async () => {
  keepHubKeys(directory);
  keepPersonKey(directory);
  keepTrailKeys(trail);
  const [ownKey, hubKey] = [personKeyFile(directory), hubKeyFiles(directory).privateFile];
  const files = [ownKey, hubKey, join(trail, 'signing.key'), join(trail, 'party.key')];
  for (const file of files) chmodSync(file, 0o644);
  const args = [`--data=${directory}`, `--person-key=${ownKey}`, `--trail=${trail}`, '--port=0'];
  const refusal = await Promise.resolve()
    .then(() => gatewayPart.start(args, {}))
    .then(
      () => 'it started',
      (error: unknown) => (error as Error).message,
    );
  for (const file of files) {
    expect(refusal.split('\n')).toContain(
      `${file} holds a secret and may be read by others than its owner: chmod 600 ${file}`,
    );
    chmodSync(file, 0o600);
  }
});

it.each([
  ['no key in PEM', 'signing.key', 'does not hold an Ed25519 key in PEM.'],
  ['no key of 32 bytes', 'party.key', 'does not hold a key of 32 bytes; restore it.'],
  ['another public half', 'signing.pub', 'is not the public half of'],
])('a start ends with 78, which no supervisor tries again, where the trail has %s', async (_, name, said) => {
  const own = place(`trail-${name}`);
  keepTrailKeys(own);
  keepTrailKeys(place('other'));
  const text = name === 'signing.pub' ? readFileSync(join(place('other'), name)) : 'x';
  writeFileSync(join(own, name), text, { mode: 0o600 });
  const told: string[] = [];
  const args = ['start', '--memory', `--trail=${own}`, '--port=0', '--scale=2'];
  const code = await runNonet(args, { out: () => undefined, err: (line) => told.push(line) });
  expect([code, told.join('\n')]).toEqual([78, expect.stringContaining(`${join(own, name)} ${said}`)]);
});

it('nonet hub-key works with no key that others may read', async () => {
  keepHubKeys(directory);
  const { privateFile } = hubKeyFiles(directory);
  chmodSync(privateFile, 0o644);
  const said: string[] = [];
  const code = await runNonet(['hub-key', 'add', '--data', directory], {
    out: () => undefined,
    err: (line) => said.push(line),
  });
  chmodSync(privateFile, 0o600);
  expect([code, said.join('\n')]).toEqual([1, expect.stringContaining(`chmod 600 ${privateFile}`)]);
});
