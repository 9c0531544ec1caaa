import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';

import { agencyEntries } from '../../../cli/start/agencies.ts';
import { keepHubKeys, readHubKey } from '../../../cli/start/hub-key.ts';
import { toAgencyPart } from '../../../cli/start/parts/agency.ts';
import { courtPart } from '../../../cli/start/parts/court.ts';
import type { RunningPart } from '../../../cli/start/parts/part.ts';
import { sha256 } from '../../../common/proof.ts';
import { createProving } from '../../../gateway/asking/proving.ts';

// Every part has the same hub, the same keys and the same path: its name alone tells it from the others.
let data: string;
const parts = new Map<string, RunningPart>();

beforeAll(async () => {
  data = mkdtempSync(join(tmpdir(), 'nonet-audience-'));
  keepHubKeys(data);
  const env = { LOG_LEVEL: 'silent', NONET_DATA: data };
  for (const entry of agencyEntries.slice(0, 2)) {
    parts.set(entry.name, await toAgencyPart(entry).start(['--port=0'], env));
  }
  for (const code of ['苏0312', '苏0303']) {
    parts.set(code, await courtPart.start(['--port=0', `--court=${code}`], env));
  }
}, 120_000);

afterAll(async () => {
  for (const part of parts.values()) await part.stop();
  rmSync(data, { recursive: true });
});

it('a question that is proved for one program is refused by every other, and answered by that one', async () => {
  const key = readHubKey(join(data, 'hub.key'));
  const body = '{"query":"{ _service { sdl } }"}';
  const said = await Promise.all(
    [...parts].flatMap(([name, { url }]) =>
      [...parts.keys(), '/graphql', ''].map(async (audience) => {
        const question = { audience, method: 'POST', path: '/graphql', digest: sha256(body), viewer: null };
        const headers = { 'content-type': 'application/json', ...(await createProving(() => key)(question)) };
        const { status } = await fetch(new URL('/graphql', url), { method: 'POST', headers, body });
        return { name, audience, status };
      }),
    ),
  );
  expect(said.filter(({ status }) => status !== 401)).toEqual(
    [...parts.keys()].map((name) => ({ name, audience: name, status: 200 })),
  );
});
