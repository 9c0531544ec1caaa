import { randomUUID } from 'node:crypto';
import { expect, test } from 'vitest';
import { parseCourtRegistry } from '../../../common/court-registry.ts';
import { personIdVector } from '../../../common/person-id.ts';
import {
  createMutation,
  fields,
  joint,
  noCriteria,
  registry,
  startCommand,
  type TaskForceAnswer,
  updateMutation,
} from './command.ts';
import { describeOnBoth } from './engines.ts';

const one = `query($id: ID!) { taskForce(id: $id) { ${fields} } }`;
const uuid = /^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/;
const creditorPersonId = personIdVector.persons[0].id;

describeOnBoth('a task force', (open) => {
  test('comes back as it was created, its criteria in their one spelling', async () => {
    const { create, data } = await startCommand(await open());
    const created = await create({
      name: ' 涉徐工集团案件专项攻坚 ',
      purpose: '指定管辖、分片执行\n第一批',
      criteria: {
        creditorPersonId,
        creditorName: '徐工集团𠮷',
        amountOutstandingMin: '0.5',
        amountOutstandingMax: '1000000000000000',
        stages: ['FAST', 'FILED', 'FAST'],
        courts: ['苏0381', '苏03', '苏0381'],
        provinces: ['江苏', '内蒙古自治区', '江苏省'],
      },
    });
    expect(created).toEqual({
      id: expect.stringMatching(uuid) as string,
      name: '涉徐工集团案件专项攻坚',
      purpose: '指定管辖、分片执行\n第一批',
      criteria: {
        creditorPersonId,
        creditorName: '徐工集团𠮷',
        amountOutstandingMin: '0.50',
        amountOutstandingMax: '1000000000000000.00',
        stages: ['FILED', 'FAST'],
        courts: ['苏03', '苏0381'],
        provinces: ['江苏省', '内蒙古自治区'],
      },
      courts: [{ code: '苏03' }, { code: '苏0381' }],
      createdAt: '2018-01-04T08:30:00.250+08:00',
      updatedAt: '2018-01-04T08:30:00.250+08:00',
    });
    expect((await data(one, { id: created.id })).taskForce).toEqual(created);
  });

  test('has all courts of the registry, in its order, when the criteria name none', async () => {
    const { create } = await startCommand(await open());
    const { courts, criteria } = await create(joint);
    expect(courts).toEqual(registry.courts.map(({ code }) => ({ code })));
    expect(criteria).toEqual({ ...noCriteria, creditorName: '徐工集团' });
  });

  test('knows a merged court by the court that has it now, before and after the merger', async () => {
    const database = await open();
    const before = await startCommand(database);
    const { id } = await before.create({
      name: '专项行动',
      criteria: { courts: ['苏0382', '苏0381', '苏0303', '苏0311'] },
    });
    const merged = parseCourtRegistry({
      courts: registry.courts
        .filter(({ code }) => code !== '苏0303' && code !== '苏0311')
        .map((court) => (court.code === '苏0381' ? { ...court, codes: [...court.codes, '苏0303'] } : court)),
    });
    const after = await startCommand(database, merged);
    const { taskForce } = await after.data(one, { id });
    // What is gone altogether stays, so that the hub tells it is unknown.
    expect(taskForce!.courts).toEqual([{ code: '苏0381' }, { code: '苏0382' }, { code: '苏0311' }]);
    expect(taskForce!.criteria).toEqual({ ...noCriteria, courts: ['苏0303', '苏0311', '苏0381', '苏0382'] });
    const { criteria } = await after.create({ name: '专项行动', criteria: { courts: ['苏0303', '苏0381'] } });
    expect(criteria).toEqual({ ...noCriteria, courts: ['苏0381'] });
  });

  test('changes in what an update speaks of, and in nothing else', async () => {
    const { create, update, data, clock } = await startCommand(await open());
    const created = await create({
      ...joint,
      purpose: '集中执行',
      criteria: { stages: ['FILED'], creditorName: '徐工' },
    });
    const other = await create(joint);
    const renamed = await (clock.advance(1_000), update(created.id, { name: '第二阶段' }));
    expect(renamed).toEqual({ ...created, name: '第二阶段', updatedAt: '2018-01-04T08:30:01.250+08:00' });
    const without = await update(created.id, { purpose: null });
    expect(without).toEqual({ ...renamed, purpose: null });
    const narrowed = await update(created.id, { criteria: { provinces: ['陕西'] } });
    expect(narrowed).toEqual({ ...without, criteria: { ...noCriteria, provinces: ['陕西省'] } });
    expect((await data(one, { id: created.id })).taskForce).toEqual(narrowed);
    expect((await data(one, { id: other.id })).taskForce).toEqual(other);
  });

  test('is null under an id that nobody gave, however it is spelled', async () => {
    const { create, data } = await startCommand(await open());
    const { id } = await create(joint);
    const strangers = [randomUUID(), 'nobody', '', '\0', id.toUpperCase(), `{${id}}`, id.replaceAll('-', ''), ` ${id}`];
    for (const stranger of strangers) expect((await data(one, { id: stranger })).taskForce).toBeNull();
  });

  test('is found for the hub by id, all of them with one statement and each in its own place', async () => {
    const { create, ask, data, statements } = await startCommand(await open());
    const made: TaskForceAnswer[] = [];
    for (let index = 0; index < 12; index += 1) {
      made.push(await create({ name: `第${index}组`, criteria: { courts: [registry.courts[index % 9]!.code] } }));
    }
    const entities = `query($representations: [_Any!]!) {
      _entities(representations: $representations) { ... on TaskForce { ${fields} } } }`;
    const toReference = (id: unknown): object => ({ __typename: 'TaskForce', id });
    const shuffled = [...made.slice(5), ...made.slice(0, 7)];
    statements();
    const found = await data(entities, {
      representations: [toReference('nobody'), ...shuffled.map(({ id }) => toReference(id)), toReference(randomUUID())],
    });
    expect(statements()).toBe(1);
    expect(found._entities).toEqual([null, ...shuffled, null]);
    const { data: partly, errors } = await ask(entities, {
      representations: [toReference(7), toReference(made[0]!.id)],
    });
    expect(partly).toEqual({ _entities: [null, made[0]] });
    expect(errors).toMatchObject([{ path: ['_entities', 0], extensions: { code: 'BAD_USER_INPUT' } }]);
  });

  test('outlives the program, and the program says whether there is any', async () => {
    const database = await open();
    const first = await startCommand(database);
    expect(await first.command.isEmpty()).toBe(true);
    const { id } = await first.command.create(joint, 'seed');
    await first.command.stop();
    const again = await startCommand(database);
    expect(await again.command.isEmpty()).toBe(false);
    expect((await again.command.create(joint, 'seed')).id).toBe(id);
    expect((await again.data('{ taskForces { totalCount } }')).taskForces.totalCount).toBe(1);
  });

  test('is not made or changed by what is refused', async () => {
    const { create, refusal, data } = await startCommand(await open());
    const created = await create(joint);
    const key = randomUUID();
    for (const input of [
      { name: '', criteria: joint.criteria },
      { name: '全市', criteria: {} },
    ]) {
      expect((await refusal(createMutation, { input, key })).extensions).toMatchObject({ code: 'BAD_USER_INPUT' });
    }
    const changes = [
      {},
      { name: null },
      { criteria: null },
      { criteria: {} },
      { name: '甲', criteria: { stages: [] } },
    ];
    for (const input of changes) {
      const { extensions } = await refusal(updateMutation, { id: created.id, input, key });
      expect(extensions).toMatchObject({ code: 'BAD_USER_INPUT' });
    }
    for (const id of [randomUUID(), 'nobody', '\0']) {
      expect((await refusal(updateMutation, { id, input: { name: '甲' }, key })).extensions).toEqual({
        code: 'NOT_FOUND',
        argument: 'id',
      });
    }
    const { taskForces } = await data(`{ taskForces { edges { node { ${fields} } } } }`);
    expect(taskForces.edges).toEqual([{ node: created }]);
    // What was refused left its key free.
    expect((await create(joint, key)).id).not.toBe(created.id);
  });

  test('has a name and a purpose of people: not too long, and without identity numbers', async () => {
    const { create, update, refusal } = await startCommand(await open());
    const { id } = await create({ ...joint, name: '𠮷'.repeat(200), purpose: '行'.repeat(2_000) });
    const refused: [string, object][] = [
      ['input.name', { name: ' ' }],
      ['input.name', { name: '𠮷'.repeat(201) }],
      ['input.name', { name: '张三\0' }],
      ['input.name', { name: '张三１１０１０５１９４９１２３１００２Ｘ专项' }],
      ['input.purpose', { purpose: '行'.repeat(2_001) }],
      ['input.purpose', { purpose: '对 110105 491231 002 集中执行' }],
      ['input.purpose', { purpose: '91350100M000100Y43' }],
    ];
    for (const [argument, words] of refused) {
      for (const [mutation, variables] of [
        [createMutation, { input: { ...joint, ...words }, key: 'k' }],
        [updateMutation, { id, input: words, key: 'k' }],
      ] as const) {
        const { message, extensions } = await refusal(mutation, variables);
        expect(extensions).toMatchObject({ code: 'BAD_USER_INPUT', argument });
        expect(message).not.toMatch(/\d{6}/);
      }
    }
    expect((await update(id, { purpose: ' ' })).purpose).toBeNull();
  });

  test('cannot be stored without a condition, whoever writes it', async () => {
    const { database } = await startCommand(await open());
    const insert = (columns: string, values: string): Promise<unknown> =>
      database.query(
        `insert into task_force (id, name, created_at, updated_at${columns}) values ($1, '专项', now(), now()${values})`,
        [randomUUID()],
      );
    await expect(insert('', '')).rejects.toMatchObject({ code: '23514', constraint: 'task_force_criteria' });
    await expect(insert(', stages', `, '{}'`)).rejects.toMatchObject({ code: '23514' });
    await insert(', stages', `, '{FILED}'`);
  });

  test('is refused with one sentence that says what would be right', async () => {
    const { refusal } = await startCommand(await open());
    const { message, extensions } = await refusal(createMutation, {
      input: { name: '专项', criteria: { courts: ['苏0312', '沪01'] } },
      key: 'a',
    });
    const known = registry.courts.map(({ code }) => code);
    expect(message).toBe(
      `input.criteria.courts: no court of the registry has the code "沪01"; known courts: ${known.join(', ')}`,
    );
    expect(extensions).toEqual({
      code: 'UNKNOWN_COURT',
      argument: 'input.criteria.courts',
      given: 'the code "沪01"',
      known,
    });
  });
});
