import { readdirSync, readFileSync } from 'node:fs';

import { ApolloGateway } from '@apollo/gateway';
import { composeServices } from '@apollo/composition';
import { Supergraph } from '@apollo/federation-internals';
import { parse, print } from 'graphql';
import { describe, expect, it } from 'vitest';

import { createGateway, type GatewayOptions } from '../../../../gateway/execution/gateway.ts';
import { createPlannerOf } from '../../../../gateway/execution/planner.ts';
import { openLedger } from '../../../../gateway/ledger/ledger.ts';
import { openRecord } from '../../../../gateway/operating/record.ts';
import type { Source } from '../../../../gateway/explain/foresight.ts';
import { createMetrics } from '../../../../gateway/operating/metrics.ts';
import { fetchOf, type Fetch } from '../../../../gateway/sources/fetch.ts';
import { toExecutorRequest } from '../../../support/executor-request.ts';
import { openRequestTrail } from '../../../../gateway/trail/request-trail.ts';
import { createMemoryTrail } from '../../../../gateway/trail/trail.ts';

const link =
  'extend schema @link(url: "https://specs.apollo.dev/federation/v2.9", import: ["@key", "@external", "@requires"])';
const services = {
  a: `${link} type Query { one: T all: [T!]! pair: [P] } type Mutation { do(n: Int): T } type T @key(fields: "id") { id: ID! size: Int } type P { left: T right: T }`,
  b: `${link} type T @key(fields: "id") { id: ID! size: Int @external b: Int @requires(fields: "size") must: Int! @requires(fields: "size") }`,
  c: `${link} type T @key(fields: "id") { id: ID! size: Int @external c: Int @requires(fields: "size") } type Mutation { then: Int }`,
};

type Answer = (fetch: Fetch) => unknown;

async function start(
  answers: Readonly<Record<string, Answer>>,
  options: GatewayOptions = {},
  sdl = composed(services),
) {
  const fetches: { readonly name: string; readonly fetch: Fetch }[] = [];
  const names = Supergraph.build(sdl)
    .subgraphsMetadata()
    .map(({ name }) => name);
  const sources = new Map(
    names.map((name): [string, Source] => [
      name,
      {
        foresee: () => {
          throw new Error('Nothing is explained here.');
        },
        async process(given) {
          const fetch = fetchOf(given);
          fetches.push({ name, fetch });
          return (await (answers[name] ?? (() => ({ data: null })))(fetch)) as Awaited<ReturnType<Source['process']>>;
        },
      },
    ]),
  );
  const schema = Supergraph.build(sdl).apiSchema().toGraphQLJSSchema();
  const { executor } = await createGateway(sdl, sources, options).load({ apollo: {} });
  const ledger = openLedger();
  const ask = async (query: string, variables: Record<string, unknown> = {}) => {
    const document = parse(query, { noLocation: true });
    const context = {
      ledger,
      record: openRecord(),
      trail: openRequestTrail(createMemoryTrail()),
      late: new Set(),
      signal: new AbortController().signal,
      release: () => undefined,
    };
    const { data, errors = [] } = await executor!(toExecutorRequest({ document, schema, query, variables, context }));
    return {
      data,
      errors: errors.map(({ message, path, extensions }) => ({ message, path, code: extensions['code'] })),
    };
  };
  return { ask, fetches, ledger };
}

function composed(of: Readonly<Record<string, string>>): string {
  const { supergraphSdl, errors } = composeServices(
    Object.entries(of).map(([name, sdl]) => ({ name, typeDefs: parse(sdl), url: '' })),
  );
  if (supergraphSdl === undefined) throw new Error(errors.map(String).join());
  return supergraphSdl;
}

const told = ({ variables }: Fetch) =>
  variables['representations'] as readonly { readonly id: string; readonly size: number }[];
const each =
  (value: (own: { readonly id: string; readonly size: number }) => object): Answer =>
  (fetch) => ({ data: { _entities: told(fetch).map(value) } });

describe('the executor', () => {
  it('tells subgraphs of the same objects the same, built once, each once', async () => {
    const all = ['1', '2', '1'].map((id) => ({ __typename: 'T', id, size: Number(id) }));
    const { ask, fetches } = await start({
      a: () => ({ data: { all } }),
      b: each(({ size }) => ({ b: size })),
      c: each(({ size }) => ({ c: -size })),
    });
    expect(await ask('{ all { b c } }')).toEqual({
      data: {
        all: [
          { b: 1, c: -1 },
          { b: 2, c: -2 },
          { b: 1, c: -1 },
        ],
      },
      errors: [],
    });
    const [, one, two] = fetches.map(({ fetch }) => fetch);
    expect(told(one!)).toEqual([1, 2].map((size) => ({ __typename: 'T', id: String(size), size })));
    expect(told(two!)).toBe(told(one!));
  });

  it('asks once for what stands at two places, and tells of its faults at both', async () => {
    const at = (id: string) => ({ __typename: 'T', id, size: 1 });
    const { ask, fetches, ledger } = await start({
      a: () => ({ data: { pair: [{ left: at('1'), right: at('1') }] } }),
      b: (fetch) => {
        fetch.context.ledger.report({ code: 'UPSTREAM_ERROR', message: 'Odd.', path: [...fetch.path, 'b'] });
        return { data: { _entities: told(fetch).map(() => ({ b: 7 })) } };
      },
    });
    expect((await ask('{ pair { left { b } right { b } } }')).data).toEqual({
      pair: [{ left: { b: 7 }, right: { b: 7 } }],
    });
    expect(fetches.map(({ name }) => name)).toEqual(['a', 'b']);
    expect(ledger.errors()[0]!.extensions['paths']).toEqual(['pair[].left.b', 'pair[].right.b']);
  });

  it('hands on what the request carries, also to a fetch that stands at two places', async () => {
    const one = { __typename: 'T', id: '1', size: 1 };
    const answers = {
      a: () => ({ data: { pair: [{ left: one, right: { ...one } }] } }),
      b: each(() => ({ b: 1 })),
      c: each(() => ({ c: 1 })),
    };
    const { ask, fetches } = await start(answers);
    await ask('{ pair { left { b c } right { b } } }');
    const [first, ...others] = fetches.map(({ fetch }) => fetch.context);
    expect(others.length).toBeGreaterThan(1);
    for (const own of others) {
      expect(own.signal).toBe(first!.signal);
      expect(own.record).toBe(first!.record);
    }
  });

  it('asks twice for what stands at two places and is not the same', async () => {
    const at = (id: string) => ({ __typename: 'T', id, size: Number(id) });
    const { ask, fetches } = await start({
      a: () => ({ data: { pair: [{ left: at('1'), right: at('2') }] } }),
      b: each(({ size }) => ({ b: size })),
    });
    expect((await ask('{ pair { left { b } right { b } } }')).data).toEqual({
      pair: [{ left: { b: 1 }, right: { b: 2 } }],
    });
    expect(fetches).toHaveLength(3);
  });

  it('makes changes in their order, one after the other', async () => {
    const order: string[] = [];
    const change =
      (name: string, data: object): Answer =>
      async (fetch) => {
        order.push(`${name} begins ${print(fetch.document).includes('do') ? 'do' : ''}`.trim());
        await new Promise((resolve) => setImmediate(resolve));
        order.push(`${name} ends`);
        return { data };
      };
    const { ask } = await start({ a: change('a', { x: { id: '1' }, y: { id: '2' } }), c: change('c', { then: 3 }) });
    expect((await ask('mutation { x: do(n: 1) { id } then y: do(n: 2) { id } }')).data).toEqual({
      x: { id: '1' },
      then: 3,
      y: { id: '2' },
    });
    expect(order).toEqual(['a begins do', 'a ends', 'c begins', 'c ends', 'a begins do', 'a ends']);
  });

  it('gives what the others have when one fails, and tells where', async () => {
    const all = ['1', '2'].map((id) => ({ __typename: 'T', id, size: 1 }));
    const { ask } = await start({
      a: () => ({ data: { list: all } }),
      b: () => ({
        data: { _entities: [{ b: 1 }, { b: null }] },
        errors: [{ message: 'No.', path: ['_entities', 1, 'b'], extensions: { code: 'UPSTREAM_ERROR' } }],
      }),
      c: () => Promise.reject(new Error('Broken.')),
    });
    const { data, errors } = await ask('{ list: all { b c } }');
    expect(data).toEqual({
      list: [
        { b: 1, c: null },
        { b: null, c: null },
      ],
    });
    expect(errors).toHaveLength(2);
    expect(errors).toContainEqual({ message: 'No.', path: ['list', 1, 'b'], code: 'UPSTREAM_ERROR' });
    expect(errors).toContainEqual({ message: 'Broken.', path: ['list'], code: 'INTERNAL' });
  });

  it('tells a missing value once, with the client’s own path', async () => {
    const { ask } = await start({
      a: () => ({ data: { _nonet_as_all: { __typename: 'T', id: '1', size: 1 } } }),
      b: each(() => ({})),
    });
    expect(await ask('{ all: one { must } }')).toEqual({
      data: { all: null },
      errors: [{ message: 'A value is missing, or is not of its type.', path: ['all', 'must'], code: 'MISSING_VALUE' }],
    });
  });

  it('answers what is asked of the schema itself beside conditions, and asks nobody for it', async () => {
    const { ask, fetches } = await start({ a: () => ({ data: { one: null } }) });
    const query =
      'query ($x: Boolean!, $n: String = "T") { ... @include(if: $x) { s: __type(name: $n) { id: name kind: __typename } one { id } } }';
    expect(await ask(query, { x: true })).toEqual({ data: { s: { id: 'T', kind: '__Type' }, one: null }, errors: [] });
    expect(await ask(query, { x: false })).toEqual({ data: {}, errors: [] });
    expect(await ask('{ __typename __schema { queryType { name } } }')).toEqual({
      data: { __typename: 'Query', __schema: { queryType: { name: 'Query' } } },
      errors: [],
    });
    expect(fetches).toHaveLength(1);
  });

  it('does not let a subgraph that knows less of an object take away what it is', async () => {
    const sdl = {
      a: `${link} type Query { item: Item } interface Item @key(fields: "id") { id: ID! } type Book implements Item @key(fields: "id") { id: ID! pages: Int }`,
      b: `extend schema @link(url: "https://specs.apollo.dev/federation/v2.9", import: ["@key", "@interfaceObject"]) type Item @key(fields: "id") @interfaceObject { id: ID! score: Int }`,
    };
    const answers = {
      a: () => ({ data: { item: { __typename: 'Book', id: '1', pages: 3 } } }),
      b: () => ({ data: { _entities: [{ __typename: 'Item', score: 5 }] } }),
    };
    const { ask } = await start(answers, {}, composed(sdl));
    expect(await ask('{ item { __typename score ... on Book { pages } } }')).toEqual({
      data: { item: { __typename: 'Book', score: 5, pages: 3 } },
      errors: [],
    });
  });

  it('runs every example of the explorer by itself', async () => {
    const reasons: string[] = [];
    const sdl = readFileSync(new URL('../../../../schema/emitted/supergraph.graphql', import.meta.url), 'utf8');
    const { ask, fetches } = await start({}, { fellBack: (reason) => reasons.push(reason) }, sdl);
    const folder = new URL('../../../../schema/operations/', import.meta.url);
    const examples = readdirSync(folder).filter((name) => name.endsWith('.graphql'));
    for (const name of examples) {
      const variables = { number: '（2017）苏0312执1号', name: '王小明' };
      await ask(readFileSync(new URL(name, folder), 'utf8'), variables);
    }
    expect(fetches.length).toBeGreaterThanOrEqual(examples.length);
    expect(reasons).toEqual([]);
  });
});

describe('what is left to the stock executor', () => {
  it('is counted by its reason, and completed by the same pass', async () => {
    const metrics = createMetrics();
    const { ask } = await start(
      { a: () => ({ data: { _nonet_as_all: { __typename: 'T', id: '1', size: 'x' }, list: [] } }) },
      { fellBack: (reason) => metrics.fellBack(reason) },
    );
    const { QueryPlanner } = await import('@apollo/query-planner');
    const build = Object.getOwnPropertyDescriptor(QueryPlanner.prototype, 'buildQueryPlan')!;
    let plans = 0;
    QueryPlanner.prototype.buildQueryPlan = function (...given) {
      const plan = (build.value as typeof QueryPlanner.prototype.buildQueryPlan).apply(this, given);
      // The first is asked for by the compiler, the second by the stock gateway.
      return plans++ === 0 ? Object.assign({}, plan, { node: { kind: 'Later', nodes: [plan.node] } }) : plan;
    };
    try {
      expect(await ask('{ all: one { id size } }')).toEqual({
        data: { all: { id: '1', size: null } },
        errors: [
          { message: 'A value is missing, or is not of its type.', path: ['all', 'size'], code: 'MISSING_VALUE' },
        ],
      });
    } finally {
      Object.defineProperty(QueryPlanner.prototype, 'buildQueryPlan', build);
    }
    expect(await metrics.text()).toContain('nonet_executor_fallbacks_total{reason="unknown_node"} 1');
  });
});

describe('the stock gateway', () => {
  it('keeps its planner and schemas where the pinned version keeps them', async () => {
    const supergraphSdl = composed(services);
    const gateway = new ApolloGateway({
      supergraphSdl,
      logger: { debug: () => {}, info: () => {}, warn: () => {}, error: () => {} },
    });
    const plannerOf = createPlannerOf(gateway);
    expect(plannerOf).toThrow(/pinned version/);
    await gateway.load();
    const planner = plannerOf();
    expect(plannerOf()).toBe(planner);
    expect(planner.schema.getType('T')).toBeDefined();
    expect(planner.plan(parse('{ one { id } }'), undefined).node?.kind).toBe('Fetch');
    await gateway.stop();
    const { version } = JSON.parse(
      readFileSync(new URL('../../../../node_modules/@apollo/gateway/package.json', import.meta.url), 'utf8'),
    ) as { version: string };
    const { dependencies } = JSON.parse(readFileSync(new URL('../../../../package.json', import.meta.url), 'utf8')) as {
      dependencies: Record<string, string>;
    };
    expect(version).toBe(dependencies['@apollo/gateway']);
  });
});
