import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';

import type { Ask } from '../../../common/wire.ts';
import { startServedCity, type ServedTestCity } from './served-city.ts';

const broken = '苏0311';
let served: ServedTestCity;
let isDown = false;
/** What courts were asked, by code. */
let asked: string[] = [];

beforeAll(async () => {
  served = await startServedCity((code, ask): Ask => {
    return (...question) => {
      asked.push(`${code} ${JSON.stringify(question[0])}`);
      return isDown && code === broken ? Promise.reject(new Error('refused')) : ask(...question);
    };
  });
}, 180_000);
afterEach(() => {
  isDown = false;
  asked = [];
});
afterAll(() => served[Symbol.asyncDispose]());

interface Listed {
  readonly edges: readonly { readonly node: { readonly number: string } }[];
}

/** Numbers of cases of these courts, one each. */
async function numbersOf(...courts: string[]): Promise<string[]> {
  const query = 'query ($courts: [ID!]) { cases(first: 1, filter: { courts: $courts }) { edges { node { number } } } }';
  const answers = await Promise.all(courts.map((court) => served.ask('city', query, { courts: [court] })));
  return answers.map(({ answer }) => (answer.data!['cases'] as Listed).edges[0]!.node.number);
}

const toCase = (number: string) => ({ __typename: 'Case', number });

test('entities come in the order of their representations, whichever court has them', async () => {
  const numbers = await numbersOf('苏0391', '苏03', '苏0312');
  const { answer } = await served.ask(
    'court',
    'query ($representations: [_Any!]!) { _entities(representations: $representations) { ... on Case { __typename number } } }',
    { representations: [...numbers, numbers[0]!].map(toCase) },
  );
  expect(answer).toEqual({
    data: { _entities: [...numbers, numbers[0]!].map((number) => ({ __typename: 'Case', number })) },
  });
});

test('an engine may alias _entities, ask it twice in one operation, name variables as it likes and use fragments', async () => {
  const [one, other] = await numbersOf('苏0391', '苏0312');
  const { answer } = await served.ask(
    'court',
    `query Merged($_0: [_Any!]!, $_1: [_Any!]!, $yes: Boolean = true) {
      a: _entities(representations: $_0) { __typename ...Key ... on _Entity { ... on Case { stage @skip(if: $yes) } } }
      b: _entities(representations: $_1) { ... @include(if: $yes) { ... on Case { n: number } } }
      none: _entities(representations: []) { ... on Case { number } }
      left: _entities(representations: $_1) @skip(if: $yes) { ... on Case { number } }
      __typename
    }
    fragment Key on Case { number }`,
    { _0: [toCase(one!)], _1: [toCase(other!)] },
  );
  expect(answer).toEqual({
    data: { a: [{ __typename: 'Case', number: one }], b: [{ n: other }], none: [], __typename: 'Query' },
  });
  // In the order in which they were asked, as GraphQL has it.
  expect(Object.keys(answer.data!)).toEqual(['a', 'b', 'none', '__typename']);
});

test('representations that differ in order, or in what is not read, are one entity, and what is not read goes no further', async () => {
  const [number] = await numbersOf('苏0391');
  asked = [];
  const { answer } = await served.ask(
    'court',
    'query ($representations: [_Any!]!) { _entities(representations: $representations) { ... on Case { stage } } }',
    {
      representations: [
        { __typename: 'Case', number, note: 'secret' },
        { number, __typename: 'Case' },
      ],
    },
  );
  expect(answer.errors).toBeUndefined();
  expect((answer.data!['_entities'] as unknown[]).length).toBe(2);
  expect(asked).toHaveLength(1);
  expect(asked[0]).not.toContain('secret');
});

test('a court that is down is an error at the entities, those of others are there, and what it has is null', async () => {
  const [one, other] = await numbersOf(broken, '苏0312');
  isDown = true;
  const { answer } = await served.ask(
    'court',
    'query ($_0: [_Any!]!) { few: _entities(representations: $_0) { ... on Case { number } } }',
    { _0: [toCase(one!), toCase(other!)] },
  );
  expect(answer.data).toEqual({ few: [null, { number: other }] });
  expect(answer.errors).toHaveLength(1);
  expect(answer.errors![0]).toMatchObject({
    path: ['few'],
    extensions: { code: 'UPSTREAM_UNREACHABLE', court: broken, reason: 'DOWN' },
  });
});

test('a gathered field of entities without an owner has its coverage as data, and its gap as an error beside it', async () => {
  const people = await served.ask(
    'court',
    'query ($r: [_Any!]!) { _entities(representations: $r) { ... on Case { debtors { person { id } } } } }',
    {
      r: (await numbersOf('苏0312')).map(toCase),
    },
  );
  const [{ debtors }] = people.answer.data!['_entities'] as [{ debtors: [{ person: { id: string } }] }];
  isDown = true;
  const { answer } = await served.ask(
    'reach',
    'query ($r: [_Any!]!) { _entities(representations: $r) { ... on Person { id cases { number } caseConnection { coverage { complete } } } } }',
    { r: [{ __typename: 'Person', id: debtors[0].person.id }] },
  );
  const [person] = answer.data!['_entities'] as [Record<string, unknown>];
  expect(Object.keys(person)).toEqual(['id', 'cases', 'caseConnection']);
  expect(person).toMatchObject({ id: debtors[0].person.id, caseConnection: { coverage: { complete: false } } });
  expect(answer.errors).toHaveLength(1);
  expect(answer.errors![0]).toMatchObject({ path: ['_entities'], extensions: { court: broken } });
});

test('a task force without its criteria is asked of nobody', async () => {
  const { answer } = await served.ask(
    'reach',
    'query ($r: [_Any!]!) { _entities(representations: $r) { ... on TaskForce { cases { totalCount } } } }',
    { r: [{ __typename: 'TaskForce', id: '1' }] },
  );
  expect(answer.data).toEqual({ _entities: [{ cases: null }] });
  expect(answer.errors).toMatchObject([{ extensions: { code: 'MISSING_VALUE', requires: ['criteria'] } }]);
  expect(asked).toEqual([]);
});

test.each([
  ['reach', { __typename: 'Case', number: '（2018）苏0312执1号' }, 'Person, TaskForce'],
  ['court', { __typename: 'Ghost', id: '1' }, 'Case, MeasureOrder, Party'],
  ['court', 'Case', 'Case, MeasureOrder, Party'],
])('%s refuses what is none of its entities and says which are', async (subgraph, representation, known) => {
  const { answer } = await served.ask(
    subgraph,
    'query ($r: [_Any!]!) { _entities(representations: $r) { __typename } }',
    { r: [representation] },
  );
  expect(answer.data).toBeUndefined();
  expect(answer.errors).toMatchObject([{ extensions: { code: 'BAD_USER_INPUT' } }]);
  const names = answer.errors![0]!.message.split(': ')[1]!.replace('.', '').split(', ');
  expect(names.sort().join(', ')).toBe(known);
});
