import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';

import { createPostgres } from '../../subgraphs/kit/database/postgres.ts';
import { openDatabaseStore, type TicketTable } from '../../subgraphs/kit/inquiry/database-store.ts';
import { createMemoryStore } from '../../subgraphs/kit/inquiry/memory-store.ts';
import { unkeyed } from '../../subgraphs/kit/inquiry/marks.ts';
import type { Settled } from '../../subgraphs/kit/inquiry/outcome.ts';
import type { TicketStore } from '../../subgraphs/kit/inquiry/store.ts';
import { stateOf, toDraft, type Draft } from '../../subgraphs/kit/inquiry/ticket.ts';
import { askingOf } from '../support/askings.ts';
import { describeOnPostgres } from '../support/describe-postgres.ts';
import { createTestDatabase } from '../support/test-database.ts';
import { openWorkerPglite } from '../support/worker-pglite.ts';

interface Row {
  readonly bank: string;
}

/** Opens an empty store, and further ways into the same one. */
type OpenStores = (ways: number) => Promise<readonly TicketStore<Row>[]>;

const tables = ['ticket', 'control'] as const satisfies readonly TicketTable[];

describe('TicketStore: memory', () => {
  storeContract(
    () =>
      Promise.resolve((ways) => {
        const store = createMemoryStore<Row>();
        return Promise.resolve(Array.from({ length: ways }, () => store));
      }),
    () => Promise.resolve(),
  );
});

describe.each(tables)('TicketStore: PGlite, %s', (table) => {
  let host: Awaited<ReturnType<typeof openWorkerPglite>>;
  let schemas = 0;
  storeContract(
    async () => {
      host = await openWorkerPglite();
      return async (ways) => {
        const database = await host.open(`tickets_${++schemas}`);
        const stores = [];
        for (let way = 0; way < ways; way++) stores.push(await openDatabaseStore<Row>(database, table));
        return stores;
      };
    },
    () => host.stop(),
  );
});

for (const table of tables) {
  describeOnPostgres(`TicketStore: PostgreSQL, ${table}`, () => {
    const stops: (() => Promise<void>)[] = [];
    let schemas = 0;
    storeContract(
      async () => {
        const server = await createTestDatabase();
        stops.push(() => server[Symbol.asyncDispose]());
        const one = await createPostgres({ url: server.url, poolSize: 2 });
        const other = await createPostgres({ url: server.url, poolSize: 2 });
        stops.push(
          () => one.stop(),
          () => other.stop(),
        );
        return async (ways) => {
          const schema = `tickets_${++schemas}`;
          return Promise.all(
            Array.from({ length: ways }, async (_, way) =>
              openDatabaseStore<Row>(await (way % 2 === 0 ? one : other).open(schema), table),
            ),
          );
        };
      },
      async () => {
        for (const stop of stops.reverse()) await stop();
      },
    );
  });
}

const noon = new Date('2018-01-31T04:00:00.000Z');
const later = (ms: number) => new Date(noon.getTime() + ms);
const found: Settled<Row> = { kind: 'ANSWERED', answeredAt: later(500), records: [{ bank: '某"银行\u0000' }] };
const nothing: Settled<Row> = { kind: 'ANSWERED', answeredAt: later(500), records: [] };
const returned: Settled<Row> = {
  kind: 'FAILED',
  status: 'REFUSED',
  reason: 'RETURNED: 印章不清晰',
  lasting: true,
  returned: { reason: '印章"不清晰\u0000', note: null, contact: '王', phone: '0516-55550100' },
};
const down: Settled<Row> = { kind: 'FAILED', status: 'UNREACHABLE', reason: 'DOWN', lasting: false };
const overdue: Settled<Row> = { kind: 'FAILED', status: 'TIMEOUT', reason: 'EXPIRED', lasting: false };

function draftOf(n: number, round = 1): Draft {
  return toDraft(askingOf(n, { purpose: '财产查控' }), round, noon, {
    expectedMs: 1_000,
    deadlineMs: 60_000,
    marking: unkeyed,
  });
}
function leaseOf(ms = 60_000) {
  return { holder: randomUUID(), ms };
}
function numbersOf(drafts: readonly Draft[]): string[] {
  return drafts.map(({ requestNumber }) => requestNumber);
}

function storeContract(start: () => Promise<OpenStores>, stop: () => Promise<void>): void {
  let openStores: OpenStores;
  beforeAll(async () => {
    openStores = await start();
  });
  afterAll(() => stop());

  const open = async (): Promise<TicketStore<Row>> => {
    const [store] = await openStores(1);
    if (store === undefined) throw new Error('no store');
    return store;
  };
  const settle = (store: TicketStore<Row>, { requestNumber }: Draft, settled: Settled<Row>, state = stateOf(settled)) =>
    store.settle([{ requestNumber, state, settledAt: later(1_000), settled }]);

  it('drafts each number once, whoever comes, however often two meet', async () => {
    const [one, other] = await openStores(2);
    for (let round = 0; round < 20; round += 1) {
      const drafts = Array.from({ length: 30 }, (_, n) => draftOf(round * 100 + n));
      const taken = await Promise.all([
        one!.draft(drafts, leaseOf()),
        other!.draft([...drafts].reverse(), leaseOf()),
        one!.draft(drafts.slice(10), leaseOf()),
      ]);
      expect(taken.flatMap((numbers) => [...numbers]).sort()).toEqual(numbersOf(drafts).sort());
      const tickets = await other!.read(drafts.map(({ series }) => series));
      expect(tickets.map(({ requestNumber }) => requestNumber).sort()).toEqual(numbersOf(drafts).sort());
    }
  });

  it('follows a ticket from draft to answer, which it gives back as it was', async () => {
    const store = await open();
    const draft = draftOf(1);
    await store.draft([draft], leaseOf());
    const look = async () => (await store.read([draft.series]))[0];
    expect(await look()).toMatchObject({
      state: 'DRAFTED',
      settledAt: null,
      settled: null,
      expectedBy: later(1_000),
      round: 1,
    });
    await store.submitting([draft.requestNumber]);
    expect(await look()).toMatchObject({ state: 'SUBMITTED' });
    await store.accepted([draft.requestNumber], 'PC1', null);
    expect(await look()).toMatchObject({ state: 'ACCEPTED', expectedBy: later(1_000) });
    await store.accepted([draft.requestNumber], 'PC1', later(9_000));
    expect(await look()).toMatchObject({ state: 'ACCEPTED', expectedBy: later(9_000), marks: draft.marks });
    await settle(store, draft, found);
    expect(await look()).toMatchObject({ state: 'ANSWERED', settledAt: later(1_000), settled: found });
  });

  it('gives questions by their numbers, as long as something is expected of them', async () => {
    const store = await open();
    const [waiting, late, over] = [draftOf(1), draftOf(2, 2), draftOf(3)];
    await store.draft([waiting, late, over], leaseOf());
    await settle(store, late, overdue, 'EXPIRED');
    await settle(store, over, found);
    expect(await store.questions([...numbersOf([waiting, late, over]), 'YHnobody'])).toEqual(
      new Map([
        [waiting.requestNumber, waiting.inquiry],
        [late.requestNumber, late.inquiry],
        [over.requestNumber, null],
      ]),
    );
    expect(await store.questions([])).toEqual(new Map());
  });

  it('keeps the first answer', async () => {
    const store = await open();
    const draft = draftOf(1);
    await store.draft([draft], leaseOf());
    await settle(store, draft, found);
    for (const word of [returned, down]) await settle(store, draft, word);
    await settle(store, draft, overdue, 'EXPIRED');
    expect(await store.draft([draft], leaseOf())).toEqual(new Set());
    expect((await store.read([draft.series]))[0]).toMatchObject({ state: 'ANSWERED', settled: found });
  });

  it('drafts anew under the same number what failed or expired, and nothing else', async () => {
    const store = await open();
    const [failed, expired, back, open_] = [1, 2, 3, 4].map((n) => draftOf(n)) as [Draft, Draft, Draft, Draft];
    await store.draft([failed, expired, back, open_], leaseOf());
    await settle(store, failed, down);
    await settle(store, expired, overdue, 'EXPIRED');
    await settle(store, back, returned);
    expect((await store.read([back.series]))[0]).toMatchObject({ state: 'RETURNED', settled: returned });
    const again = await store.draft([failed, expired, back, open_], leaseOf());
    expect([...again].sort()).toEqual(numbersOf([failed, expired]).sort());
    expect((await store.read([failed.series]))[0]).toMatchObject({ state: 'DRAFTED', settledAt: null, settled: null });
  });

  it('takes an answer that comes after the deadline, or after somebody had given up', async () => {
    const store = await open();
    const [late, lost] = [draftOf(1), draftOf(2)];
    await store.draft([late, lost], leaseOf());
    await settle(store, late, overdue, 'EXPIRED');
    expect((await store.read([late.series]))[0]).toMatchObject({ state: 'EXPIRED', settled: overdue });
    await settle(store, lost, down);
    for (const draft of [late, lost]) {
      await settle(store, draft, found);
      expect((await store.read([draft.series]))[0]).toMatchObject({ state: 'ANSWERED', settled: found });
    }
  });

  it('gives up the earlier rounds when a later one is answered, and not before', async () => {
    const store = await open();
    const [first, second, third] = [draftOf(1), draftOf(1, 2), draftOf(1, 3)];
    await store.draft([first], leaseOf());
    await settle(store, first, found);
    await store.draft([second], leaseOf());
    await settle(store, second, down);
    const rounds = async () => (await store.read([first.series])).map(({ round }) => round).sort();
    expect(await rounds()).toEqual([1, 2]);
    await store.draft([third], leaseOf());
    await settle(store, third, nothing);
    expect(await rounds()).toEqual([3]);
    expect(new Set(numbersOf([first, second, third])).size).toBe(3);
  });

  it('outdates what was asked about a person in whatever series, answered or open, until it is drafted anew', async () => {
    const store = await open();
    const [answered, open_, other] = [draftOf(1), draftOf(2), draftOf(3)];
    const { person } = answered;
    await store.draft([answered, { ...open_, person }, other], leaseOf());
    await settle(store, answered, found);
    const outdated = async () =>
      (await store.read([answered, open_, other].map(({ series }) => series)))
        .filter(({ isOutdated }) => isOutdated)
        .map(({ requestNumber }) => requestNumber)
        .sort();
    expect(await outdated()).toEqual([]);
    await store.outdate([person]);
    expect(await outdated()).toEqual(numbersOf([answered, open_]).sort());
    expect(await store.recordsAbout([person])).toEqual(found.kind === 'ANSWERED' ? found.records : null);
    expect(await store.recordsAbout([other.person])).toEqual([]);
    await settle(store, open_, down);
    await store.draft([open_], leaseOf());
    expect(await outdated()).toEqual(numbersOf([answered]));
  });

  it('lets nobody take over what is leased, and one alone what is not', async () => {
    const [one, other] = await openStores(2);
    const drafts = Array.from({ length: 20 }, (_, n) => draftOf(n));
    const dead = leaseOf();
    await one!.draft(drafts, dead);
    expect(await other!.claim(leaseOf(), 100)).toEqual([]);
    await one!.release(randomUUID());
    expect(await other!.claim(leaseOf(), 100)).toEqual([]);
    await one!.release(dead.holder);
    const [first, second] = await Promise.all([one!.claim(leaseOf(), 100), other!.claim(leaseOf(), 100)]);
    expect([...first, ...second].map(({ requestNumber }) => requestNumber).sort()).toEqual(numbersOf(drafts).sort());
    await one!.release();
    expect(await one!.claim(leaseOf(), 7)).toHaveLength(7);
  });

  it('lets a lease lapse that is not renewed', async () => {
    const store = await open();
    const [kept, left] = [draftOf(1), draftOf(2)];
    const lease = leaseOf(1);
    await store.draft([kept, left], lease);
    await store.renew([kept.requestNumber], { ...lease, ms: 60_000 });
    await expect.poll(() => store.claim(leaseOf(), 10)).toMatchObject([{ requestNumber: left.requestNumber }]);
  });

  it('hands a ticket over with its question, batch and deadline as they were', async () => {
    const store = await open();
    const [draft, accepted] = [draftOf(1), draftOf(2)];
    await store.draft([draft, accepted], leaseOf());
    await store.accepted([accepted.requestNumber], 'PC7', null);
    await store.release();
    const tickets = await store.claim(leaseOf(), 10);
    const of = (wanted: Draft) => tickets.find(({ requestNumber }) => requestNumber === wanted.requestNumber);
    const same = ({ inquiry, answerBy, series }: Draft) => ({ inquiry, answerBy, series });
    expect(of(draft)).toMatchObject({ ...same(draft), state: 'DRAFTED', batch: null });
    expect(of(accepted)).toMatchObject({ ...same(accepted), state: 'ACCEPTED', batch: 'PC7' });
  });

  it('closes what was never asked, once, and it is neither drafted nor taken over any more', async () => {
    const [one, other] = await openStores(2);
    const [draft, drafted] = [draftOf(1), draftOf(2)];
    const never = { kind: 'FAILED', status: 'REFUSED', reason: 'ORDER_RELEASED', lasting: true } as const;
    await one!.draft([drafted], leaseOf());
    const closings = [one!.close(draft, never), other!.close(draft, never)];
    expect((await Promise.all(closings)).sort()).toEqual([false, true]);
    expect(await other!.close(drafted, never)).toBe(false);
    const [ticket] = await other!.read([draft.series]);
    expect(ticket).toMatchObject({ state: 'RETURNED', settled: never, settledAt: noon, marks: draft.marks });
    expect(await one!.draft([draft], leaseOf())).toEqual(new Set());
    await one!.release();
    const claimed = await one!.claim(leaseOf(), 10);
    expect(claimed.map(({ requestNumber }) => requestNumber)).toEqual([drafted.requestNumber]);
    expect(await one!.questions([draft.requestNumber])).toEqual(new Map([[draft.requestNumber, null]]));
  });

  it('forgets a question when nothing more is expected of it', async () => {
    const store = await open();
    const [answered, failed, expired, given] = [1, 2, 3, 4].map((n) => draftOf(n)) as [Draft, Draft, Draft, Draft];
    await store.draft([answered, failed, expired, given], leaseOf());
    await settle(store, answered, found);
    await settle(store, failed, down);
    await settle(store, expired, overdue, 'EXPIRED');
    await settle(store, given, overdue, 'EXPIRED');
    await store.giveUp([given.requestNumber, answered.requestNumber]);
    await store.release();
    expect((await store.claim(leaseOf(), 10)).map(({ requestNumber }) => requestNumber)).toEqual([
      expired.requestNumber,
    ]);
    expect((await store.read([given.series]))[0]).toMatchObject({ state: 'EXPIRED' });
  });
}
