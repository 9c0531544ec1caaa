import { createHash } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';

import { parseIdentity } from '../../../common/identity.ts';
import type { PersonKey } from '../../../common/person-id.ts';
import type { Database, DatabaseHost } from '../../../subgraphs/kit/database/database.ts';
import { createPostgres } from '../../../subgraphs/kit/database/postgres.ts';
import { openDatabaseStore } from '../../../subgraphs/kit/inquiry/database-store.ts';
import { claimForMarking } from '../../../subgraphs/kit/inquiry/mark-key.ts';
import { createMarking, markColumns } from '../../../subgraphs/kit/inquiry/marks.ts';
import { describeOnPostgres } from '../../support/describe-postgres.ts';
import { createTestDatabase } from '../../support/test-database.ts';
import { openWorkerPglite } from '../../support/worker-pglite.ts';
import { viewerHeaders } from '../../support/viewers.ts';
import { agencies, parties, party, residentNumber, start, type Line } from '../agencies/fixture.ts';
import { ownerOfAccount, seed } from '../control/fixture.ts';

const personKey: PersonKey = { version: 1, secret: new Uint8Array(32).fill(7) };
const otherKey: PersonKey = { version: 1, secret: new Uint8Array(32).fill(8) };
const [bank] = agencies;

describe('tickets on PGlite', () => markedTests(() => openWorkerPglite()));

describeOnPostgres('tickets on PostgreSQL', () =>
  markedTests(async () => {
    const server = await createTestDatabase();
    const host = await createPostgres({ url: server.url, poolSize: 3 });
    return {
      open: (schema) => host.open(schema),
      async stop() {
        await host.stop();
        await server[Symbol.asyncDispose]();
      },
    };
  }),
);

/** A schema as the program before this one has left it: its rows are of a program without a key. */
async function asBefore(database: Database): Promise<void> {
  await database.query('drop table mark_key');
  for (const table of ['ticket', 'control']) await database.query(`drop index ${table}_unsealed`);
  await database.query(`delete from migration where name = '0005-mark-key'`);
}

/** All marks that are kept. */
async function marksIn(database: Database): Promise<string[]> {
  const marks = [];
  for (const table of ['ticket', 'control']) {
    const { rows } = await database.query<Record<string, string>>(`select ${markColumns.join(', ')} from ${table}`);
    marks.push(...rows.flatMap((row) => Object.values(row)));
  }
  return marks;
}

/** What a stranger would hold beside a ticket to confirm whom it is about. */
function guessesOf(series: string, number: string): string[] {
  return [
    [series, 'RESIDENT_ID', number],
    ['nonet person mark 1', 'RESIDENT_ID', number],
  ].map((parts) => createHash('sha256').update(JSON.stringify(parts)).digest('hex').slice(0, 8));
}

const submits = (line: Line) => line.upstreams.calls().bank.submit;
/** Somebody else, who comes with the number of the first question. */
const stranger = party(0, { subject: { name: '被执行人0', idType: 'RESIDENT_ID', idNumber: residentNumber(99) } });
const forOther = { status: 'REFUSED', reason: 'WRIT_FOR_OTHER_PARTY' };

function markedTests(open: () => Promise<DatabaseHost>): void {
  let host: DatabaseHost;
  let schemas = 0;
  beforeAll(async () => {
    host = await open();
  });
  afterAll(() => host.stop());
  const openSchema = () => host.open(`marked_${++schemas}`);

  it('of a program with the city’s key cannot be confirmed without it, and are known again with it', async () => {
    const database = await openSchema();
    const before = await (async () => {
      await using line = await start(bank, { database, personKey });
      return await line.ask(parties(2));
    })();
    const marks = await marksIn(database);
    expect(marks).toHaveLength(6);
    // 132 bits.
    for (const mark of marks) expect(mark).toMatch(/^k[\w-]{22}$/);
    for (const guess of guessesOf(before[0]!.requestNumber!, residentNumber(0)))
      expect(marks.join()).not.toContain(guess);
    const other = createMarking(otherKey).personMark(parseIdentity(residentNumber(0)));
    expect(marks).toContain(createMarking(personKey).personMark(parseIdentity(residentNumber(0))));
    expect(marks).not.toContain(other);
    await using line = await start(bank, { database, personKey });
    expect(await line.ask(parties(2))).toEqual(before);
    expect(submits(line)).toBe(0);
    expect((await line.ask([stranger]))[0]).toMatchObject(forOther);
  });

  it('from before there was a key are sealed by the first start with it, and none is lost or asked twice', async () => {
    const database = await openSchema();
    const before = await (async () => {
      await using line = await start(bank, { database });
      return await line.ask(parties(3));
    })();
    const [guess, personGuess] = guessesOf(before[0]!.requestNumber!, residentNumber(0));
    // What was done about it: whoever had these rows could confirm a guess.
    expect(await marksIn(database)).toEqual(expect.arrayContaining([guess, personGuess]));
    await asBefore(database);
    await using line = await start(bank, { database, personKey });
    expect(await line.ask(parties(3))).toEqual(before);
    expect(submits(line)).toBe(0);
    expect((await line.ask([stranger]))[0]).toMatchObject(forOther);
    const sealed = await marksIn(database);
    expect(sealed).toHaveLength(9);
    for (const mark of sealed) expect(mark).toMatch(/^w[\w-]{22}$/);
    // Answers about him are found by a mark that was sealed, and by no other person's.
    const store = await openDatabaseStore(database);
    const of = (key: PersonKey | null, n: number) =>
      store.recordsAbout(createMarking(key).personMarks(parseIdentity(residentNumber(n))));
    expect(await of(personKey, 99)).toEqual([]);
    expect(await of(null, 0)).toEqual([]);
    const { rows } = await database.query<{ n: bigint }>(
      `select sum(json_array_length(records)) as n from ticket where series = $1`,
      [before[0]!.requestNumber],
    );
    expect(BigInt((await of(personKey, 0)).length)).toBe(rows[0]!.n);
  });

  it('that were open, or had failed, go on under their numbers after it', async () => {
    const database = await openSchema();
    const failed = await (async () => {
      await using line = await start(bank, { database }, { behaviour: { bank: { fault: 'down' } } });
      return await line.ask(parties(1));
    })();
    expect(failed[0]!.status).toBe('UNREACHABLE');
    const open = await (async () => {
      await using line = await start(bank, { database, waitMs: 0 }, { dayMs: 100_000 });
      return await line.ask([party(1), party(2)]);
    })();
    for (const { status } of open) expect(status).toBe('PENDING');
    await asBefore(database);
    await using line = await start(bank, { database, personKey });
    const read = await line.ask(parties(3));
    for (const { status } of read) expect(['FOUND', 'NONE']).toContain(status);
    expect(read.map(({ requestNumber }) => requestNumber)).toEqual(
      [...failed, ...open].map(({ requestNumber }) => requestNumber),
    );
    const { rows } = await database.query('select request_number from ticket');
    expect(rows).toHaveLength(3);
    for (const mark of await marksIn(database)) expect(mark).toMatch(/^[kw][\w-]{22}$/);
  });

  it('are made anew where the question is still there', async () => {
    const database = await openSchema();
    await (async () => {
      await using line = await start(bank, { database, waitMs: 0 }, { dayMs: 100_000 });
      await line.ask([party(0), party(1)]);
    })();
    await database.query(
      `update ticket set state = 'EXPIRED', settled_at = now(), status = 'TIMEOUT', reason = 'DEADLINE' where request_number = (select min(request_number) from ticket)`,
    );
    await asBefore(database);
    const marking = createMarking(personKey);
    await openDatabaseStore(database);
    await claimForMarking(database, marking);
    const { rows } = await database.query<{ about: string; wording: string; person: string }>(
      'select about, wording, person from ticket',
    );
    const people = [0, 1].map((n) => marking.personMark(parseIdentity(residentNumber(n))));
    expect(rows.map(({ person }) => person).sort()).toEqual(people.sort());
    for (const mark of await marksIn(database)) expect(mark).toMatch(/^k[\w-]{22}$/);
    // They are those that the same questions have now.
    await using line = await start(bank, { database, personKey, waitMs: 0 }, { dayMs: 100_000 });
    const before = await marksIn(database);
    await line.ask([party(0), party(1)]);
    expect(await marksIn(database)).toEqual(expect.arrayContaining(before));
    expect((await line.ask([stranger]))[0]).toMatchObject(forOther);
  });

  it('are sealed to the last beside another program that has begun to', async () => {
    const database = await openSchema();
    await (await start(bank, { database, personKey }))[Symbol.asyncDispose]();
    await database.query(
      `insert into ticket (request_number, series, round, state, about, wording, person, drafted_at, expected_by,
         answer_by, settled_at, status, reason)
       select lpad(n::text, 4, '0'), n::text, 1, 'FAILED', lpad(to_hex(n), 8, '0'), '0123abcd', '89abcdef', now(), now(), now(), now(),
         'UNREACHABLE', 'DOWN' from generate_series(1, 2500) as n`,
    );
    let begin = () => {};
    const claimed = new Promise<void>((resolve) => (begin = resolve)).then(() =>
      claimForMarking(database, createMarking(personKey)),
    );
    await database.transaction(async (first) => {
      await first.query(
        `update ticket set about = 'w' || about, wording = 'w' || wording, person = 'w' || person
         where request_number in (select request_number from ticket order by request_number limit 1000)`,
      );
      begin();
      // Until the other waits for these rows; on one connection it waits for this transaction.
      await vi
        .waitFor(async () => {
          const { rows } = await first.query(
            `select from pg_stat_activity where datname = current_database() and wait_event_type = 'Lock'`,
          );
          expect(rows).not.toEqual([]);
        })
        .catch(() => undefined);
    });
    await claimed;
    const { rows } = await database.query('select from ticket where length(about) = 8');
    expect(rows).toEqual([]);
  });

  it('of measures are told and not carried out again, and outdate what was answered before it', async () => {
    const database = await openSchema();
    const { order, who } = freeze();
    const carryOut = async (line: Line) => {
      const query = `query ($orders: [_Any!]!) { _entities(representations: $orders) { ... on MeasureOrder {
        bank { status reason requestNumber controlledAmount } } } }`;
      const question = { query, variables: { orders: [order] } };
      const { data, errors } = await line.program.ask(question, AbortSignal.timeout(25_000), viewerHeaders());
      expect(errors).toBeUndefined();
      return (data!['_entities'] as { bank: Record<string, unknown> }[])[0]!.bank;
    };
    await (async () => {
      await using line = await start(bank, { database }, { seed });
      await line.ask([who]);
    })();
    await asBefore(database);
    const done = await (async () => {
      await using line = await start(bank, { database, personKey }, { seed });
      const [first] = await line.ask([who]);
      expect(submits(line)).toBe(0);
      const outcome = await carryOut(line);
      expect(outcome).toMatchObject({ status: 'SUCCESS', controlledAmount: '1000.00' });
      // The sealed answer is of before the measure.
      const [again] = await line.ask([who]);
      expect(again!.requestNumber).not.toBe(first!.requestNumber);
      return outcome;
    })();
    await using line = await start(bank, { database, personKey }, { seed });
    expect(await carryOut(line)).toEqual(done);
    expect(line.upstreams.calls().bank).toMatchObject({ submit: 0 });
  });

  it('that were marked by one key are opened by no program with another, or with none', async () => {
    const database = await openSchema();
    const { schema } = database;
    await (await start(bank, { database, personKey }))[Symbol.asyncDispose]();
    const said = (given: PersonKey | null) =>
      start(bank, { database, personKey: given }).then(
        () => 'it started',
        (error: unknown) => (error as Error).message,
      );
    const right = 'give its file by --person-key or NONET_PERSON_KEY_FILE.';
    const wrong = `the tickets in the schema ${schema} are marked by the city's key, and`;
    expect(await said(null)).toBe(`${wrong} none was given: ${right}`);
    expect(await said(otherKey)).toBe(`${wrong} another was given: ${right}`);
  });

  it('of many are sealed whole, by several programs that start at once', async () => {
    const database = await openSchema();
    await (await start(bank, { database }))[Symbol.asyncDispose]();
    for (const table of ['ticket', 'control'])
      await database.query(
        `insert into ${table} (request_number, series, round, state, about, wording, person, drafted_at, expected_by,
           answer_by, settled_at, status, reason)
         select n::text, n::text, 1, 'FAILED', lpad(to_hex(n), 8, '0'), '0123abcd', case when n % 2 = 0 then '89abcdef' end,
           now(), now(), now(), now(), 'UNREACHABLE', 'DOWN' from generate_series(1, 2500) as n`,
      );
    await asBefore(database);
    const lines = [];
    for (const line of await Promise.all([1, 2].map(() => start(bank, { database, personKey, shared: true }))))
      lines.push(line);
    const { rows } = await database.query<{ n: bigint; about: bigint }>(
      `select count(*) as n, count(distinct about) as about from (select * from ticket union all select * from control) as all_rows
       where about ~ '^w.{22}$' and wording ~ '^w.{22}$' and (person is null or person ~ '^w.{22}$')`,
    );
    expect(rows).toEqual([{ n: 5_000n, about: 2_500n }]);
    for (const line of lines) await line[Symbol.asyncDispose]();
  });
}

/** A freeze on the account of somebody whom the mocks know, and him as federation brings him. */
function freeze() {
  const { idNumber, account } = ownerOfAccount(({ DJXX, YE }) => DJXX.length === 0 && Number(YE) > 1_000);
  const subject = { name: '王强', idType: 'RESIDENT_ID', idNumber };
  const mandate = {
    ...{ number: '（2018）苏0312执1号之一', originId: null, isReleased: false, releaseIds: [], agency: 'BANK' },
    ...{ action: 'FREEZE', amount: '1000.00', until: '2018-12-31', property: account.KHZH, bankName: account.YHMC },
    ...{ signedBy: '李法官', signedOn: '2018-01-04', courtName: '徐州市铜山区人民法院', courtCode: '苏0312' },
    ...{ handlerName: '赵', handlerPhone: '1', workIdNumber: 'G', dutyCertificateNumber: 'Z' },
  };
  const caseNumber = '（2017）苏0312执1号';
  return {
    order: { __typename: 'MeasureOrder', caseNumber, id: crypto.randomUUID(), partyId: '1', subject, mandate },
    who: party(0, { subject }),
  };
}

vi.setConfig({ testTimeout: 60_000 });
