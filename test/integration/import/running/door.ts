import { existsSync, statSync } from 'node:fs';
import { request } from 'node:http';
import { text } from 'node:stream/consumers';
import { setImmediate } from 'node:timers/promises';
import { beforeAll, expect, test } from 'vitest';
import { adminFile, readAdminAddress } from '../../../../subgraphs/court/admin/address.ts';
import type { Batch, Entry } from '../../../../subgraphs/court/load/entry.ts';
import { residentIds } from '../../court/records.ts';
import type { RunningCourt } from '../running-court.ts';

const head = {
  court: '苏0312',
  asOf: '2018-01-30T18:00:00+08:00',
  spoken: { columns: ['stage'], parties: [] },
  entries: 1,
};
const entry = (serial: number, filedOn: string | null = null): Entry => ({
  number: `（2017）苏0312执${serial}号`,
  columns: {
    stage: 'FILED',
    filedOn,
    closedOn: null,
    closingMode: null,
    amountDue: null,
    amountRecovered: null,
    amountOutstanding: null,
    team: null,
    predecessor: null,
    successor: null,
    transferKind: null,
  },
  parties: [],
  mode: 'ADD',
  held: [],
});
const lines = (...values: readonly unknown[]): string => values.map((value) => `${JSON.stringify(value)}\n`).join('');

interface Knock {
  readonly method?: string;
  readonly path?: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: string;
}

/** Who may come in by the admin door, with what, and what is left of those who do not end. */
export function doorTests(start: () => Promise<RunningCourt>): void {
  let court: RunningCourt;

  beforeAll(async () => {
    court = await start();
  });

  /** A request to the door as the importer makes it, but for what is given; the body stays open when there is none. */
  function knock({ method = 'POST', path = '/admin/import', headers = {}, body }: Knock) {
    const { secret } = readAdminAddress(court.data)!;
    const sent = request(new URL(path, court.door.url), {
      method,
      headers: { authorization: `Bearer ${secret}`, 'content-type': 'application/x-ndjson', ...headers },
    });
    const answer = new Promise<{ status: number; body: string }>((resolve, reject) => {
      sent.once('error', reject);
      sent.once('response', (response) => {
        text(response).then((read) => resolve({ status: response.statusCode ?? 0, body: read }), reject);
      });
    });
    if (body === undefined) sent.write(lines(head));
    else sent.end(body);
    return { sent, answer };
  }

  const count = async (): Promise<unknown> => court.ask('{ cases { totalCount } }');
  const none = { cases: { totalCount: 0 } };

  test('its address and secret stand in a file that its owner alone may read', () => {
    expect(statSync(adminFile(court.data)).mode & 0o777).toBe(0o600);
    const address = readAdminAddress(court.data)!;
    expect(address.url).toMatch(/^http:\/\/127\.0\.0\.1:\d+\/admin\/import$/);
    expect(Buffer.from(address.secret, 'base64url')).toHaveLength(32);
  });

  test.each<[string, Knock, number, string]>([
    ['no secret', { headers: { authorization: '' } }, 401, 'UNAUTHORISED'],
    ['a wrong secret', { headers: { authorization: `Bearer ${'x'.repeat(43)}` } }, 401, 'UNAUTHORISED'],
    ['another path', { path: '/admin' }, 404, 'NOT_FOUND'],
    ['another method', { method: 'PUT' }, 405, 'METHOD'],
    ['another type', { headers: { 'content-type': 'application/json' } }, 415, 'MEDIA_TYPE'],
    ['a deadline that is none', { headers: { 'nonet-deadline-ms': 'soon' } }, 400, 'BAD_REQUEST'],
    ['nothing', { body: '' }, 400, 'the body is empty'],
    ['no head', { body: lines(entry(1)) }, 400, 'line 1: no such line is expected there'],
    ['another court', { body: lines({ ...head, court: '苏0311' }, entry(1)) }, 404, 'OTHER_COURT'],
    ['fewer entries than the head says', { body: lines(head) }, 400, 'only 0 of 1 entries came'],
    [
      'more entries than the head says',
      { body: lines(head, entry(1), entry(2)) },
      400,
      'line 3: there are more entries',
    ],
    ['a line that is no entry', { body: lines(head, { idNumber: residentIds.eighteen }) }, 400, 'line 2: no such line'],
    ['a line that is no JSON', { body: `${lines(head)}${residentIds.eighteen}{\n` }, 400, 'line 2: no such line'],
    [
      'a line that does not end',
      { body: `${lines(head)}${JSON.stringify(entry(1))}` },
      400,
      'the last line does not end',
    ],
  ])('%s is refused before anything is stored', async (_, given, status, problem) => {
    const { answer } = knock({ body: lines(head, entry(1)), ...given });
    const { status: got, body } = await answer;
    expect(body).toContain(problem);
    expect(got).toBe(status);
    expect(body).not.toContain(residentIds.eighteen);
    expect(await count()).toEqual(none);
  });

  test('values that the court cannot read refuse the import whole, naming the entry', async () => {
    const { answer } = knock({ body: lines({ ...head, entries: 2 }, entry(1), entry(2, '2017-02-30')) });
    expect(await answer).toMatchObject({ status: 422, body: expect.stringContaining('entry 2: 2017-02-30 is no day') });
    expect(await count()).toEqual(none);
  });

  test('one import at a time; one that breaks off in the middle leaves nothing, and the next may come', async () => {
    const half = knock({});
    half.answer.catch(() => undefined);
    // The second is refused as soon as the first was seen.
    let refused = await knock({ body: '' }).answer;
    while (refused.status !== 409) {
      await setImmediate();
      refused = await knock({ body: '' }).answer;
    }
    expect(refused.body).toContain('BUSY');
    half.sent.write(JSON.stringify(entry(1)));
    half.sent.destroy();
    await expect(half.answer).rejects.toThrow();
    let answer = await knock({ body: lines(head, entry(1)) }).answer;
    while (answer.status === 409) answer = await knock({ body: lines(head, entry(1)) }).answer;
    const replies = answer.body
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line) as object);
    expect(replies).toEqual([
      { stored: 1 },
      { result: { inserted: 1, changed: 0, unchanged: 0, missing: [], kept: [], formerAsOf: null } },
    ]);
  });

  test('an import that does not end before its deadline is cut off', async () => {
    const late = knock({ headers: { 'nonet-deadline-ms': '50' } });
    await expect(late.answer).rejects.toThrow();
    expect((await knock({ body: '' }).answer).status).toBe(400);
  });

  test('an import that is called off while it is stored leaves nothing behind', async () => {
    const other = await start();
    const gone = new AbortController();
    const entries = Array.from({ length: 2_001 }, (_, index) => entry(index + 1));
    const batch: Batch = { asOf: head.asOf, spoken: { columns: ['stage'], parties: [] }, entries };
    const importing = other.court.upsert(batch, {
      signal: gone.signal,
      onProgress: () => gone.abort(new Error('gone')),
    });
    await expect(importing).rejects.toThrow('gone');
    expect(await other.court.isEmpty()).toBe(true);
    expect(await other.ask('{ cases { coverage { courts { asOf } } } }')).toEqual({
      cases: { coverage: { courts: [{ asOf: '2018-01-31T09:00:00.000+08:00' }] } },
    });
    await other.stop();
    expect(existsSync(adminFile(other.data))).toBe(false);
  });
}

/** Only the lock of a PGlite tells that a court runs whose door does not. */
export function doorlessTests(start: () => Promise<RunningCourt>): void {
  test('a court that runs without a door is not imported into', async () => {
    const other = await start();
    await other.door.stop();
    const file = other.write('cases.csv', '案号,阶段\n（2017）苏0312执1号,立案\n');
    expect(await other.import(file)).toMatchObject({
      code: 69,
      err: expect.stringMatching(/The court runs without an admin door.*is in use by process \d+ \(this one\)/),
    });
    await other.stop();
  });
}
