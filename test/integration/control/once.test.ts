import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';

import { createBank } from '../../../subgraphs/bank/program.ts';
import type { Database, DatabaseHost } from '../../../subgraphs/kit/database/database.ts';
import { createPostgres } from '../../../subgraphs/kit/database/postgres.ts';
import { describeOnPostgres } from '../../support/describe-postgres.ts';
import { createTestDatabase } from '../../support/test-database.ts';
import { openWorkerPglite } from '../../support/worker-pglite.ts';
import { viewerHeaders } from '../../support/viewers.ts';
import { agencies, party, start, type Line } from '../agencies/fixture.ts';
import { ownerOfAccount, ownerOfHouse, ownerOfVehicle, seed } from './fixture.ts';

let host: DatabaseHost;
let schemas = 0;
beforeAll(async () => {
  host = await openWorkerPglite();
});
afterAll(() => host.stop());
const open = (): Promise<Database> => host.open(`once_${++schemas}`);

/** An order at an agency as federation brings it, on property of somebody whom the mocks know. */
function orderAt(name: (typeof agencies)[number]['name'], changes: object = {}) {
  const things = {
    bank: () => {
      const { idNumber, account } = ownerOfAccount(({ DJXX, YE }) => DJXX.length === 0 && Number(YE) > 1_000);
      const own = { agency: 'BANK', action: 'FREEZE', amount: '1000.00', until: '2018-12-31' };
      return { idNumber, own: { ...own, property: account.KHZH, bankName: account.YHMC } };
    },
    vehicle: () => {
      const { idNumber, vehicle } = ownerOfVehicle(({ CFXX, CLSBDH }) => CFXX.length === 0 && CLSBDH !== null);
      return { idNumber, own: { agency: 'VEHICLE', action: 'SEAL', property: vehicle.CLSBDH, until: '2018-12-31' } };
    },
    property: () => {
      const { idNumber, unit } = ownerOfHouse(0);
      return { idNumber, own: { agency: 'REAL_ESTATE', action: 'SEAL', property: unit, until: '2018-12-31' } };
    },
  };
  const { idNumber, own } = things[name]();
  const mandate = {
    ...{
      number: '（2018）苏0312执1号之一',
      bankName: null,
      amount: null,
      originId: null,
      isReleased: false,
      releaseIds: [],
    },
    ...{ signedBy: '李法官', signedOn: '2018-01-04', courtName: '徐州市铜山区人民法院', courtCode: '苏0312' },
    ...{ handlerName: '赵', handlerPhone: '1', workIdNumber: 'G', dutyCertificateNumber: 'Z' },
    ...own,
    ...changes,
  };
  return {
    ...{ __typename: 'MeasureOrder', caseNumber: '（2017）苏0312执1号', id: crypto.randomUUID(), partyId: '1' },
    subject: { name: '王强', idType: 'RESIDENT_ID', idNumber },
    mandate,
  };
}
type Order = ReturnType<typeof orderAt>;

async function carryOut(
  line: Pick<Line, 'program'>,
  field: string,
  orders: readonly object[],
): Promise<Record<string, unknown>[]> {
  const query = `query ($orders: [_Any!]!) { _entities(representations: $orders) { ... on MeasureOrder {
    ${field} { status reason requestNumber ticket answeredAt controlledAmount until queuePosition } } } }`;
  const { data, errors } = await line.program.ask(
    { query, variables: { orders } },
    AbortSignal.timeout(25_000),
    viewerHeaders(),
  );
  if (errors !== undefined) throw new Error(JSON.stringify(errors));
  return (data!['_entities'] as Record<string, Record<string, unknown>>[]).map((entity) => entity[field]!);
}

let inquiries = 0;

/** How many measures the agency says lie on what the debtor of an order has. */
async function measuresOn(line: Line, field: string, { subject }: Order): Promise<number> {
  const lists = {
    bank: 'accounts { measures: priorFreezes { documentNumber } }',
    vehicle: 'vehicles { measures: seizures { documentNumber } }',
    realEstate: 'units { measures: seizures { documentNumber } }',
  };
  const [inquiry] = await line.ask([party(++inquiries, { subject })], lists[field as keyof typeof lists]);
  const things = Object.values(inquiry!).find(Array.isArray) as { measures: { documentNumber: string }[] }[];
  return things.flatMap(({ measures }) => measures).filter(({ documentNumber }) => documentNumber.endsWith('执1号之一'))
    .length;
}

const controlsOf = (line: Line, name: (typeof agencies)[number]['name']) => line.upstreams.calls()[name].control;

describe.each(agencies)('an order to the $name', ({ name, field, ...agency }) => {
  const opened = (options: object = {}, upstreams: object = {}) =>
    start({ name, field, ...agency } as (typeof agencies)[number], options, { seed, ...upstreams });

  it('is carried out once, however many read it and how often', async () => {
    await using line = await opened();
    const order = orderAt(name);
    const [first, second] = await Promise.all([carryOut(line, field, [order]), carryOut(line, field, [order])]);
    expect(first[0]).toMatchObject({ status: 'SUCCESS', ticket: null, queuePosition: 0, until: '2018-12-31' });
    expect(second).toEqual(first);
    expect(await carryOut(line, field, [order])).toEqual(first);
    expect(controlsOf(line, name)).toBe(1);
    expect(await measuresOn(line, field, order)).toBe(1);
  });

  it('is PENDING until the agency answers, and nobody hands it in again', async () => {
    await using line = await opened({ waitMs: 0 }, { dayMs: 500 });
    const order = orderAt(name);
    const [pending] = await carryOut(line, field, [order]);
    expect(pending).toMatchObject({ status: 'PENDING', answeredAt: null, controlledAmount: null });
    expect(pending!['ticket']).toBe(pending!['requestNumber']);
    await vi.waitFor(
      async () => expect((await carryOut(line, field, [order]))[0]).toMatchObject({ status: 'SUCCESS' }),
      { timeout: 15_000, interval: 50 },
    );
    expect(controlsOf(line, name)).toBe(1);
  });

  it('to an agency that is down is UNREACHABLE, and carried out once when it is up', async () => {
    await using line = await opened();
    const order = orderAt(name);
    line.upstreams.behave(name, { fault: 'down' });
    const [down] = await carryOut(line, field, [order]);
    expect(down).toMatchObject({ status: 'UNREACHABLE', reason: 'DOWN' });
    line.upstreams.behave(name, {});
    const [up] = await carryOut(line, field, [order]);
    expect(up).toMatchObject({ status: 'SUCCESS', requestNumber: down!['requestNumber'] });
    expect(await measuresOn(line, field, order)).toBe(1);
  });

  it('whose answer breaks off or cannot be read is handed in again under its number, and carried out once', async () => {
    await using line = await opened();
    for (const fault of ['truncated', 'garbled', 'drifted'] as const) {
      const order = orderAt(name);
      line.upstreams.behave(name, { fault });
      const [lost] = await carryOut(line, field, [order]);
      expect(lost).toMatchObject({ status: 'UNREACHABLE', reason: 'GARBLED' });
      line.upstreams.behave(name, {});
      const [found] = await carryOut(line, field, [order]);
      expect(found).toMatchObject({ status: 'SUCCESS', requestNumber: lost!['requestNumber'] });
      expect(await measuresOn(line, field, order)).toBe(1);
    }
  });

  it.each(['flaky', 'duplicated', 'reordered', 'renamed'] as const)(
    'is carried out once over a line that is %s',
    async (fault) => {
      await using line = await opened({}, { behaviour: { [name]: { fault } } });
      const order = orderAt(name);
      expect((await carryOut(line, field, [order]))[0]).toMatchObject({ status: 'SUCCESS', until: '2018-12-31' });
      line.upstreams.behave(name, {});
      expect(await measuresOn(line, field, order)).toBe(1);
    },
  );

  it('that comes back is REFUSED with the reason and whom to call, for good', async () => {
    await using line = await opened({}, { behaviour: { [name]: { fault: 'returned' } } });
    const order = orderAt(name);
    const [returned] = await carryOut(line, field, [order]);
    expect(returned).toMatchObject({
      status: 'REFUSED',
      reason: expect.stringMatching(/^RETURNED: .*0516-/) as string,
    });
    line.upstreams.behave(name, {});
    expect(await carryOut(line, field, [order])).toEqual([returned]);
    expect(await measuresOn(line, field, order)).toBe(0);
  });

  it('of which more is said to be held than was ordered is not taken at its word', async () => {
    await using line = await opened({}, { behaviour: { [name]: { fault: 'excessive' } } });
    const reason = name === 'bank' ? 'MORE_THAN_ORDERED' : 'LONGER_THAN_ORDERED';
    expect((await carryOut(line, field, [orderAt(name)]))[0]).toMatchObject({
      status: 'PARTIAL',
      reason,
      controlledAmount: null,
    });
  });

  it.each([
    ['NO_ORDER', { mandate: null }],
    ['ORDER_FOR_OTHER_AGENCY', { mandate: { agency: 'SECURITIES' } }],
    ['ORDER_EXPIRED', { mandate: { until: '2018-01-03' } }],
    ['ORDER_NOT_YET_SIGNED', { mandate: { signedOn: '2018-01-05' } }],
    ['ORDER_RELEASED', { mandate: { isReleased: true } }],
    ['ORDER_INCOMPLETE', { mandate: { signedBy: null } }],
    ['ORDER_INCOMPLETE', { mandate: { property: null } }],
    ['ORDER_INCOMPLETE', { mandate: { until: '去年' } }],
    ['ORDER_INCOMPLETE', { mandate: { action: 'RENEW' } }],
    ['ORDER_INCOMPLETE', { mandate: { action: 'DEDUCT' } }],
    ['NO_IDENTITY_NUMBER', { subject: null }],
    ['INVALID_IDENTITY_NUMBER', { subject: { name: '王强', idType: 'RESIDENT_ID', idNumber: '320312195013450000' } }],
  ])(
    'is REFUSED with %s, and nobody is contacted',
    async (reason, changes: { mandate?: object | null; subject?: object | null }) => {
      await using line = await opened();
      const order = orderAt(name);
      const mandate = changes.mandate === null ? null : { ...order.mandate, ...changes.mandate };
      const [refused] = await carryOut(line, field, [{ ...order, ...changes, mandate }]);
      expect(refused).toMatchObject({ status: 'REFUSED', reason, requestNumber: null });
      expect(controlsOf(line, name)).toBe(0);
    },
  );

  it('that was carried out is told when it has expired or was released since', async () => {
    await using line = await opened();
    const order = orderAt(name);
    const [done] = await carryOut(line, field, [order]);
    const released = { ...order, mandate: { ...order.mandate, isReleased: true } };
    expect(await carryOut(line, field, [released])).toEqual([done]);
    const expired = { ...order, mandate: { ...order.mandate, until: '2018-01-03' } };
    expect(await carryOut(line, field, [expired])).toEqual([done]);
  });

  it('outlives a program that was stopped before the answer came, and leaves no number behind', async () => {
    const database = await open();
    const order = orderAt(name);
    const pending = await (async () => {
      await using line = await opened({ database, waitMs: 0 }, { dayMs: 100_000 });
      return (await carryOut(line, field, [order]))[0]!;
    })();
    expect(pending['status']).toBe('PENDING');
    await using line = await opened({ database });
    // This agency has lost what it was told: the same request is handed in again.
    const [done] = await carryOut(line, field, [order]);
    expect(done).toMatchObject({ status: 'SUCCESS', requestNumber: pending['requestNumber'] });
    expect(controlsOf(line, name)).toBe(1);
    expect(await measuresOn(line, field, order)).toBe(1);
    const { rows } = await database.query<{ row: string }>('select control::text as row from control');
    expect(rows).toHaveLength(1);
    expect(rows[0]!.row).not.toContain(order.subject.idNumber);
  });

  it('hands in a hundred at once', async () => {
    await using line = await opened();
    const orders = Array.from({ length: 130 }, () => ({ ...orderAtOnce, id: crypto.randomUUID() }));
    const outcomes = await carryOut(line, field, orders);
    expect(outcomes.every(({ status }) => status === 'SUCCESS')).toBe(true);
    expect(
      outcomes
        .map(({ queuePosition }) => queuePosition)
        .sort((a, b) => Number(a) - Number(b))
        .at(-1),
    ).toBe(name === 'bank' ? 0 : 129);
    expect(controlsOf(line, name)).toBe(name === 'vehicle' ? 130 : 2);
  });
  const orderAtOnce = orderAt(name, name === 'bank' ? { amount: '0.01' } : {});
});

describeOnPostgres('two programs of the bank on one schema', () => {
  it('carry an order out once between them', async () => {
    await using server = await createTestDatabase();
    const [one, other] = await Promise.all([
      createPostgres({ url: server.url, poolSize: 2 }),
      createPostgres({ url: server.url, poolSize: 2 }),
    ]);
    const bank = agencies[0];
    {
      await using first = await start(bank, { database: await one.open('bank'), shared: true }, { seed });
      const second = await createBank({
        upstream: { baseUrl: 'http://bank.upstream.invalid' },
        ...{ database: await other.open('bank'), shared: true, waitMs: 20_000 },
        now: () => new Date('2018-01-04T09:00:00+08:00'),
      });
      const order = orderAt('bank');
      const [told, toldToo] = await Promise.all([
        carryOut(first, 'bank', [order]),
        carryOut({ program: second }, 'bank', [order]),
      ]);
      expect(told[0]).toMatchObject({ status: 'SUCCESS', controlledAmount: '1000.00' });
      expect(toldToo).toEqual(told);
      expect(controlsOf(first, 'bank')).toBe(1);
      await second.stop();
    }
    await one.stop();
    await other.stop();
  });
});
