import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';

import type { DatabaseHost } from '../../../subgraphs/kit/database/database.ts';
import type { ControlAnswer } from '../../../subgraphs/kit/control/measure.ts';
import { openDatabaseStore } from '../../../subgraphs/kit/inquiry/database-store.ts';
import { controlNumber } from '../../../subgraphs/kit/inquiry/inquiry.ts';
import { unkeyed } from '../../../subgraphs/kit/inquiry/marks.ts';
import { toDraft } from '../../../subgraphs/kit/inquiry/ticket.ts';
import { askingOf } from '../../support/askings.ts';
import { openWorkerPglite } from '../../support/worker-pglite.ts';
import { viewerHeaders } from '../../support/viewers.ts';
import { agencies, start, type Line } from '../agencies/fixture.ts';
import { ownerOfAccount, seed } from './fixture.ts';

let host: DatabaseHost;
let schemas = 0;
beforeAll(async () => {
  host = await openWorkerPglite();
});
afterAll(() => host.stop());

const caseNumber = '（2017）苏0312执1号';
const { idNumber, account } = ownerOfAccount(({ DJXX, YE }) => DJXX.length === 0 && Number(YE) > 1_000);

/** A freeze of the account, its renewal and its release, as federation brings them. */
function orders() {
  const freezeId = randomUUID();
  const orderOf = (id: string, mandate: object) => ({
    ...{ __typename: 'MeasureOrder', caseNumber, id, partyId: '1' },
    subject: { name: '王强', idType: 'RESIDENT_ID', idNumber },
    mandate: {
      ...{ agency: 'BANK', property: account.KHZH, bankName: account.YHMC, amount: '1000.00', isReleased: false },
      ...{ number: '（2018）苏0312执1号之一', originId: freezeId, releaseIds: [], until: '2018-12-31' },
      ...{ signedBy: '李法官', signedOn: '2018-01-04', courtName: '徐州市铜山区人民法院', courtCode: '苏0312' },
      ...{ handlerName: '赵', handlerPhone: '1', workIdNumber: 'G', dutyCertificateNumber: 'Z' },
      ...mandate,
    },
  });
  return {
    origin: controlNumber('BANK', caseNumber, freezeId),
    freeze: orderOf(freezeId, { action: 'FREEZE', originId: null, until: '2018-06-30' }),
    renewal: orderOf(randomUUID(), { action: 'RENEW' }),
    release: orderOf(randomUUID(), { action: 'RELEASE', amount: null, until: null }),
  };
}

async function carryOut({ program }: Line, ...representations: object[]): Promise<Record<string, unknown>[]> {
  const query = `query ($orders: [_Any!]!) { _entities(representations: $orders) { ... on MeasureOrder {
    bank { status reason requestNumber expectedBy } } } }`;
  const { data, errors } = await program.ask(
    { query, variables: { orders: representations } },
    AbortSignal.timeout(25_000),
    viewerHeaders(),
  );
  if (errors !== undefined) throw new Error(JSON.stringify(errors));
  return (data!['_entities'] as { bank: Record<string, unknown> }[]).map(({ bank }) => bank);
}
const controls = (line: Line) => line.upstreams.calls().bank.control;

describe('what follows an order', () => {
  it('waits while its origin is open, and is handed in when that is answered', async () => {
    await using line = await start(agencies[0], { waitMs: 0 }, { seed, dayMs: 2_000 });
    const { freeze, release, renewal } = orders();
    const [first, ...later] = await carryOut(line, freeze, release, renewal);
    expect(first).toMatchObject({ status: 'PENDING', reason: null });
    const waits = {
      status: 'PENDING',
      reason: 'ORIGIN_PENDING',
      requestNumber: null,
      expectedBy: first!['expectedBy'],
    };
    for (const outcome of later) expect(outcome).toMatchObject(waits);
    expect(controls(line)).toBe(1);
    await vi.waitFor(async () => expect((await carryOut(line, freeze))[0]).toMatchObject({ status: 'SUCCESS' }), {
      timeout: 15_000,
      interval: 50,
    });
    await vi.waitFor(async () => expect((await carryOut(line, release))[0]).toMatchObject({ status: 'SUCCESS' }), {
      timeout: 15_000,
      interval: 50,
    });
    expect(controls(line)).toBe(2);
  });

  it('waits while its origin was drafted by another program that has not handed it in', async () => {
    const database = await host.open(`precedence_${++schemas}`);
    await using line = await start(agencies[0], { database, shared: true }, { seed });
    const { release, renewal, origin } = orders();
    const store = await openDatabaseStore<ControlAnswer>(database, 'control');
    const patience = { expectedMs: 1_000, deadlineMs: 600_000, marking: unkeyed };
    const asking = askingOf(1, { series: origin });
    const lease = { holder: randomUUID(), ms: 600_000 };
    await store.draft([toDraft(asking, 1, new Date('2018-01-04T09:00:00+08:00'), patience)], lease);
    for (const later of [release, renewal]) {
      expect((await carryOut(line, later))[0]).toMatchObject({ status: 'PENDING', reason: 'ORIGIN_PENDING' });
    }
    expect(controls(line)).toBe(0);
    expect(await store.read([controlNumber('BANK', caseNumber, release.id)])).toEqual([]);
  });

  it('waits, where it renews what was never handed in, and comes to nothing, where it releases it', async () => {
    await using line = await start(agencies[0], {}, { seed });
    const { freeze, release, renewal } = orders();
    const [waiting] = await carryOut(line, renewal);
    expect(waiting).toMatchObject({ status: 'PENDING', reason: 'ORIGIN_NOT_HANDED_IN', expectedBy: null });
    expect((await carryOut(line, release))[0]).toMatchObject({ status: 'FAILED', reason: 'NOTHING_HELD' });
    // Somebody who read the freeze before it was released comes too late to have it carried out.
    expect((await carryOut(line, freeze))[0]).toMatchObject({ status: 'REFUSED', reason: 'ORDER_RELEASED' });
    expect((await carryOut(line, renewal))[0]).toMatchObject({ status: 'FAILED', reason: 'NOTHING_HELD' });
    expect(controls(line)).toBe(0);
  });

  it('comes to nothing where its origin came back, and no bank is asked', async () => {
    await using line = await start(agencies[0], {}, { seed, behaviour: { bank: { fault: 'returned' } } });
    const { freeze, release, renewal } = orders();
    expect((await carryOut(line, freeze))[0]).toMatchObject({ status: 'REFUSED' });
    line.upstreams.behave('bank', {});
    for (const outcome of await carryOut(line, release, renewal)) {
      expect(outcome).toMatchObject({ status: 'FAILED', reason: 'NOTHING_HELD', requestNumber: null });
    }
    expect(controls(line)).toBe(1);
  });
});

describe('a freeze in the place of a released one', () => {
  const inPlaceOf = (releaseIds: string[][]) => {
    const { freeze } = orders();
    return { ...freeze, mandate: { ...freeze.mandate, releaseIds } };
  };

  it('waits for one release of each, and is refused where nobody knows of them', async () => {
    await using line = await start(agencies[0], {}, { seed });
    const [one, other] = [orders(), orders()];
    const freeze = inPlaceOf([[randomUUID(), one.release.id], [other.release.id]]);
    const refused = { status: 'REFUSED', reason: 'RELEASE_PENDING', requestNumber: null };
    expect((await carryOut(line, freeze))[0]).toMatchObject(refused);
    await carryOut(line, one.freeze, one.release, other.freeze);
    expect((await carryOut(line, freeze))[0]).toMatchObject(refused);
    const [freed, frozen] = await carryOut(line, other.release, freeze);
    expect([freed, frozen]).toEqual([
      expect.objectContaining({ status: 'SUCCESS' }),
      expect.objectContaining({ status: 'SUCCESS' }),
    ]);
  });

  it('is refused where its own release is what it waits for', async () => {
    await using line = await start(agencies[0], { waitMs: 0 }, { seed });
    const { freeze, release } = orders();
    const circular = { ...freeze, mandate: { ...freeze.mandate, releaseIds: [[release.id]] } };
    const [refused, released] = await carryOut(line, circular, release);
    expect(refused).toMatchObject({ status: 'REFUSED' });
    expect(released).toMatchObject({ status: 'FAILED', reason: 'NOTHING_HELD' });
    expect(controls(line)).toBe(0);
  });

  it('is refused where its court does not say what made room for it', async () => {
    await using line = await start(agencies[0], {}, { seed });
    const { freeze } = orders();
    const unsaid = { ...freeze, mandate: { ...freeze.mandate, releaseIds: null } };
    expect((await carryOut(line, unsaid))[0]).toMatchObject({ status: 'REFUSED', reason: 'ORDER_INCOMPLETE' });
  });
});
