import { context as contexts, trace } from '@opentelemetry/api';
import { InMemorySpanExporter, NodeTracerProvider, SimpleSpanProcessor } from '@opentelemetry/sdk-trace-node';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';

import { startSmall, type Small, type SmallFederation } from '../../../support/small-federation.ts';

interface Told {
  readonly id?: string;
  readonly code?: string;
  readonly place?: { readonly room: string };
}

const asked: unknown[] = [];
const subgraphs: readonly Small[] = [
  {
    name: 'shelf',
    sdl: `
      type Query { book: Book counted(first: Int = 7, kind: String): String }
      type Book @key(fields: "id") @key(fields: "code place { room }") { id: ID! code: String! place: Place! }
      type Place @shareable { room: String! }
    `,
    resolvers: {
      Query: {
        book: () => ({ id: '1', code: 'c1', place: { room: 'r1' } }),
        counted: (_: unknown, given: object) => (asked.push(given), 'counted'),
      },
    },
  },
  {
    name: 'press',
    sdl: `
      type Book @key(fields: "code place { room }") { code: String! place: Place! price: String }
      type Place @shareable { room: String! }
    `,
    resolvers: {
      Book: {
        __resolveReference: (told: Told) => told,
        price: ({ id, code, place }: Told) => `${id} ${code} ${place?.room}`,
      },
    },
  },
  {
    name: 'opinion',
    sdl: 'type Book @key(fields: "id") { id: ID! score: String }',
    resolvers: {
      Book: {
        __resolveReference: (told: Told) => told,
        score: ({ id, code }: Told) => `${id} ${code}`,
      },
    },
  },
];

describe('the executor', () => {
  let federation: SmallFederation;
  const spans = new InMemorySpanExporter();
  beforeAll(async () => {
    federation = await startSmall(subgraphs);
  });
  afterAll(() => federation.stop());

  it('tells each subgraph of an entity by the key that it knows, nested ones included', async () => {
    expect(await federation.hub('{ book { price score } }')).toMatchObject({
      data: { book: { price: 'undefined c1 r1', score: '1 undefined' } },
    });
  });

  it('hands on variables as they were given, and leaves defaults to whoever has them', async () => {
    const query = 'query ($first: Int, $kind: String = "novel") { counted(first: $first, kind: $kind) }';
    for (const variables of [{}, { first: 3, kind: 'score' }, { first: null, kind: null }]) {
      expect(await federation.hub(query, variables)).toMatchObject({ data: { counted: 'counted' } });
    }
    expect(asked.splice(0)).toEqual([
      { first: 7, kind: 'novel' },
      { first: 3, kind: 'score' },
      { first: null, kind: null },
    ]);
  });

  it('has a span for each fetch, below that of the request, with the subgraph and nothing that was asked', async () => {
    const provider = new NodeTracerProvider({ spanProcessors: [new SimpleSpanProcessor(spans)] });
    trace.setGlobalTracerProvider(provider);
    try {
      await federation.hub('query Secret { book { price score } counted(kind: "secret") }');
    } finally {
      trace.disable();
      contexts.disable();
    }
    const finished = spans.getFinishedSpans();
    const fetches = finished.filter(({ name }) => name === 'gateway.fetch');
    expect(fetches.map(({ attributes }) => attributes)).toEqual(
      ['shelf', 'opinion', 'press'].map((service) => ({ service })),
    );
    expect(JSON.stringify(finished.map(({ name, attributes, events }) => [name, attributes, events]))).not.toMatch(
      /secret/i,
    );
  });
});
