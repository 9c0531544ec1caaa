import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';

import { hubKeyFiles, keepHubKeys, readHubKey } from '../../../cli/start/hub-key.ts';
import { createProving } from '../../../gateway/asking/proving.ts';
import { createRemote } from '../../../gateway/asking/remote.ts';
import { serveUpstreams, type ServedUpstreams } from '../../../mocks/upstreams/serve.ts';
import { createUpstreams } from '../../../mocks/upstreams/upstreams.ts';
import { startNonet, type NonetProcess } from '../../support/nonet-process.ts';
import { viewerHeaders } from '../../support/viewers.ts';
import { party, writ } from '../agencies/fixture.ts';
import { answerTo, secret } from './answering.ts';

let data: string;
let mocks: ServedUpstreams;
const asked: string[] = [];

beforeEach(async () => {
  data = mkdtempSync(join(tmpdir(), 'nonet-handed-in-'));
  keepHubKeys(data);
  const upstreams = createUpstreams({ seed: 'answering', dayMs: 100_000_000 });
  const fetch: typeof upstreams.fetch = (input, init) => {
    if (init?.body instanceof Uint8Array) asked.push(Buffer.from(init.body).toString());
    return upstreams.fetch(input, init);
  };
  mocks = await serveUpstreams({ ...upstreams, fetch }, { port: 0 });
});
afterEach(async () => {
  await mocks.stop();
  rmSync(data, { recursive: true, force: true });
});

const debtor = party(1, { writ: { ...writ, validUntil: '2099-12-31' } });

function startBank(env: NodeJS.ProcessEnv = { BANK_ANSWERS_SECRET: secret }): NonetProcess {
  return startNonet(['start', 'bank', '--port=0', `--data=${data}`, `--upstream=${mocks.url}/bank`], env);
}

async function graphqlOf(bank: NonetProcess): Promise<string> {
  return (await bank.line(/graphql +(http:\S+)/))[1]!;
}

/** What the program says of the debtor, to the hub, without waiting. */
async function read(url: string): Promise<{ status: string; requestNumber: string; answeredAt: string | null }> {
  const prove = createProving(() => readHubKey(hubKeyFiles(data).privateFile));
  const remote = createRemote(url, { proof: { audience: 'bank', prove } });
  const query = `query ($p: [_Any!]!) { _entities(representations: $p) { ... on Party { bank { status requestNumber answeredAt accounts { number } } } } }`;
  const question = { query, variables: { p: [debtor] }, extensions: { inquiry: { waitMs: 0 } } };
  try {
    const { data: told } = await remote.ask(question, AbortSignal.timeout(20_000), viewerHeaders());
    return (told!['_entities'] as { bank: Awaited<ReturnType<typeof read>> }[])[0]!.bank;
  } finally {
    await remote.stop();
  }
}

it('what was handed in, to whoever lived by then, is there on the next read', async () => {
  const first = startBank();
  expect((await read(await graphqlOf(first))).status).toBe('PENDING');
  first.process.kill('SIGKILL');
  await first.ended;

  const second = startBank();
  const url = await graphqlOf(second);
  const response = await fetch(new URL('/answers', url), {
    method: 'POST',
    headers: { authorization: `Bearer ${secret}`, 'content-type': 'application/json' },
    body: JSON.stringify(await answerTo('bank', asked[0]!)),
  });
  expect([response.status, await response.json()]).toMatchObject([200, { JSQK: [{ JSZT: 'TAKEN' }] }]);
  second.process.kill('SIGKILL');
  await second.ended;

  await using third = startBank();
  const told = await read(await graphqlOf(third));
  expect(told).toMatchObject({ status: expect.stringMatching(/^(FOUND|NONE)$/) as unknown });
  expect(told.answeredAt).not.toBeNull();
}, 120_000);

it('a secret that is short, or that no header carries, is refused at the start without being repeated', async () => {
  for (const wrong of ['too-short', `${secret} with spaces`]) {
    await using bank = startBank({ BANK_ANSWERS_SECRET: wrong });
    expect(await bank.ended).toBe(78);
    expect(bank.text()).toContain('BANK_ANSWERS_SECRET has ');
    expect(bank.text()).not.toContain(wrong);
  }
}, 60_000);

it('without a secret nothing is there', async () => {
  await using bank = startBank({});
  const response = await fetch(new URL('/answers', await graphqlOf(bank)), { method: 'POST', body: '{}' });
  expect([response.status, await response.text()]).toEqual([404, expect.stringContaining('NOT_FOUND') as unknown]);
}, 60_000);
