import { expect, test } from 'vitest';
import { parseCourtRegistry } from '../../../common/court-registry.ts';
import { createCommand } from '../../../subgraphs/command/program.ts';
import type { Database } from '../../../subgraphs/kit/database/database.ts';
import { viewerHeaders } from '../../support/viewers.ts';
import { createMutation, fields, joint, registry, startCommand, updateMutation } from './command.ts';
import { describeOnBoth } from './engines.ts';

const dayMs = 86_400_000;
const conflict = { code: 'IDEMPOTENCY_CONFLICT', argument: 'idempotencyKey' };
const all = `{ taskForces { totalCount edges { node { ${fields} } } } }`;

async function storedKeys(database: Database): Promise<string[]> {
  const { rows } = await database.query<{ key: string }>('select key from idempotency order by key');
  return rows.map(({ key }) => key);
}

describeOnBoth('a change under a key', (open) => {
  test('asked for again gives the same answer and changes nothing, also after others changed it', async () => {
    const { create, update, data, clock } = await startCommand(await open());
    const input = { ...joint, criteria: { ...joint.criteria, amountOutstandingMin: '100', stages: ['FILED'] } };
    const created = await create(input, 'k1');
    clock.advance(60_000);
    const changed = await update(created.id, { name: '改名' }, 'k2');
    const changedAgain = await update(created.id, { name: '再改', criteria: { provinces: ['江苏'] } }, 'k3');
    clock.advance(60_000);
    expect(await create(input, 'k1')).toEqual(created);
    expect(await update(created.id, { name: '改名' }, 'k2')).toEqual(changed);
    expect((await data(all)).taskForces).toEqual({ totalCount: 1, edges: [{ node: changedAgain }] });
  });

  test('is the same however its input is written', async () => {
    const { create, ask } = await startCommand(await open());
    const { id } = await create({ name: '专项', criteria: { creditorName: '徐工', amountOutstandingMin: '1.5' } }, 'k');
    const { data, errors } = await ask(`mutation { createTaskForce(idempotencyKey: "k", input: {
      criteria: { stages: null, amountOutstandingMin: "1.50", creditorName: "徐工" }, purpose: null, name: "专项" }) { id } }`);
    expect(errors).toBeUndefined();
    expect(data).toEqual({ createTaskForce: { id } });
  });

  test('is refused under a key of another input, another task force or another operation', async () => {
    const { create, update, refusal, data } = await startCommand(await open());
    const first = await create(joint, 'k1');
    const second = await create(joint, 'k2');
    const changed = await update(first.id, { name: '改名' }, 'k3');
    const others: [string, Record<string, unknown>][] = [
      [createMutation, { key: 'k1', input: { ...joint, name: '另一个' } }],
      [createMutation, { key: 'k1', input: { ...joint, purpose: '目的' } }],
      [createMutation, { key: 'k1', input: { ...joint, criteria: { creditorName: '徐工' } } }],
      [createMutation, { key: 'k1', input: { ...joint, name: '' } }],
      [createMutation, { key: 'k3', input: joint }],
      [updateMutation, { key: 'k1', id: first.id, input: joint }],
      [updateMutation, { key: 'k3', id: first.id, input: { name: '改名', purpose: null } }],
      [updateMutation, { key: 'k3', id: second.id, input: { name: '改名' } }],
    ];
    for (const [mutation, variables] of others) {
      expect((await refusal(mutation, variables)).extensions).toEqual(conflict);
    }
    const { taskForces } = await data(all);
    expect(taskForces.totalCount).toBe(2);
    expect(taskForces.edges.map(({ node }) => node)).toEqual(expect.arrayContaining([changed, second]));
  });

  test('is made once when it is asked for many times at the same moment, by several programs too', async () => {
    const database = await open();
    const programs = await Promise.all([startCommand(database), startCommand(database)]);
    const asked = Array.from({ length: 12 }, (_, index) => programs[index % 2]!.create(joint, 'same'));
    const answers = await Promise.all(asked);
    expect(new Set(answers.map((answer) => JSON.stringify(answer))).size).toBe(1);
    expect((await programs[0].data(all)).taskForces.totalCount).toBe(1);
  });

  test('is made once when whoever asked first did not wait for the answer', async () => {
    const { command, create, data } = await startCommand(await open());
    const gone = new AbortController();
    const question = { query: createMutation, variables: { input: joint, key: 'k1' } };
    const unheard = command.ask(question, gone.signal, viewerHeaders());
    gone.abort(new Error('the asker has gone'));
    await expect(unheard).rejects.toThrow('the asker has gone');
    const answered = await create(joint, 'k1');
    expect((await data(all)).taskForces).toEqual({ totalCount: 1, edges: [{ node: answered }] });
  });

  test('gives its answer again although the registry has changed since', async () => {
    const database = await open();
    const before = await startCommand(database);
    const input = { name: '专项', criteria: { courts: ['苏0303'] } };
    const created = await before.create(input, 'k1');
    const without = parseCourtRegistry({ courts: registry.courts.filter(({ code }) => code !== '苏0303') });
    const after = await startCommand(database, without);
    expect(await after.create(input, 'k1')).toEqual(created);
    expect((await after.refusal(createMutation, { input, key: 'k2' })).extensions).toMatchObject({
      code: 'UNKNOWN_COURT',
    });
  });

  test('wins alone over different inputs under its key at the same moment; the others are told', async () => {
    const { ask, data } = await startCommand(await open());
    const names = Array.from({ length: 8 }, (_, index) => `第${index}组`);
    const answers = await Promise.all(
      names.map((name) => ask(createMutation, { key: 'same', input: { ...joint, name } })),
    );
    const refused = answers.filter(({ errors }) => errors !== undefined);
    expect(refused.map(({ errors }) => errors!.map(({ extensions }) => extensions))).toEqual(
      Array.from({ length: 7 }, () => [conflict]),
    );
    const made = answers.find(({ errors }) => errors === undefined)!.data!['createTaskForce'];
    expect((await data(all)).taskForces.edges).toEqual([{ node: made }]);
  });

  test('does not wait for changes under other keys, and none is lost', async () => {
    const { create, update, data } = await startCommand(await open());
    const { id } = await create(joint);
    const fieldsApart = [{ name: '改名' }, { purpose: '目的' }, { criteria: { provinces: ['江苏'] } }];
    await Promise.all([...fieldsApart.map((input) => update(id, input)), create(joint), create(joint)]);
    const { taskForces } = await data(all);
    expect(taskForces.totalCount).toBe(3);
    expect(taskForces.edges.find(({ node }) => node.id === id)!.node).toMatchObject({
      name: '改名',
      purpose: '目的',
      criteria: { creditorName: null, provinces: ['江苏省'] },
    });
  });

  test('is remembered for 24 hours and then forgotten, in passing', async () => {
    const { create, database, clock, refusal, update, data } = await startCommand(await open());
    const first = await create(joint, 'k1');
    clock.advance(dayMs / 2);
    await create(joint, 'k2');
    clock.advance(dayMs / 2 - 1);
    expect(await create(joint, 'k1')).toEqual(first);
    expect((await refusal(createMutation, { key: 'k1', input: { ...joint, name: '另' } })).extensions).toEqual(
      conflict,
    );
    clock.advance(1);
    const again = await update(first.id, { name: '同一个键，另一件事' }, 'k1');
    expect(again.name).toBe('同一个键，另一件事');
    expect(await storedKeys(database)).toEqual(['k1', 'k2']);
    clock.advance(dayMs / 2);
    await create(joint, 'k3');
    expect(await storedKeys(database)).toEqual(['k1', 'k3']);
    expect((await data(all)).taskForces.totalCount).toBe(3);
  });

  test('leaves the digest of its input and its answer, stored with it or not at all', async () => {
    const { create, database } = await startCommand(await open());
    await create(joint, 'k1');
    const columns = await database.query<{ name: string }>(
      'select column_name as name from information_schema.columns where table_schema = $1 and table_name = $2 order by 1',
      [database.schema, 'idempotency'],
    );
    expect(columns.rows.map(({ name }) => name)).toEqual(['answer', 'answered_at', 'digest', 'key']);
    // A table that refuses every answer.
    await database.query(`alter table idempotency add constraint closed check (key = 'k1')`);
    const faults: Error[] = [];
    const command = await createCommand({ registry, database, onFault: (fault) => faults.push(fault) });
    const { errors } = await command.ask(
      { query: createMutation, variables: { input: joint, key: 'k2' } },
      AbortSignal.timeout(20_000),
      viewerHeaders(),
    );
    expect(errors).toMatchObject([{ message: 'Internal error', extensions: { code: 'INTERNAL' } }]);
    expect(faults).toMatchObject([{ code: '23514' }]);
    const { rows } = await database.query('select count(*) as count from task_force');
    expect(rows).toEqual([{ count: 1n }]);
  });

  test.each(['', ' ', 'a b', '键', 'x'.repeat(201), 'a\n', '320323198501011234', 'order-110105491231002'])(
    'is refused when the key is %j',
    async (key) => {
      const { refusal, create } = await startCommand(await open());
      const { message, extensions } = await refusal(createMutation, { input: joint, key });
      expect(extensions).toMatchObject({ code: 'BAD_USER_INPUT', argument: 'idempotencyKey' });
      expect(message).not.toMatch(/\d{8}/);
      expect((await create(joint, 'x'.repeat(200))).name).toBe(joint.name);
    },
  );
});
