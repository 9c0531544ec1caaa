import { expect, test } from 'vitest';

import { toClaims, type Viewer } from '../../../common/viewer.ts';
import { viewerHeader, type Answer } from '../../../common/wire.ts';
import { createCourt, type Court } from '../../../subgraphs/court/program.ts';
import type { Database } from '../../../subgraphs/kit/database/database.ts';
import { describeOnBoth } from '../command/engines.ts';
import { clock, personKey, registry, tongshan } from './court.ts';
import { caseRecord, partyRecord, writ } from './records.ts';

const number = '（2017）苏0312执1号';
const office = { court: tongshan.code, taskForces: [], workId: 'G1', dutyCertificate: 'Z1' };
const judge: Viewer = { subject: 'judge-li', role: 'judge', ...office };
const another: Viewer = { ...judge, subject: 'judge-wu' };
const outside = { court: null, taskForces: [], workId: null, dutyCertificate: null };
const input = {
  ...{ caseNumber: number, partyId: '1', number: 'W-1', agencies: ['BANK'], signedBy: '李法官' },
  ...{ validUntil: '2018-01-31', handlerName: '赵助理', handlerPhone: '0516-80000001' },
  ...{ workIdNumber: 'G0001', dutyCertificateNumber: 'Z0001' },
};
/** What a file lists that says the same. */
const same: typeof writ = {
  ...{
    number: 'W-1',
    agencies: ['BANK'],
    signedBy: '李法官',
    signedOn: '2018-01-04',
    validUntil: '2018-01-31',
  },
  ...{
    handlerName: '赵助理',
    handlerPhone: '0516-80000001',
    workIdNumber: 'G0001',
    dutyCertificateNumber: 'Z0001',
  },
};
const officers = 'number issuedBy issuedAt revokedBy revokedAt';
const issueMutation = `mutation ($input: IssueWritInput!, $key: ID!) {
  issueWrit(input: $input, idempotencyKey: $key) { writ { signedBy ${officers} } } }`;
const revokeMutation = `mutation ($input: RevokeWritInput!, $key: ID!) {
  revokeWrit(input: $input, idempotencyKey: $key) { writ { number } } }`;
const issuedNow = { issuedBy: 'judge-li', issuedAt: '2018-01-04T08:30:00.000+08:00' };
const nobody = { issuedBy: null, issuedAt: null, revokedBy: null, revokedAt: null };

interface Own {
  readonly court: Court;
  readonly database: Database;
  /** The court's clock goes on. */
  readonly later: (instant: string) => void;
  readonly issue: (given?: object, key?: string, viewer?: Viewer) => Promise<unknown>;
  readonly revoke: (given: object, viewer?: Viewer) => Promise<unknown>;
  /** The writs of the case, those in force by party and the former ones, as somebody sees them. */
  readonly seen: (viewer?: Viewer | null) => Promise<{ parties: unknown[]; formerWrits: unknown }>;
  readonly ask: (query: string, variables?: object, viewer?: Viewer | null) => Promise<Answer>;
}

async function start(database: Database): Promise<Own> {
  let now = clock;
  let revoked = 0;
  const court = await createCourt({ court: tongshan, registry, database, personKey, now: () => now });
  await court.load([
    caseRecord({
      number,
      parties: [
        partyRecord({ ordinal: 1, name: '王某甲' }),
        partyRecord({ ordinal: 2, name: '孙某', writ: { ...writ, validUntil: '2018-12-31' } }),
      ],
    }),
  ]);
  const ask: Own['ask'] = (query, variables = {}, viewer = judge) =>
    court.ask(
      { query, variables: { ...variables } },
      AbortSignal.timeout(10_000),
      viewer === null ? {} : { [viewerHeader]: JSON.stringify(toClaims(viewer)) },
    );
  const dataOf = async (answer: Promise<Answer>): Promise<Record<string, unknown>> => {
    const { data, errors } = await answer;
    expect(errors).toBeUndefined();
    return data!;
  };
  return {
    court,
    database,
    ask,
    later: (instant) => void (now = new Date(instant)),
    issue: async (given = {}, key = 'k1', viewer = judge) =>
      (await dataOf(ask(issueMutation, { input: { ...input, ...given }, key }, viewer)))['issueWrit'],
    revoke: async (given, viewer = judge) => {
      const asked = { caseNumber: number, partyId: '1', number: 'W-1', reason: '已履行', ...given };
      return (await dataOf(ask(revokeMutation, { input: asked, key: `revoke-${++revoked}` }, viewer)))['revokeWrit'];
    },
    seen: async (viewer = judge) => {
      const query = `{ case(number: "${number}") { parties { writ { ${officers} } } formerWrits { ${officers} } } }`;
      return (await dataOf(ask(query, {}, viewer)))['case'] as Awaited<ReturnType<Own['seen']>>;
    },
  };
}

describeOnBoth('a writ keeps who issued it and who revoked it', (open) => {
  test('as the hub has signed it, whatever name is on the document; one that was imported has nobody', async () => {
    const { issue, seen } = await start(await open());
    const made = { writ: { number: 'W-1', signedBy: '李法官', ...nobody, ...issuedNow } };
    expect(await issue()).toEqual(made);
    expect(await issue()).toEqual(made);
    expect(await seen()).toEqual({
      parties: [{ writ: { number: 'W-1', ...nobody, ...issuedNow } }, { writ: { number: writ.number, ...nobody } }],
      formerWrits: [],
    });
  });

  test('also when it is in force no more: revoked by somebody, or followed by another', async () => {
    const { issue, revoke, seen, later, database } = await start(await open());
    await issue();
    later('2018-02-01T00:00:00Z');
    await issue({ number: 'W-2', validUntil: '2018-03-01' }, 'k2', another);
    later('2018-02-02T00:00:00Z');
    expect(await revoke({ number: 'W-2' }, judge)).toEqual({ writ: null });
    await revoke({ number: writ.number, partyId: '2' }, another);
    const revoked = { revokedAt: '2018-02-02T08:00:00.000+08:00' };
    const second = { number: 'W-2', issuedBy: 'judge-wu', issuedAt: '2018-02-01T08:00:00.000+08:00' };
    expect(await seen()).toEqual({
      parties: [{ writ: null }, { writ: null }],
      formerWrits: [
        { ...second, ...revoked, revokedBy: 'judge-li' },
        { ...nobody, ...revoked, number: writ.number, revokedBy: 'judge-wu' },
        { ...nobody, ...issuedNow, number: 'W-1' },
      ],
    });
    const { rows } = await database.query('select number, issued_by, ended_by from former_writ order by number');
    expect(rows).toContainEqual({ number: 'W-1', issued_by: 'judge-li', ended_by: 'judge-wu' });
  });

  test('and shows it to whoever works on cases, and to nobody else', async () => {
    const { issue, revoke, seen } = await start(await open());
    await issue();
    await revoke({ partyId: '2', number: writ.number });
    for (const role of ['clerk', 'auditor', 'supervisor'] as const) {
      const { parties, formerWrits } = await seen({ ...judge, role });
      expect(parties[0]).toMatchObject({ writ: { issuedBy: 'judge-li' } });
      expect(formerWrits).toMatchObject([{ number: writ.number, revokedBy: 'judge-li' }]);
    }
    const others: (Viewer | null)[] = [
      ...(['lawyer', 'public'] as const).map((role) => ({ subject: 'somebody', role, ...outside })),
      { ...judge, role: 'court-it' },
      null,
    ];
    for (const viewer of others) {
      expect(await seen(viewer)).toEqual({
        parties: [{ writ: { number: 'W-1', ...nobody } }, { writ: null }],
        formerWrits: null,
      });
    }
  });

  test('while imports list it, and no longer than its number', async () => {
    const { court, issue, seen } = await start(await open());
    await issue();
    const listed = async (listedNumber: string, name: string) => {
      const party = partyRecord({ ordinal: 1, name, writ: { ...same, number: listedNumber } });
      await court.upsert({
        asOf: '2018-01-31T08:00:00.000+08:00',
        spoken: { columns: [], parties: ['writ'] },
        entries: [{ number, columns: null, parties: [{ ...party, stated: true }], mode: 'ADD', held: [] }],
      });
      return (await seen()).parties[0];
    };
    expect(await listed('W-1', '王某甲')).toEqual({ writ: { ...nobody, ...issuedNow, number: 'W-1' } });
    expect(await listed('W-9', '王某甲')).toEqual({ writ: { ...nobody, number: 'W-9' } });
  });

  test('and none where an import says anything else of it: what the judge issued is a former one', async () => {
    const { court, issue, seen, later, database } = await start(await open());
    await issue({ agencies: ['BANK', 'VEHICLE'] });
    later('2018-01-05T00:00:00Z');
    const listed = async (given: typeof writ | null) => {
      const party = partyRecord({ ordinal: 1, name: '王某甲', writ: given });
      await court.upsert({
        asOf: '2018-01-31T08:00:00.000+08:00',
        spoken: { columns: [], parties: ['writ'] },
        entries: [{ number, columns: null, parties: [{ ...party, stated: true }], mode: 'ADD', held: [] }],
      });
      const { parties, formerWrits } = await seen();
      return { writ: (parties[0] as { writ: unknown }).writ, formerWrits };
    };
    const issued = { ...nobody, ...issuedNow, number: 'W-1' };
    const both = { ...same, agencies: ['VEHICLE', 'BANK'] as const };
    expect(await listed(both)).toEqual({ writ: issued, formerWrits: [] });
    const changed = { writ: { ...nobody, number: 'W-1' }, formerWrits: [issued] };
    expect(await listed({ ...both, validUntil: '2018-12-31' })).toEqual(changed);
    // Once, however often the file comes; it stays the import's also when it says again what the judge had signed.
    expect(await listed({ ...both, validUntil: '2018-12-31' })).toEqual(changed);
    expect(await listed(both)).toEqual(changed);
    const { rows } = await database.query('select valid_until, ended_by, ended_at, reason from former_writ');
    expect(rows).toEqual([
      { valid_until: '2018-01-31', ended_by: 'import', ended_at: '2018-01-05T00:00:00Z', reason: null },
    ]);
  });

  test('and a file that has another writ, or none, in its place leaves it among the former ones', async () => {
    const { court, issue, seen } = await start(await open());
    await issue();
    const party = partyRecord({ ordinal: 1, name: '王某甲', writ: null });
    await court.upsert({
      asOf: '2018-01-31T08:00:00.000+08:00',
      spoken: { columns: [], parties: ['writ'] },
      entries: [{ number, columns: null, parties: [{ ...party, stated: true }], mode: 'ADD', held: [] }],
    });
    const { parties, formerWrits } = await seen();
    expect(parties[0]).toEqual({ writ: null });
    expect(formerWrits).toEqual([{ ...nobody, ...issuedNow, number: 'W-1' }]);
  });

  test('and an answer that was kept before there was an issuer is told without one', async () => {
    const { issue, database } = await start(await open());
    await issue();
    const { affected } = await database.query(
      `update idempotency set answer = answer #- '{writ,issuedBy}' #- '{writ,issuedAt}' #- '{writ,revokedBy}' #- '{writ,revokedAt}'`,
    );
    expect(affected).toBe(1);
    expect(await issue()).toEqual({ writ: { number: 'W-1', signedBy: '李法官', ...nobody } });
  });

  test('with a list that is cut, and says so', async () => {
    const { database, ask } = await start(await open());
    await database.query(
      `insert into former_writ select w.case_key, w.ordinal, 'old ' || n, w.agencies, w.signed_by, w.signed_on, w.valid_until,
         w.handler_name, w.handler_phone, w.work_id_number, w.duty_certificate_number,
         timestamptz '2018-01-01' + n * interval '1 minute', 'judge-wu', 'x'
       from writ as w, generate_series(1, 101) as n`,
    );
    const { data, errors } = await ask(`{ case(number: "${number}") { formerWrits { number issuedBy } } }`);
    const { formerWrits } = (data as { case: { formerWrits: unknown[] } }).case;
    expect(formerWrits).toHaveLength(100);
    expect(formerWrits[0]).toEqual({ number: 'old 101', issuedBy: null });
    expect(errors).toMatchObject([{ extensions: { code: 'LIST_TRUNCATED' } }]);
  });
});
