/** Changes: made once, by one program, and never quietly lost (rule 12). */

import { family } from '../audit.ts';
import {
  codesOf,
  expectEqual,
  expectItems,
  expectOneError,
  expectSame,
  expectThat,
  expectWhole,
} from '../expecting.ts';
import { numbersOf, valueOf } from '../questions.ts';
import { askCreate, countForces, createForce, forceCases, newKey } from '../task-forces.ts';
import { reset } from '../world/faults.ts';
import type { Behaviour } from '../world/front.ts';

const closed = { stages: ['CLOSED'] };

export const mutationAudits = family('mutations', [
  {
    id: 'MUT-01',
    name: 'MUST make a change, and show it',
    async check({ ask, city }) {
      const id = await createForce(ask, '审计行动一', closed);
      const answer = await ask('query ($id: ID!) { taskForce(id: $id) { id name } }', { id });
      expectSame('the new task force', answer.data, { taskForce: { id, name: '审计行动一' } });
      expectEqual('its cases', (await forceCases(ask, id, { first: 1 })).totalCount, city.matching(closed).length);
    },
  },
  {
    id: 'MUT-02',
    name: 'MUST make a change once under its key, and give the same answer again',
    async check({ ask }) {
      const key = newKey();
      const before = await countForces(ask);
      const ids = [
        await createForce(ask, '审计行动二', closed, key),
        await createForce(ask, '审计行动二', closed, key),
      ];
      expectThat(ids[0] === ids[1], 'one key twice: expected one task force; came two.');
      expectEqual('new task forces', (await countForces(ask)) - before, 1);
    },
  },
  {
    id: 'MUT-03',
    name: 'MUST refuse another change under a key that was used, and make nothing of it',
    async check({ ask }) {
      const key = newKey();
      await createForce(ask, '审计行动三', closed, key);
      const before = await countForces(ask);
      expectEqual('another change: codes of the errors', codesOf(await askCreate(ask, '另一行动', closed, key)), [
        'IDEMPOTENCY_CONFLICT',
      ]);
      expectEqual('new task forces', (await countForces(ask)) - before, 0);
    },
  },
  {
    id: 'MUT-04',
    name: 'MUST send a change to one program, once, and never to the courts',
    async check({ ask, courts, command }) {
      await createForce(ask, '审计行动四', closed);
      const changes = command.asked.filter(({ query }) => query.includes('createTaskForce')).length;
      expectEqual('times that the command centre was asked to change', changes, 1);
      const others = [...courts].filter(([, { asked }]) => asked.length > 0).map(([code]) => code);
      expectEqual('courts that were asked', others, []);
    },
  },
  {
    id: 'MUT-05',
    name: 'MUST say UNKNOWN, with the key, of a change whose answer was lost; asked again it is made once',
    async check({ ask, command }) {
      const key = newKey();
      const before = await countForces(ask);
      {
        await using _ = await command.suffer(lost);
        const facts = expectOneError('a lost answer', await askCreate(ask, '审计行动五', closed, key), 'UNKNOWN');
        expectEqual('whether the error has the key', facts['idempotencyKey'] === key, true);
      }
      await createForce(ask, '审计行动五', closed, key);
      expectEqual('new task forces', (await countForces(ask)) - before, 1);
    },
  },
  {
    id: 'MUT-06',
    name: 'MUST make two changes of one request in their order, each once',
    async check({ ask, command }) {
      const answer = await ask(
        `mutation ($c: TaskForceCriteriaInput!, $a: ID!, $b: ID!) {
          one: createTaskForce(input: { name: "甲", criteria: $c }, idempotencyKey: $a) { name }
          two: createTaskForce(input: { name: "乙", criteria: $c }, idempotencyKey: $b) { name }
        }`,
        { c: closed, a: newKey(), b: newKey() },
      );
      expectWhole('two changes', answer);
      expectSame('two changes', answer.data, { one: { name: '甲' }, two: { name: '乙' } });
      const times = command.asked.flatMap(({ query }) => query.match(/createTaskForce\s*\(/g) ?? []).length;
      expectEqual('changes that the command centre was asked for', times, 2);
    },
  },
  {
    id: 'MUT-07',
    name: 'MUST give a changed task force the cases of its new criteria',
    async check({ ask, city }) {
      const id = await createForce(ask, '审计行动七', closed);
      const criteria = { courts: [city.merged] };
      const answer = await ask(
        `mutation ($id: ID!, $c: TaskForceCriteriaInput!, $key: ID!) {
          updateTaskForce(id: $id, input: { criteria: $c }, idempotencyKey: $key) { id }
        }`,
        { id, c: criteria, key: newKey() },
      );
      expectWhole('updateTaskForce', answer);
      const came = numbersOf(await forceCases(ask, id, { first: 100 }));
      expectItems(
        'cases of the new criteria',
        [...came].sort(),
        city
          .matching(criteria)
          .map(({ display }) => display)
          .sort(),
      );
    },
  },
  {
    id: 'MUT-08',
    name: 'MUST refuse criteria without a condition, and those that name no court of the registry',
    async check({ ask }) {
      const before = await countForces(ask);
      expectEqual('no condition: codes of the errors', codesOf(await askCreate(ask, '审计行动八', {}, newKey())), [
        'BAD_USER_INPUT',
      ]);
      const stranger = await askCreate(ask, '审计行动八', { courts: ['苏9999'] }, newKey());
      expectEqual('an unknown court: codes of the errors', codesOf(stranger), ['UNKNOWN_COURT']);
      expectEqual('new task forces', (await countForces(ask)) - before, 0);
    },
  },
  {
    id: 'MUT-09',
    name: 'MUST say NOT_FOUND of a change to what is not there',
    async check({ ask }) {
      const query = `mutation ($key: ID!) {
        updateTaskForce(id: "2c1d0c56-6a0d-4f0e-9d3c-111111111111", input: { name: "无" }, idempotencyKey: $key) { id }
      }`;
      const answer = await ask(query, { key: newKey() });
      expectEqual('codes of the errors', codesOf(answer), ['NOT_FOUND']);
      expectEqual('data', answer.data, { updateTaskForce: null });
    },
  },
  {
    id: 'MUT-10',
    name: 'MUST lose only what the command centre keeps while it is down',
    async check({ ask, city, command }) {
      await using _ = await command.suffer(reset);
      const answer = await ask(
        '{ taskForces(first: 1) { totalCount } cases(first: 1) { totalCount coverage { complete } } }',
      );
      const { cases } = (answer.data ?? {}) as { cases?: unknown };
      expectEqual('cases', cases, { totalCount: city.rows.length, coverage: { complete: true } });
      expectEqual('codes of the errors', codesOf(answer), ['UPSTREAM_UNREACHABLE']);
      expectThat(
        valueOf('cases', answer, 'cases') !== null && answer.data!['taskForces'] === null,
        'taskForces: expected null; came something.',
      );
    },
  },
]);

/** The change is made, and nobody hears of it. */
const lost: Behaviour = async ({ response, answer }) => {
  await answer();
  response.socket?.resetAndDestroy();
};
