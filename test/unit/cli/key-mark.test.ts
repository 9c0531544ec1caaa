import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';

import { readKeyMark } from '../../../cli/start/person-key.ts';
import { openSettings } from '../../../cli/settings.ts';
import { personKeyMark } from '../../../common/person-id.ts';

const directory = mkdtempSync(join(tmpdir(), 'nonet-mark-'));
afterAll(() => rmSync(directory, { recursive: true, force: true }));

const file = join(directory, 'person.key');
const secret = Buffer.alloc(32, 5);
writeFileSync(file, secret.toString('base64url'), { mode: 0o600 });
const mark = personKeyMark({ version: 1, secret });

function read(env: NodeJS.ProcessEnv): string | null {
  const settings = openSettings([], env, {});
  const readMark = readKeyMark(settings);
  settings.check();
  return readMark();
}

test('a hub knows the mark as such, or by the key, or not at all', () => {
  expect(read({ NONET_PERSON_KEY_MARK: mark })).toBe(mark);
  expect(read({ NONET_PERSON_KEY_FILE: file })).toBe(mark);
  expect(read({ NONET_PERSON_KEY_FILE: file, NONET_PERSON_KEY_MARK: mark })).toBe(mark);
  expect(read({})).toBeNull();
});

test('a mark that is none, a key that is not there, and two that differ are refused', () => {
  expect(() => read({ NONET_PERSON_KEY_MARK: 'k1.short' })).toThrow('as a court tells it at its start');
  expect(() => read({ NONET_PERSON_KEY_FILE: join(directory, 'none') })).toThrow('the person key cannot be read');
  const other = personKeyMark({ version: 1, secret: Buffer.alloc(32, 6) });
  expect(() => read({ NONET_PERSON_KEY_FILE: file, NONET_PERSON_KEY_MARK: other })).toThrow('not of one key');
});
