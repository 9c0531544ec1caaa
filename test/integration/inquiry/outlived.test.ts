import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';

import { createRemote } from '../../../gateway/asking/remote.ts';
import type { Database, DatabaseHost } from '../../../subgraphs/kit/database/database.ts';
import { serveProgram } from '../../../subgraphs/kit/http.ts';
import { openWorkerPglite } from '../../support/worker-pglite.ts';
import { agencies, parties, party, start } from '../agencies/fixture.ts';
import type { Ask } from '../../../common/wire.ts';
import { viewerHeaders } from '../../support/viewers.ts';

let host: DatabaseHost;
let schemas = 0;
beforeAll(async () => {
  host = await openWorkerPglite();
});
afterAll(() => host.stop());
const open = (): Promise<Database> => host.open(`outlived_${++schemas}`);
const answered = ['FOUND', 'NONE'];

describe.each(agencies)('what the $name was asked', (agency) => {
  const asked = (calls: { bank: { submit: number }; vehicle: { query: number }; property: { submit: number } }) =>
    calls.bank.submit + calls.vehicle.query + calls.property.submit;

  it('outlives its program: a later one gives the answer without asking, and has forgotten whom about', async () => {
    const database = await open();
    const before = await (async () => {
      await using line = await start(agency, { database });
      return await line.ask(parties(3));
    })();
    await using line = await start(agency, { database });
    expect(await line.ask(parties(3))).toEqual(before);
    expect(asked(line.upstreams.calls())).toBe(0);
    const { rows } = await database.query<{ row: string }>('select ticket::text as row from ticket');
    expect(rows).toHaveLength(3);
    for (const { row } of rows) {
      for (const { subject } of parties(3)) {
        expect(row).not.toContain(subject.idNumber);
        expect(row).not.toContain(subject.idNumber.slice(6, 14));
      }
    }
  });

  it('outlives its program also when the request came back, with whom to call', async () => {
    const database = await open();
    const selection = `${agency.list} returned { reason note contact phone }`;
    const before = await (async () => {
      await using line = await start(agency, { database }, { behaviour: { [agency.name]: { fault: 'returned' } } });
      return await line.ask(parties(2), selection);
    })();
    await using line = await start(agency, { database });
    const later = await line.ask(parties(2), selection);
    expect(later).toEqual(before);
    expect(later[1]).toMatchObject({ status: 'REFUSED', returned: { contact: '协查专员', phone: '0516-55550100' } });
    expect(asked(line.upstreams.calls())).toBe(0);
  });

  it('is asked on by a later program, under the same number and before anybody reads it', async () => {
    const database = await open();
    const pending = await (async () => {
      await using line = await start(agency, { database, waitMs: 0 }, { dayMs: 100_000 });
      return await line.ask(parties(3));
    })();
    for (const { status } of pending) expect(status).toBe('PENDING');
    // This upstream has never heard of the batch: the same question is handed in again.
    await using line = await start(agency, { database });
    await vi.waitFor(
      async () => {
        const { rows } = await database.query(`select 1 from ticket where state = 'ANSWERED'`);
        expect(rows).toHaveLength(3);
      },
      { timeout: 15_000, interval: 20 },
    );
    const calls = asked(line.upstreams.calls());
    const read = await line.ask(parties(3));
    expect(read.map(({ requestNumber }) => requestNumber)).toEqual(pending.map(({ requestNumber }) => requestNumber));
    for (const { status } of read) expect(answered).toContain(status);
    expect(asked(line.upstreams.calls())).toBe(calls);
  });

  it('is TIMEOUT after its deadline, and an answer that comes later still gets in', async () => {
    const database = await open();
    const slow = { dayMs: 700, behaviour: { [agency.name]: { fault: 'slow' } } } as const;
    await using line = await start(agency, { database, deadlineMs: 2_000 }, slow);
    expect((await line.ask([party(1)]))[0]).toMatchObject({ status: 'TIMEOUT', reason: 'EXPIRED' });
    await vi.waitFor(
      async () => {
        const { rows } = await database.query(`select 1 from ticket where state = 'ANSWERED' and question is null`);
        expect(rows).toHaveLength(1);
      },
      { timeout: 15_000, interval: 20 },
    );
    const calls = asked(line.upstreams.calls());
    expect(answered).toContain((await line.ask([party(1)]))[0]!.status);
    expect(asked(line.upstreams.calls())).toBe(calls);
  });
});

it('hears over HTTP what a request says of its inquiries', async () => {
  await using line = await start(agencies[0], {}, { dayMs: 100_000 });
  const ask: Ask = (question, signal) => line.program.ask(question, signal, viewerHeaders());
  const served = await serveProgram({ ask }, { host: '127.0.0.1', port: 0 });
  const remote = createRemote(served.url);
  try {
    const query = `query ($parties: [_Any!]!) { _entities(representations: $parties) { ... on Party { bank { status ticket } } } }`;
    const question = { query, variables: { parties: parties(2) }, extensions: { inquiry: { waitMs: 0 } } };
    // Its own wait is twenty seconds.
    const { data, errors } = await remote.ask(question, AbortSignal.timeout(10_000));
    expect(errors).toBeUndefined();
    expect(data!['_entities']).toEqual(
      Array.from({ length: 2 }, () => ({
        bank: { status: 'PENDING', ticket: expect.stringMatching(/^YH/) as unknown },
      })),
    );
  } finally {
    await remote.stop();
    await served.stop();
  }
});
